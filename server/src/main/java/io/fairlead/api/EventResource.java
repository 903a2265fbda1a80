package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.DeliveryState;
import io.fairlead.event.Events;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.ingest.BatchForm;
import io.fairlead.ingest.BatchIngested;
import io.fairlead.ingest.EventForm;
import io.fairlead.ingest.Ingest;
import io.fairlead.ingest.Ingested;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.ProblemJson;
import io.fairlead.json.TextRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `/v1/events`: taking them, on the event loop, and reading them.
public final class EventResource {
  private static final TextRule LINE = TextRule.line(1, 200);

  private final Ingest ingest;
  private final Events events;
  private final DeliveryLog log;
  private final JsonReader json;

  /// @param ingest takes events
  /// @param events reads them
  /// @param log knows what came of them
  public EventResource(Ingest ingest, Events events, DeliveryLog log, JsonReader json) {
    this.ingest = ingest;
    this.events = events;
    this.log = log;
    this.json = json;
  }

  /// One event in any form, or a batch of CloudEvents.
  void send(Call call, Consumer<Response> answer) {
    String contentType = call.request().header("Content-Type");
    if (Takes.isCloudEvents(contentType)) {
      sendMany(call, answer);
      return;
    }
    call.refuse();
    EventForm form =
        Takes.isCloudEvent(contentType)
            ? EventForm.CloudEvent.CLOUD_EVENT
            : call.request().header(Takes.CLOUD_EVENT_HEADER) == null
                ? EventForm.Own.OWN
                : new EventForm.CloudEventInHeaders(call.request()::header);
    ingest.one(
        call.tenant().id(),
        call.request().body(),
        form,
        call.request().header("Idempotency-Key"),
        call.request().loop(),
        ingested -> answer.accept(answer(ingested)));
  }

  private static Response answer(Ingested ingested) {
    return switch (ingested) {
      case Ingested.Taken taken -> Answers.json(202, accepted(Json.object(), taken));
      case Ingested.NotTaken refused -> Answers.problem(refused.problem());
    };
  }

  private static Json accepted(Json.Builder object, Ingested.Taken taken) {
    return object
        .put("id", Ids.text(StoredEvent.PREFIX, taken.event()))
        .put("deliveries", taken.deliveries())
        .put("duplicate", taken.duplicate())
        .build();
  }

  void sendMany(Call call, Consumer<Response> answer) {
    if (call.request().header("Idempotency-Key") != null) {
      call.faults()
          .inHeader("Idempotency-Key", "Idempotency-Key is for single events; use their ids.");
    }
    call.refuse();
    ingest.batch(
        call.tenant().id(),
        call.request().body(),
        form(call.request().header("Content-Type")),
        call.request().loop(),
        ingested -> answer.accept(answer(ingested)));
  }

  private static BatchForm form(@Nullable String contentType) {
    if (Takes.isCloudEvents(contentType)) {
      return BatchForm.CLOUD_EVENTS;
    }
    return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("ndjson")
        ? BatchForm.LINES
        : BatchForm.ARRAY;
  }

  private static Response answer(BatchIngested ingested) {
    return switch (ingested) {
      case BatchIngested.None none -> Answers.problem(none.problem());
      case BatchIngested.Each each ->
          Answers.json(200, Json.object().put("results", results(each.results())).build());
    };
  }

  private static Json results(List<Ingested> each) {
    var results = new ArrayList<Json>(each.size());
    for (int i = 0; i < each.size(); i++) {
      Json.Builder result = Json.object().put("index", i);
      results.add(
          switch (each.get(i)) {
            case Ingested.Taken taken -> accepted(result.put("status", 202), taken);
            case Ingested.NotTaken refused ->
                result
                    .put("status", refused.problem().kind().status())
                    .put("problem", ProblemJson.of(refused.problem()))
                    .build();
          });
    }
    return Json.array(results);
  }

  Response list(Call call) {
    var filter =
        new Events.Filter(
            text(call, "clientId"), text(call, "key"), call.parameters().eventTypes("type"));
    long tenant = call.tenant().id();
    return call.listRows(
        slice -> events.list(tenant, filter, slice), page -> rows(tenant, page), StoredEvent::id);
  }

  private List<Json> rows(long tenant, List<StoredEvent> page) {
    Map<Long, Map<DeliveryState, Integer>> states = log.states(tenant, page);
    return page.stream()
        .<Json>map(event -> {
          Json.Builder counts = Json.object();
          states
              .getOrDefault(event.id(), Map.of())
              .forEach((state, n) -> counts.put(state.name(), n));
          return json(event).put("states", counts.build()).build();
        })
        .toList();
  }

  private static @Nullable String text(Call call, String name) {
    String text = call.parameters().one(name);
    String wrong = text == null ? null : LINE.fault(text);
    if (wrong != null) {
      call.faults().inParameter(name, name + " " + wrong + ".");
    }
    return text;
  }

  Response get(Call call) {
    long id = call.id(StoredEvent.PREFIX, "event");
    StoredEvent.WithData found =
        events.get(call.tenant().id(), id).orElseThrow(() -> Answers.notFound("event", call.id()));
    Json body = json(found.event()).put("data", json.readTrusted(found.data())).build();
    return Answers.resource(200, body, "\"1\"");
  }

  private static Json.Builder json(StoredEvent event) {
    return Json.object()
        .put("id", Ids.text(StoredEvent.PREFIX, event.id()))
        .put("clientId", event.clientId())
        .put("type", event.type())
        .put("time", Answers.time(event.occurredAt()))
        .put("key", event.subject())
        .put("deliveries", event.deliveries())
        .put("test", event.test())
        .put("createdAt", Answers.time(Ids.millisOf(event.id())));
  }
}
