package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.Cancellations;
import io.fairlead.delivery.Cancellations.Cancellation;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.DeliveryState;
import io.fairlead.delivery.LoggedAttempt;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.delivery.Narrowing;
import io.fairlead.delivery.Retries;
import io.fairlead.delivery.Retries.Retry;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.response.ErrorClass;
import io.fairlead.storage.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `/v1/deliveries`: how events fare, trying again what failed, and calling off what waits.
public final class DeliveryResource {
  /// What lists and exports are narrowed and put in order by.
  static final List<String> FILTERS =
      List.of(
          "sort",
          "from",
          "to",
          "connector",
          "event",
          "state",
          "eventType",
          "test",
          "errorClass",
          "status",
          "minAttempts",
          "q");

  private static final List<String> STATES =
      List.of(
          "WAITING",
          "SENDING",
          "RETRYING",
          "HELD",
          "SUCCEEDED",
          "IGNORED",
          "FAILED",
          "CANCELLED",
          "SUPPRESSED");

  private static final List<String> ERROR_CLASSES =
      Arrays.stream(ErrorClass.values()).map(Enum::name).toList();

  /// Rows of a table: all of it is made in memory.
  private static final int MOST_EXPORTED = 50_000;

  private static final JsonReader READER = new JsonReader();

  private final DeliveryLog log;
  private final Retries retries;
  private final Cancellations cancellations;
  private final Turns exports = new Turns(1, "exports");

  /// @param log reads deliveries
  /// @param retries makes failed ones due
  /// @param cancellations ends those that wait
  public DeliveryResource(DeliveryLog log, Retries retries, Cancellations cancellations) {
    this.log = log;
    this.retries = retries;
    this.cancellations = cancellations;
  }

  Response list(Call call) {
    DeliveryLog.Filter filter = filter(call);
    long tenant = call.tenant().id();
    return call.list(
        slice -> log.list(tenant, filter, slice),
        delivery -> json(delivery).build(),
        LoggedDelivery::id);
  }

  /// The same as a table, for people's own tools.
  Response export(Call call) {
    DeliveryLog.Filter filter = filter(call);
    long tenant = call.tenant().id();
    return exports.take(
        tenant,
        () -> {
          Slice slice = call.slice(MOST_EXPORTED);
          return DeliveryTable.of(log.beginning(tenant, filter, slice));
        });
  }

  private static DeliveryLog.Filter filter(Call call) {
    return new DeliveryLog.Filter(
        call.parameters().id("connector", Connector.PREFIX),
        call.parameters().id("event", StoredEvent.PREFIX),
        states(call),
        narrowing(call));
  }

  private static Narrowing narrowing(Call call) {
    Parameters parameters = call.parameters();
    String errorClass = parameters.word("errorClass", ERROR_CLASSES, "");
    String test = parameters.word("test", List.of("true", "false"), "");
    int status = parameters.wholeNumber("status", 100, 599, 0);
    int minAttempts = parameters.wholeNumber("minAttempts", 1, 1000, 0);
    return new Narrowing(
        parameters.eventTypes("eventType"),
        test.isEmpty() ? null : Boolean.valueOf(test),
        errorClass.isEmpty() ? null : ErrorClass.valueOf(errorClass),
        status == 0 ? null : status,
        minAttempts == 0 ? null : minAttempts,
        parameters.searched("q"));
  }

  private static Set<DeliveryState> states(Call call) {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    List<String> given = call.parameters().all("state");
    if (given.size() > STATES.size()) {
      call.faults().inParameter("state", "state stands at most %d times.".formatted(STATES.size()));
      return states;
    }
    for (String text : given) {
      if (call.parameters().isWord("state", text, STATES)) {
        states.add(DeliveryState.valueOf(text));
      }
    }
    return states;
  }

  Response get(Call call) {
    long tenant = call.tenant().id();
    LoggedDelivery delivery = find(call);
    List<LoggedAttempt> attempts = log.attempts(tenant, delivery.id());
    Json body =
        json(delivery)
            .put(
                "attempts",
                Json.array(
                    attempts.stream()
                        .map(attempt -> AttemptResource.summary(attempt).build())
                        .toList()))
            .build();
    return Answers.resource(200, body, etag(delivery));
  }

  private LoggedDelivery find(Call call) {
    long id = call.id(LoggedDelivery.PREFIX, "delivery");
    return log.get(call.tenant().id(), id)
        .orElseThrow(() -> Answers.notFound("delivery", call.id()));
  }

  Response retry(Call call) {
    Members.of(call.bodyOrNothing(), "", call.faults()).refuseOthers();
    LoggedDelivery delivery = find(call);
    long tenant = call.tenant().id();
    Problem refusal = refusal(retries.retry(tenant, delivery.id()), tenant, delivery.id());
    if (refusal != null) {
      throw new Refused(refusal);
    }
    LoggedDelivery then = log.get(tenant, delivery.id()).orElse(delivery);
    return Answers.resource(202, json(then).build(), etag(then));
  }

  Response retryMany(Call call) {
    List<Long> ids = ids(call);
    long tenant = call.tenant().id();
    List<Retry> retried = retries.retryAll(tenant, ids);
    var results = new ArrayList<Json>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Problem refusal = refusal(retried.get(i), tenant, ids.get(i));
      String id = Ids.text(LoggedDelivery.PREFIX, ids.get(i));
      results.add(ManyIds.result(id, 202, refusal));
    }
    return Answers.json(200, Json.object().put("results", Json.array(results)).build());
  }

  private static List<Long> ids(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    List<Long> ids = ManyIds.read(members, LoggedDelivery.PREFIX);
    members.refuseOthers();
    call.refuse();
    return ids;
  }

  Response cancelMany(Call call) {
    List<Long> ids = ids(call);
    long tenant = call.tenant().id();
    List<Cancellation> cancelled = cancellations.cancelAll(tenant, ids);
    var results = new ArrayList<Json>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Problem refusal = refusal(cancelled.get(i), tenant, ids.get(i));
      results.add(ManyIds.result(Ids.text(LoggedDelivery.PREFIX, ids.get(i)), 200, refusal));
    }
    return Answers.json(200, Json.object().put("results", Json.array(results)).build());
  }

  private @Nullable Problem refusal(Cancellation cancellation, long tenant, long id) {
    return switch (cancellation) {
      case Cancellation.Done done -> null;
      case Cancellation.Missing missing -> missing(id);
      case Cancellation.Sending sending ->
          Problem.of(
              Kind.CONFLICT,
              "The delivery is being sent, which can't be called back. Cancel it when the attempt has"
                  + " ended.");
      case Cancellation.Ended ended ->
          Problem.of(
              Kind.CONFLICT,
              "The delivery is %s: there is nothing left to cancel.".formatted(state(tenant, id)));
    };
  }

  private static Problem missing(long id) {
    return Answers.notFound("delivery", Ids.text(LoggedDelivery.PREFIX, id)).problem();
  }

  private String state(long tenant, long id) {
    return log.get(tenant, id).map(delivery -> delivery.state().name()).orElse("gone");
  }

  private @Nullable Problem refusal(Retry retry, long tenant, long id) {
    return switch (retry) {
      case Retry.Due due -> null;
      case Retry.Missing missing -> missing(id);
      case Retry.ConnectorGone gone ->
          Problem.of(Kind.CONFLICT, "The delivery's connector has been deleted.");
      case Retry.OfTest test ->
          Problem.of(
              Kind.CONFLICT,
              "The delivery is a test, which is made once. Test the connector again.");
      case Retry.NotFailed not ->
          Problem.of(
              Kind.CONFLICT,
              "The delivery is %s. Only one that is FAILED can be retried."
                  .formatted(state(tenant, id)));
    };
  }

  /// Changes with every attempt and every change of state by hand.
  private static String etag(LoggedDelivery delivery) {
    return "\"%d-%s\""
        .formatted(delivery.attempts(), delivery.state().name().toLowerCase(Locale.ROOT));
  }

  private static Json result(@Nullable String stored) {
    return stored == null
        ? Json.JsonNull.NULL
        : READER.readTrusted(stored.getBytes(StandardCharsets.UTF_8));
  }

  /// A delivery without its attempts.
  static Json.Builder json(LoggedDelivery delivery) {
    LoggedDelivery.LastAttempt last = delivery.lastAttempt();
    return Json.object()
        .put("id", Ids.text(LoggedDelivery.PREFIX, delivery.id()))
        .put("event", Ids.text(StoredEvent.PREFIX, delivery.event()))
        .put("eventType", delivery.eventType())
        .put("connector", Ids.text(Connector.PREFIX, delivery.connector()))
        .put("connectorName", delivery.connectorName())
        .put("state", delivery.state().name())
        .put("attemptCount", delivery.attempts())
        .put("createdAt", Answers.time(Ids.millisOf(delivery.id())))
        .put("nextAttemptAt", Answers.time(delivery.nextAttemptAt()))
        .put("endedAt", Answers.time(delivery.endedAt()))
        .put("lastStatus", Answers.number(delivery.lastStatus()))
        .put("lastErrorClass", delivery.lastClass() == null ? null : delivery.lastClass().name())
        .put("lastError", delivery.lastError())
        .put("result", result(delivery.lastResult()))
        .put("test", delivery.test())
        .put("key", delivery.key())
        .put("lastAttempt", last == null ? null : Ids.text(LoggedAttempt.PREFIX, last.id()))
        .put(
            "lastDurationMs",
            last == null ? JsonNull.NULL : Json.of(Math.round(last.micros() / 1_000.0)));
  }
}
