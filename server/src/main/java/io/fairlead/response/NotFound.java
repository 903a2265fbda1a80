package io.fairlead.response;

import io.fairlead.http.Reply;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which answers say that a third party was asked and has no such thing. Whoever asks goes on to
/// the next one then.
///
/// @param rules the conditions: an answer says so when one of them is for it
public record NotFound(OutcomeRules rules) {
  /// A 404.
  public static final NotFound DEFAULT =
      new NotFound(
          new OutcomeRules(
              List.of(
                  new OutcomeRule(
                      null,
                      new StatusSet(new JsonNumber("404"), List.of(new StatusSet.Range(404, 404))),
                      List.of(),
                      null,
                      null,
                      Set.of(),
                      Outcome.IGNORE,
                      null,
                      null))));

  private static final int MOST = 10;

  /// Reads the member `notFound`: up to ten conditions as rules have them under `when`. Absent: a
  /// 404; an empty list: nothing says so.
  public static NotFound read(Members settings, Faults faults) {
    if (!settings.has("notFound")) {
      return DEFAULT;
    }
    var rules = new ArrayList<OutcomeRule>();
    for (Members when : settings.objects("notFound", 0, MOST)) {
      OutcomeRule rule = OutcomeRule.ofAnswers(when, Outcome.IGNORE, faults);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new NotFound(new OutcomeRules(rules));
  }

  /// Whether it takes an answer's body to tell.
  public boolean readsBody() {
    return rules.readBodies();
  }

  /// Whether an answer says that there is no such thing.
  ///
  /// @param settings how the answer is read
  public boolean holds(ResponseSettings settings, Reply.Answered answered) {
    return new Judge(settings, rules).hasRuleFor(answered);
  }

  /// Rules that first ask whether there is such a thing, and then what the others ask.
  public OutcomeRules before(OutcomeRules others) {
    return new OutcomeRules(Stream.concat(rules.all().stream(), others.all().stream()).toList());
  }

  /// Whether it was decided by these conditions, where they stood {@link #before} others.
  public boolean decided(@Nullable Result result) {
    Integer rule = result == null ? null : result.rule();
    return rule != null && rule <= rules.all().size();
  }

  /// What was decided by the others, numbered as they are by themselves.
  public @Nullable Result without(@Nullable Result result) {
    if (result == null || result.rule() == null) {
      return result;
    }
    boolean own = decided(result);
    return new Result(
        result.declared(),
        result.lenient(),
        result.value(),
        result.values(),
        result.note(),
        own ? null : Integer.valueOf(result.rule() - rules.all().size()),
        own ? null : result.ruleName());
  }

  /// As it is written.
  public Json json() {
    return new JsonArray(rules.all().stream().map(OutcomeRule::when).toList());
  }
}
