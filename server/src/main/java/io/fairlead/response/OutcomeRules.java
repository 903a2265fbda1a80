package io.fairlead.response;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.List;

/// A connector's rules for what replies come to: in order, the first that is for a reply decides.
///
/// @param all at most 50
public record OutcomeRules(List<OutcomeRule> all) {
  /// None: every reply comes to what it comes to by itself.
  public static final OutcomeRules NONE = new OutcomeRules(List.of());

  private static final int MOST = 50;

  public OutcomeRules {
    all = List.copyOf(all);
  }

  /// Whether one of them looks into answers' bodies.
  public boolean readBodies() {
    return all.stream().anyMatch(OutcomeRule::readsBody);
  }

  /// Reads the member `rules` of a connector's document.
  public static OutcomeRules read(Members settings, Faults faults) {
    var rules = new ArrayList<OutcomeRule>();
    for (Members members : settings.objects("rules", 0, MOST)) {
      OutcomeRule rule = OutcomeRule.read(members, faults);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules.isEmpty() ? NONE : new OutcomeRules(rules);
  }

  /// As they are written in a connector's document.
  public Json json() {
    return new JsonArray(all.stream().map(OutcomeRule::json).toList());
  }
}
