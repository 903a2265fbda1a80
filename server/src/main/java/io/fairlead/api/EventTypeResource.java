package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.event.DataPaths;
import io.fairlead.event.EventType;
import io.fairlead.event.EventTypeDraft;
import io.fairlead.event.EventTypes;
import io.fairlead.event.EventTypes.Described;
import io.fairlead.event.EventTypes.Sample;
import io.fairlead.event.EventTypes.Whole;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonReader;
import io.fairlead.json.TextRule;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/event-types`: what events there are, what their data looks like, and what it has to be.
public final class EventTypeResource {
  private static final TextRule TYPE =
      TextRule.matching(1, 200, "[A-Za-z0-9._:/-]+", "has A-Z a-z 0-9 . _ : / and - only");

  private final EventTypes types;
  private final JsonReader json;

  /// Answers for these types.
  public EventTypeResource(EventTypes types, JsonReader json) {
    this.types = types;
    this.json = json;
  }

  Response list(Call call) {
    List<EventType> all = types.of(call.tenant().id());
    return call.list(slice -> page(all, slice), type -> summary(type).build(), EventType::id);
  }

  private static Page<EventType> page(List<EventType> all, Slice slice) {
    List<EventType> ordered = slice.newestFirst() ? all.reversed() : all;
    List<EventType> probed =
        ordered.stream()
            .filter(type -> type.id() >= slice.low() && type.id() < slice.high())
            .limit(slice.probe())
            .toList();
    return Page.of(probed, slice, Math.min(all.size(), Page.MOST_COUNTED));
  }

  Response get(Call call) {
    call.refuse();
    EventType type = find(call);
    return Answers.resource(200, whole(type), etag(type));
  }

  Response describe(Call call) {
    EventTypeDraft draft = EventTypeDraft.read(call.body(), call.faults());
    String name = name(call);
    String wrong = TYPE.fault(name);
    if (wrong != null) {
      call.faults().inParameter("id", "An event type " + wrong + ".");
    }
    call.refuse();
    Described described = Described.Stale.STALE;
    boolean isNew = false;
    for (int i = 0; i < 5 && described instanceof Described.Stale; i++) {
      EventType before = types.get(call.tenant().id(), name);
      isNew = before == null;
      if (before != null) {
        call.checkIfMatch(etag(before));
      } else if (call.request().header("If-Match") != null) {
        throw Call.stale();
      }
      described = types.describe(call.tenant().id(), name, before, draft);
    }
    EventType done =
        switch (described) {
          case Described.Done(EventType type) -> type;
          case Described.Stale stale -> throw Call.stale();
          case Described.TooMany many ->
              throw new Refused(
                  Problem.of(
                      Kind.CONFLICT,
                      "There are %,d event types already. Delete one that is not used."
                          .formatted(EventTypes.MOST_TYPES)));
        };
    return Answers.resource(isNew ? 201 : 200, whole(done), etag(done));
  }

  Response delete(Call call) {
    call.refuse();
    EventType before = find(call);
    call.checkIfMatch(etag(before));
    if (!types.forget(before)) {
      throw Call.stale();
    }
    return Answers.noContent();
  }

  private EventType find(Call call) {
    EventType type = types.get(call.tenant().id(), name(call));
    if (type == null) {
      throw Answers.notFound("event type", call.id());
    }
    return type;
  }

  /// The type in the path; one with a slash is written with %2F.
  private static String name(Call call) {
    try {
      return URLDecoder.decode(call.id().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String etag(EventType type) {
    return Answers.etag(type.revision());
  }

  private static Json.Builder summary(EventType type) {
    return Json.object()
        .put("type", type.type())
        .put("description", type.description())
        .put("hasSchema", type.hasSchema())
        .put("validate", type.validates())
        .put("searchable", type.searchable().json())
        .put("revision", type.revision())
        .put("createdAt", Answers.time(type.createdAt()))
        .put("updatedAt", Answers.time(type.updatedAt()));
  }

  private Json whole(EventType type) {
    Whole whole = types.whole(type);
    Sample sample = whole.sample();
    Json data = sample == null ? null : json.readTrusted(sample.data());
    return summary(type)
        .put("schema", orNull(whole.schema()))
        .put("sample", orNull(data))
        .put("sampleAt", Answers.time(sample == null ? null : sample.at()))
        .put(
            "paths",
            Json.array(
                DataPaths.of(data, whole.schema()).stream()
                    .map(path ->
                        Json.object().put("path", path.path()).put("type", path.type()).build())
                    .toList()))
        .build();
  }

  private static Json orNull(@Nullable Json value) {
    return value == null ? JsonNull.NULL : value;
  }
}
