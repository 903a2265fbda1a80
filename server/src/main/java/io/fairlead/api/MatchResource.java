package io.fairlead.api;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Rfc3339;
import io.fairlead.condition.Finding;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.DeliveryState;
import io.fairlead.delivery.Explainer;
import io.fairlead.delivery.Explanation;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.delivery.TriggerFinding;
import io.fairlead.event.Events;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Why an event is meant for a connector, or is not.
public final class MatchResource {
  private static final TextRule TYPE =
      TextRule.matching(
          1, 200, "[A-Za-z0-9._:/-]{1,200}", "is an event type of A-Z a-z 0-9 . _ : / -");
  private static final TextRule ID = TextRule.any(0, 100);

  private final Catalog catalog;
  private final Events events;
  private final DeliveryLog log;
  private final Explainer explainer;
  private final JsonReader json;
  private final Clock clock;

  /// @param log knows what was made of past events
  public MatchResource(
      Catalog catalog,
      Events events,
      DeliveryLog log,
      Explainer explainer,
      JsonReader json,
      Clock clock) {
    this.catalog = catalog;
    this.events = events;
    this.log = log;
    this.explainer = explainer;
    this.json = json;
    this.clock = clock;
  }

  /// An event as far as triggers are concerned.
  private record Given(String type, Json data) {}

  Response match(Call call) {
    long id = call.id(Connector.PREFIX, "connector");
    Connector connector = catalog.get(id);
    if (connector == null || connector.tenant() != call.tenant().id()) {
      throw Answers.notFound("connector", call.id());
    }
    Members members = Members.of(call.body(), "", call.faults());
    Given given = members.has("event") ? stored(call, members) : written(members);
    Long time = members.optionalParsed("time", Rfc3339::parse, Rfc3339.EXPECTED);
    members.refuseOthers();
    call.refuse();
    Explanation explanation =
        explainer.explain(
            connector, given.type(), given.data(), time == null ? clock.millis() : time);
    return Answers.json(
        200,
        Json.object()
            .put("matches", explanation.matches())
            .put("state", name(explanation.state()))
            .put("dueAt", Answers.time(explanation.dueAt()))
            .put("reason", explanation.reason())
            .put("triggers", triggers(explanation))
            .build());
  }

  private Given stored(Call call, Members members) {
    for (String other : List.of("type", "data")) {
      if (members.has(other)) {
        members.fault(other, "Send event, or type and data, not both.");
      }
    }
    String text = members.text("event", ID);
    OptionalLong id = Ids.parse(StoredEvent.PREFIX, text);
    Optional<StoredEvent.WithData> found =
        id.isEmpty() ? Optional.empty() : events.get(call.tenant().id(), id.getAsLong());
    if (found.isEmpty() && !members.isFaulty("event")) {
      members.fault("event", "There is no such event.");
    }
    return found.map(this::given).orElse(new Given("", JsonNull.NULL));
  }

  private Given given(StoredEvent.WithData event) {
    return new Given(event.event().type(), json.readTrusted(event.data()));
  }

  private static Given written(Members members) {
    return new Given(members.text("type", TYPE), members.required("data"));
  }

  Response ofEvent(Call call) {
    return call.list(
        slice -> considered(call, slice),
        one -> match(one.connector, one.given, one.event, one.delivery),
        one -> one.connector.id());
  }

  /// A connector that an event might have gone to.
  private record Considered(
      Connector connector, Given given, long event, @Nullable LoggedDelivery delivery) {}

  private Page<Considered> considered(Call call, Slice slice) {
    long id = call.id(StoredEvent.PREFIX, "event");
    long tenant = call.tenant().id();
    StoredEvent.WithData event =
        events.get(tenant, id).orElseThrow(() -> Answers.notFound("event", call.id()));
    Given given = given(event);
    Map<Long, LoggedDelivery> deliveries = log.ofEvent(tenant, id);
    return Page.ofAll(catalog.of(tenant).all(), slice, Connector::id)
        .map(connector -> new Considered(connector, given, id, deliveries.get(connector.id())));
  }

  private Json match(
      Connector connector, Given given, long event, @Nullable LoggedDelivery delivery) {
    Explanation explanation =
        explainer.explain(connector, given.type(), given.data(), Ids.millisOf(event));
    return Json.object()
        .put("connector", Ids.text(Connector.PREFIX, connector.id()))
        .put("connectorName", connector.spec().name())
        .put("matches", delivery != null)
        .put("reason", reason(connector, explanation, event, delivery))
        .put("delivery", delivery == null ? null : Ids.text(LoggedDelivery.PREFIX, delivery.id()))
        .put("state", delivery == null ? null : delivery.state().name())
        .put("triggers", triggers(explanation))
        .build();
  }

  private static String reason(
      Connector connector, Explanation explanation, long event, @Nullable LoggedDelivery delivery) {
    boolean changed = connector.updatedAt() > Ids.millisOf(event);
    if (delivery == null) {
      return explanation.matches()
          ? "It would match now; the connector was made or changed after the event came."
          : explanation.reason();
    }
    String why = delivery.lastError();
    if (delivery.state() == DeliveryState.SUPPRESSED && why != null) {
      return why;
    }
    if (explanation.matches()) {
      return "It has a delivery.";
    }
    return changed
        ? "It has a delivery; the connector has been changed since and would not match now."
        : "It has a delivery.";
  }

  private static @Nullable String name(@Nullable DeliveryState state) {
    return state == null ? null : state.name();
  }

  private static Json triggers(Explanation explanation) {
    return Json.array(explanation.triggers().stream().map(MatchResource::trigger).toList());
  }

  private static Json trigger(TriggerFinding finding) {
    TriggerFinding.FilterAnswer filter = finding.filter();
    TriggerFinding.WindowAnswer window = finding.window();
    TriggerFinding.DelayAnswer delay = finding.leastDelay();
    return Json.object()
        .put("eventType", finding.trigger().eventType())
        .put("typeMatches", finding.typeMatches())
        .put(
            "filter",
            filter == null
                ? JsonNull.NULL
                : Json.object()
                    .put("holds", filter.holds())
                    .put(
                        "findings",
                        Json.array(filter.findings().stream().map(MatchResource::json).toList()))
                    .build())
        .put(
            "window",
            window == null
                ? JsonNull.NULL
                : Json.object()
                    .put("open", window.open())
                    .put("opensAt", Answers.time(window.opensAt()))
                    .build())
        .put(
            "leastDelay",
            delay == null
                ? JsonNull.NULL
                : Json.object()
                    .put("holds", delay.holds())
                    .put("key", delay.key())
                    .put("lastAt", Answers.time(delay.lastAt()))
                    .put("nextAt", Answers.time(delay.nextAt()))
                    .build())
        .build();
  }

  private static Json json(Finding finding) {
    return Json.object()
        .put("pointer", finding.pointer())
        .put("path", finding.path())
        .put("operator", finding.operator())
        .put("expected", finding.expected())
        .put("found", finding.found())
        .put("holds", finding.holds())
        .put("why", finding.why())
        .build();
  }
}
