package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.call.Envelope;
import io.fairlead.call.Making;
import io.fairlead.call.Occasion;
import io.fairlead.call.RequestMaker;
import io.fairlead.call.Sent;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.render.TokenUse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// A request that was made to be looked at, as JSON: masked, as it would stand in the log.
final class DryJson {
  private DryJson() {}

  /// The request or why there is none, with what its tokens gave.
  static JsonObject of(RequestMaker.Dry dry, Occasion occasion, long now) {
    var json =
        Json.object()
            .putAll(outcome(dry, occasion, now))
            .put("tokens", Json.array(dry.tokens().stream().map(DryJson::token).toList()));
    Json adapted = dry.adapted();
    if (adapted != null) {
      json.put("adapted", adapted);
    }
    return json.build();
  }

  /// The request or why there is none.
  static JsonObject outcome(RequestMaker.Dry dry, Occasion occasion, long now) {
    return switch (dry.making()) {
      case Making.Ready ready ->
          Json.object().put("request", request(ready.sent(), occasion, now)).build();
      case Making.Failed failed ->
          Json.object()
              .put("request", JsonNull.NULL)
              .put(
                  "problem",
                  Json.object()
                      .put("errorClass", failed.errorClass().name())
                      .put("detail", failed.sentence())
                      .build())
              .build();
    };
  }

  /// The first line of the head is the method and the URL.
  private static Json request(Sent sent, Occasion occasion, long now) {
    String stored = sent.head();
    if (stored == null) {
      return JsonNull.NULL;
    }
    String id = Ids.text(occasion.purpose().idPrefix(), occasion.delivery());
    List<String> lines = Sent.shown(stored, id, now, sent.bodySize()).lines().toList();
    String first = lines.getFirst();
    int blank = first.indexOf(' ');
    return Json.object()
        .put("method", first.substring(0, blank))
        .put("url", first.substring(blank + 1))
        .put("headers", AttemptResource.headers(lines.subList(1, lines.size())))
        .put("body", body(sent, occasion))
        .build();
  }

  private static Json body(Sent sent, Occasion occasion) {
    byte[] bytes =
        switch (sent.bodyKind()) {
          case NONE -> null;
          case EVENT ->
              Envelope.of(
                  occasion.purpose(),
                  occasion.event(),
                  occasion.eventType(),
                  occasion.occurredAt(),
                  occasion.data());
          case KEPT -> sent.body();
        };
    if (bytes == null) {
      return JsonNull.NULL;
    }
    boolean text = JsonReader.isUtf8(bytes, 0, bytes.length);
    return Json.object()
        .put(
            text ? "text" : "base64",
            text
                ? new String(bytes, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(bytes))
        .put("size", sent.bodySize())
        .build();
  }

  private static Json token(TokenUse use) {
    return Json.object()
        .put("token", use.token())
        .put("pointer", use.pointer())
        .put("place", use.place())
        .put("source", use.source())
        .put("value", use.value())
        .build();
  }
}
