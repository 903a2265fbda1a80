package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.call.Answer;
import io.fairlead.call.Envelope;
import io.fairlead.call.Sent;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.LoggedAttempt;
import io.fairlead.delivery.LoggedAttempt.Exchange;
import io.fairlead.delivery.LoggedAttempt.Source;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.response.Reading;
import io.fairlead.response.ResponseSettings;
import io.fairlead.response.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/v1/attempts`: exactly what was sent and what came back, secrets masked.
public final class AttemptResource {
  private static final String CONTENT_TYPE = "Content-Type: ";

  /// Of longer bodies only the beginning is kept.
  private static final int KEPT = 64 << 10;

  private final DeliveryLog log;

  /// @param log reads attempts
  public AttemptResource(DeliveryLog log) {
    this.log = log;
  }

  Response get(Call call) {
    long id = call.id(LoggedAttempt.PREFIX, "attempt");
    Exchange exchange =
        log.exchange(call.tenant().id(), id)
            .orElseThrow(() -> Answers.notFound("attempt", call.id()));
    return Answers.resource(200, json(exchange), "\"1\"");
  }

  /// An attempt with what was sent and what came back.
  static Json json(Exchange exchange) {
    return summary(exchange.attempt())
        .put("delivery", Ids.text(LoggedDelivery.PREFIX, exchange.delivery()))
        .put("event", Ids.text(StoredEvent.PREFIX, exchange.event().id()))
        .put("connector", Ids.text(Connector.PREFIX, exchange.connector()))
        .put("request", request(exchange))
        .put("response", response(exchange.answer(), exchange.attempt().result()))
        .build();
  }

  /// What a list of attempts says of each.
  static Json.Builder summary(LoggedAttempt attempt) {
    return Json.object()
        .put("id", Ids.text(LoggedAttempt.PREFIX, attempt.id()))
        .put("number", attempt.number())
        .put("startedAt", Answers.time(attempt.startedAt()))
        .put("durationMs", Math.round(attempt.micros() / 1000.0))
        .put("outcome", attempt.outcome().name())
        .put("revision", attempt.revision())
        .put("status", Answers.number(attempt.status()))
        .put("errorClass", attempt.errorClass() == null ? null : attempt.errorClass().name())
        .put("error", attempt.error())
        .put("rule", rule(attempt.result()));
  }

  static Json rule(@Nullable Result result) {
    return result == null || result.rule() == null
        ? JsonNull.NULL
        : Json.object().put("number", result.rule()).put("name", result.ruleName()).build();
  }

  private static Json request(Exchange exchange) {
    Source event = exchange.event();
    return request(
        exchange.sent(),
        Ids.text(LoggedDelivery.PREFIX, exchange.delivery()),
        exchange.attempt().startedAt(),
        () -> Envelope.of(event.id(), event.type(), event.occurredAt(), event.data()));
  }

  /// A request as it was sent, masked; null when nothing was. The first line of the head is the
  /// method and the URL.
  ///
  /// @param id the public id of the delivery or run
  /// @param event builds the body that is the event itself
  static Json request(Sent sent, String id, long startedAt, Supplier<byte[]> event) {
    String stored = sent.head();
    if (stored == null) {
      return JsonNull.NULL;
    }
    String head = Sent.shown(stored, id, startedAt, sent.bodySize());
    List<String> lines = head.lines().toList();
    String first = lines.getFirst();
    int blank = first.indexOf(' ');
    return Json.object()
        .put("method", first.substring(0, blank))
        .put("url", first.substring(blank + 1))
        .put("headers", headers(lines.subList(1, lines.size())))
        .put("body", body(sent, event))
        .put("bodySize", sent.bodySize())
        .build();
  }

  private static @Nullable String body(Sent sent, Supplier<byte[]> event) {
    byte[] body =
        switch (sent.bodyKind()) {
          case NONE -> null;
          case EVENT -> event.get();
          case KEPT -> sent.body();
        };
    return body == null ? null : new String(body, StandardCharsets.UTF_8);
  }

  /// What came back, masked; null when no whole answer did.
  ///
  /// @param result what was kept of its reading
  static Json response(@Nullable Answer answer, @Nullable Result result) {
    if (answer == null) {
      return JsonNull.NULL;
    }
    return kept(answer).put("truncated", isCut(answer)).putAll(read(answer, result)).build();
  }

  /// Status, headers and as much of the body as was kept.
  static Json.Builder kept(Answer answer) {
    byte[] body = answer.body();
    boolean text = JsonReader.isUtf8(body, 0, body.length);
    return Json.object()
        .put("status", answer.status())
        .put("headers", headers(answer.head().lines().toList()))
        .put(
            "body",
            text
                ? new String(body, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(body))
        .put("bodyEncoding", text ? "text" : "base64")
        .put("bodySize", answer.bodySize());
  }

  private static boolean isCut(Answer answer) {
    return answer.bodySize() > KEPT;
  }

  /// The tree is made of the body that is kept, by what was declared when it came.
  private static JsonObject read(Answer answer, @Nullable Result result) {
    ResponseSettings declared = result == null ? ResponseSettings.DEFAULT : result.declared();
    Reading reading = isCut(answer) ? tooLarge(declared) : reading(answer, declared);
    return Json.object()
        .put("type", reading.type().word())
        .put("parsed", orNull(reading.value()))
        .put("lenient", reading.lenient() || (result != null && result.lenient()))
        .put("value", orNull(result == null ? null : result.value()))
        .put("values", new JsonObject(result == null ? new LinkedHashMap<>() : result.values()))
        .put("note", result == null || result.note() == null ? reading.note() : result.note())
        .build();
  }

  private static Reading tooLarge(ResponseSettings declared) {
    String note = "The answer is larger than the 64 KiB that are kept, so its tree is not shown.";
    return new Reading(declared.type(), null, false, note, false);
  }

  private static Reading reading(Answer answer, ResponseSettings declared) {
    String type = null;
    for (String line : answer.head().lines().toList()) {
      if (type == null && line.regionMatches(true, 0, CONTENT_TYPE, 0, CONTENT_TYPE.length())) {
        type = line.substring(CONTENT_TYPE.length());
      }
    }
    // Masking may have changed the length.
    return Reading.of(declared, type, answer.body(), answer.body().length);
  }

  private static Json orNull(@Nullable Json value) {
    return value == null ? JsonNull.NULL : value;
  }

  static Json headers(List<String> lines) {
    var headers = new ArrayList<Json>(lines.size());
    for (String line : lines) {
      int colon = line.indexOf(": ");
      headers.add(
          Json.object()
              .put("name", colon < 0 ? line : line.substring(0, colon))
              .put("value", colon < 0 ? "" : line.substring(colon + 2))
              .build());
    }
    return Json.array(headers);
  }
}
