package io.fairlead.api;

import io.fairlead.adaptor.Adapted;
import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.AdaptorDocument;
import io.fairlead.adaptor.AdaptorDraft;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Trigger;
import io.fairlead.event.Events;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `POST /v1/adaptors/preview`: what an adaptor makes of given data, of one event, or of the last
/// ones, what its draft would make, and whether that is another thing. Nothing is saved or sent.
public final class AdaptorPreview {
  private static final int MOST_EVENTS = 20;
  private static final int ENOUGH_BYTES = 4 << 20;
  private static final TextRule EVENT_TYPES =
      TextRule.matching(
          1,
          200,
          "\\*|[A-Za-z0-9._:/-]{1,198}\\.\\*|[A-Za-z0-9._:/-]{1,200}",
          "is an event type, all below one (invoice.*), or all (*)");
  private static final List<String> ONE_OF = List.of("data", "event", "last");

  private final AdaptorCatalog adaptors;
  private final Catalog connectors;
  private final Events events;
  private final JsonReader json;
  private final Clock clock;

  /// @param connectors whose triggers say which events an adaptor sees
  /// @param events the real ones
  /// @param clock for what depends on today
  public AdaptorPreview(
      AdaptorCatalog adaptors, Catalog connectors, Events events, JsonReader json, Clock clock) {
    this.adaptors = adaptors;
    this.connectors = connectors;
    this.events = events;
    this.json = json;
    this.clock = clock;
  }

  /// What is mapped.
  ///
  /// @param event null when the data was given with the request
  private record Sample(@Nullable StoredEvent event, Json data) {}

  Response answer(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    Adaptor saved = saved(call, members);
    Json document = members.get("adaptor");
    AdaptorDraft draft =
        document == null ? null : AdaptorDocument.read(document, "/adaptor", call.faults());
    if (document == null && !members.has("id")) {
      members.fault("adaptor", "Give a draft as adaptor, the id of a saved one, or both.");
    }
    List<Sample> samples = samples(call, members, saved);
    members.refuseOthers();
    call.refuse();
    var results = new ArrayList<Json>();
    int bytes = 0;
    for (Sample sample : samples) {
      Json result = result(sample, saved, draft);
      bytes += JsonWriter.text(result).length();
      results.add(result);
      if (bytes > ENOUGH_BYTES) {
        break;
      }
    }
    return Answers.json(200, Json.object().put("results", Json.array(results)).build());
  }

  private @Nullable Adaptor saved(Call call, Members members) {
    Json id = members.get("id");
    if (id == null) {
      return null;
    }
    OptionalLong number =
        id instanceof JsonString(String text)
            ? Ids.parse(Adaptor.PREFIX, text)
            : OptionalLong.empty();
    SharedAdaptor found =
        number.isEmpty() ? null : adaptors.get(call.tenant().id(), number.getAsLong());
    if (found == null) {
      members.fault("id", "There is no such adaptor.");
      return null;
    }
    return found.now();
  }

  private List<Sample> samples(Call call, Members members, @Nullable Adaptor saved) {
    List<String> given = ONE_OF.stream().filter(members::has).toList();
    if (given.size() > 1) {
      members.fault(given.get(1), "Give one of data, event and last.");
    }
    Json data = members.get("data");
    Json event = members.get("event");
    int last = members.wholeNumber("last", 1, MOST_EVENTS, 1);
    Predicate<String> types = types(members, saved);
    if (!call.faults().isEmpty()) {
      return List.of();
    }
    if (data != null) {
      return List.of(new Sample(null, data));
    }
    long tenant = call.tenant().id();
    if (event == null) {
      return events.latest(tenant, types, last).stream().map(this::sample).toList();
    }
    OptionalLong id =
        event instanceof JsonString(String text)
            ? Ids.parse(StoredEvent.PREFIX, text)
            : OptionalLong.empty();
    List<Sample> found =
        id.isEmpty()
            ? List.of()
            : events.get(tenant, id.getAsLong()).stream().map(this::sample).toList();
    if (found.isEmpty()) {
      members.fault("event", "There is no such event.");
    }
    return found;
  }

  /// The types that are asked for; else those that the adaptor's connectors get; else all.
  private Predicate<String> types(Members members, @Nullable Adaptor saved) {
    String pattern = members.optionalText("eventType", EVENT_TYPES);
    if (pattern != null) {
      return new Trigger(pattern)::matches;
    }
    List<Trigger> triggers =
        saved == null
            ? List.of()
            : connectors.of(saved.tenant()).all().stream()
                .filter(connector -> uses(connector, saved))
                .flatMap(connector -> connector.spec().triggers().stream())
                .toList();
    return triggers.isEmpty()
        ? type -> true
        : type -> triggers.stream().anyMatch(trigger -> trigger.matches(type));
  }

  private static boolean uses(Connector connector, Adaptor adaptor) {
    SharedAdaptor used = connector.spec().adaptor();
    return used != null && used.id() == adaptor.id();
  }

  private Sample sample(StoredEvent.WithData event) {
    return new Sample(event.event(), json.readTrusted(event.data()));
  }

  private Json result(Sample sample, @Nullable Adaptor saved, @Nullable AdaptorDraft draft) {
    long now = clock.millis();
    Adapted before = saved == null ? null : saved.apply(sample.data(), now);
    Adapted after = draft == null ? before : draft.apply(sample.data(), now);
    if (after == null) {
      throw new IllegalStateException("neither a draft nor a saved adaptor");
    }
    StoredEvent event = sample.event();
    Json.Builder out =
        Json.object()
            .put(
                "event",
                event == null
                    ? JsonNull.NULL
                    : Json.object()
                        .put("id", Ids.text(StoredEvent.PREFIX, event.id()))
                        .put("type", event.type())
                        .put("time", Answers.time(event.occurredAt()))
                        .build())
            .putAll(json(after));
    if (draft != null && before != null) {
      out.put("before", json(before)).put("changed", !before.equals(after));
    }
    return out.build();
  }

  private static Json.JsonObject json(Adapted adapted) {
    return switch (adapted) {
      case Adapted.Made(Json made) ->
          Json.object().put("made", made).put("problem", JsonNull.NULL).build();
      case Adapted.Failed(int row, String sentence) ->
          Json.object()
              .put("made", JsonNull.NULL)
              .put("problem", Json.object().put("row", row).put("detail", sentence).build())
              .build();
    };
  }
}
