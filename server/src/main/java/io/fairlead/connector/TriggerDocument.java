package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.ArrayList;
import java.util.List;

/// The member `triggers` of a connector's document.
final class TriggerDocument {
  private static final TextRule EVENT_TYPE =
      TextRule.matching(
          1,
          200,
          "\\*|[A-Za-z0-9._:/-]{1,198}\\.\\*|[A-Za-z0-9._:/-]{1,200}",
          "is an event type of A-Z a-z 0-9 . _ : / -, all below one (invoice.*), or all (*)");

  private TriggerDocument() {}

  static List<Trigger> read(Members settings) {
    var triggers = new ArrayList<Trigger>();
    for (Members trigger : settings.objects("triggers", 0, 100)) {
      triggers.add(new Trigger(trigger.text("eventType", EVENT_TYPE)));
      if (trigger.has("filter")) {
        trigger.fault("filter", "filter is not available yet.");
      }
      trigger.refuseOthers();
    }
    return triggers;
  }

  static Json write(List<Trigger> triggers) {
    return new JsonArray(triggers.stream().map(TriggerDocument::write).toList());
  }

  private static Json write(Trigger trigger) {
    return Json.object().put("eventType", trigger.eventType()).build();
  }
}
