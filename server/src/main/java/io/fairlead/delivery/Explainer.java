package io.fairlead.delivery;

import io.fairlead.base.Quote;
import io.fairlead.base.Times;
import io.fairlead.condition.Filter;
import io.fairlead.condition.Finding;
import io.fairlead.connector.Connector;
import io.fairlead.connector.LeastDelay;
import io.fairlead.connector.LeastDelay.Mark;
import io.fairlead.connector.Selection;
import io.fairlead.connector.Selection.Wanted;
import io.fairlead.connector.Trigger;
import io.fairlead.connector.Window;
import io.fairlead.delivery.TriggerFinding.DelayAnswer;
import io.fairlead.delivery.TriggerFinding.FilterAnswer;
import io.fairlead.delivery.TriggerFinding.WindowAnswer;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says why an event is meant for a connector, or is not. It decides by the code that appends
/// events, and uses nothing up.
public final class Explainer {
  private final CoolDownLog coolDowns;

  /// @param coolDowns what is remembered of past deliveries
  public Explainer(CoolDownLog coolDowns) {
    this.coolDowns = coolDowns;
  }

  /// What would become of an event that comes at a moment.
  ///
  /// @param at epoch milliseconds
  public Explanation explain(Connector connector, String eventType, Json data, long at) {
    List<TriggerFinding> findings =
        connector.spec().triggers().stream()
            .map(trigger -> finding(connector, trigger, eventType, data, at))
            .toList();
    Wanted wanted = Selection.of(connector, eventType, data);
    if (wanted == null) {
      return new Explanation(false, null, whyNot(findings, eventType), null, findings);
    }
    return switch (Timing.decide(wanted, at, coolDowns::last)) {
      case Timing.Fate.Suppressed(String why) ->
          new Explanation(true, DeliveryState.SUPPRESSED, why, null, findings);
      case Timing.Fate.Due due -> made(connector, due.at(), at, findings);
    };
  }

  private static Explanation made(
      Connector connector, long dueAt, long at, List<TriggerFinding> findings) {
    int number = 1;
    while (!findings.get(number - 1).isMeant()) {
      number++;
    }
    String which = findings.size() == 1 ? "Its trigger" : "Trigger %d".formatted(number);
    String when =
        dueAt == at
            ? "%s means it.".formatted(which)
            : "It waits until its window opens at %s.".formatted(Times.text(dueAt));
    String state = connector.active() ? connector.state().name() : "not active";
    return connector.runs()
        ? new Explanation(true, DeliveryState.WAITING, when, dueAt, findings)
        : new Explanation(
            true,
            DeliveryState.HELD,
            when + " The connector is %s, so its deliveries are held.".formatted(state),
            dueAt,
            findings);
  }

  private static String whyNot(List<TriggerFinding> findings, String eventType) {
    if (findings.isEmpty()) {
      return "The connector has no trigger, so it receives nothing.";
    }
    List<TriggerFinding> near = findings.stream().filter(TriggerFinding::typeMatches).toList();
    if (near.isEmpty()) {
      return findings.size() == 1
          ? "Its trigger is for %s, not for %s."
              .formatted(findings.getFirst().trigger().eventType(), Quote.of(eventType))
          : "None of its %d triggers is for %s.".formatted(findings.size(), Quote.of(eventType));
    }
    FilterAnswer filter = near.getFirst().filter();
    return filter == null ? "" : "The filter does not hold: " + whyNot(filter.findings());
  }

  private static String whyNot(List<Finding> findings) {
    for (Finding finding : findings) {
      if (!finding.holds()) {
        String why = finding.why();
        return why == null
            ? "%s is %s, and %s %s is asked."
                .formatted(
                    finding.path().isEmpty() ? "the data" : Quote.of(finding.path()),
                    Quote.of(String.valueOf(finding.found())),
                    finding.operator(),
                    Quote.of(JsonWriter.text(finding.expected())))
            : why;
      }
    }
    return "a $not is about something that holds.";
  }

  private TriggerFinding finding(
      Connector connector, Trigger trigger, String eventType, Json data, long at) {
    Filter filter = trigger.filter();
    Window window = trigger.window();
    return new TriggerFinding(
        trigger,
        trigger.matches(eventType),
        filter == null ? null : new FilterAnswer(filter.matches(data), filter.explain(data)),
        window == null ? null : window(window, at),
        delay(connector, trigger, data, window == null ? at : window.opens(at)));
  }

  private static WindowAnswer window(Window window, long at) {
    long opens = window.opens(at);
    return new WindowAnswer(opens == at, opens == at || opens == Window.NEVER ? null : opens);
  }

  private @Nullable DelayAnswer delay(Connector connector, Trigger trigger, Json data, long due) {
    LeastDelay delay = trigger.leastDelay();
    if (delay == null) {
      return null;
    }
    String key = delay.keyOf(data);
    Mark mark = delay.mark(connector.id(), key);
    long last = coolDowns.last(mark);
    if (last == Timing.NEVER_YET) {
      return new DelayAnswer(true, key, null, null);
    }
    long next = last + delay.least().toMillis();
    return new DelayAnswer(next <= due, key, last, next);
  }
}
