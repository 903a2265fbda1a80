package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Events in at the API, calls out at a real socket, the log read at the API, and a hand on the
/// clock.
@ParameterizedClass
@EnumSource(Dialect.class)
final class EndToEndDeliveryTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  private final Dialect dialect;
  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock = new HandClock(START.toEpochMilli());
  private TestHub hub;

  EndToEndDeliveryTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect, clock);
  }

  @AfterEach
  void stop() {
    party.close();
    hub.close();
  }

  private HubClient client() {
    return hub.client();
  }

  /// Makes a connector of a name that gets the events whose type is the name.
  private String connector(String name, String url, String more) {
    var answer =
        client()
            .post(
                "/v1/connectors",
                """
                {"name": "%1$s", "method": "POST", "url": "%2$s",
                 "triggers": [{"eventType": "%1$s"}]%3$s}
                """
                    .formatted(name, url, more));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private String connector(String name) {
    return connector(name, party.url("/" + name), "");
  }

  private String event(String type, String data) {
    var answer = client().post("/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private void events(String type, int count) {
    for (int i = 0; i < count; i++) {
      event(type, "{}");
    }
  }

  private JsonNode deliveries(String query) {
    return client().get("/v1/deliveries?limit=100&" + query).json().get("data");
  }

  private JsonNode delivery(String query) {
    JsonNode one = deliveries(query);
    assertThat(one).hasSize(1);
    return client().get("/v1/deliveries/" + one.get(0).get("id").asString()).json();
  }

  private void await(String query, int count) {
    TestHub.await(count + " of " + query, () -> deliveries(query).size() == count);
  }

  private void post(String path, String body, int status) {
    var answer = client().post(path, body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /// The delivery when it has had so many attempts and their outcome is written.
  private JsonNode awaitAttempts(String connector, int count) {
    TestHub.await(
        count + " attempts",
        () -> {
          JsonNode all = deliveries("connector=" + connector);
          return all.size() == 1
              && all.get(0).get("attemptCount").asInt() == count
              && !all.get(0).get("state").asString().equals("SENDING");
        });
    return delivery("connector=" + connector);
  }

  private static Instant due(JsonNode delivery) {
    return Instant.parse(delivery.get("nextAttemptAt").asString());
  }

  private void advanceTo(Instant time) {
    clock.advance(Duration.between(now(), time));
  }

  @Test
  void aRequestIsLoggedAsItWasSentWithItsSecretsMasked() {
    String connector =
        connector(
            "mine",
            party.url("/mine/{{n}}"),
            """
            , "headers": [{"name": "user-agent", "value": "me {{n}}"}],
              "authorization": {"kind": "bearer", "token": "a-very-secret-token"}
            """);
    party.on("/mine/5", Answer.status(200).json("{\"you\":\"sent a-very-secret-token\"}"));

    String event = event("mine", "{\"n\":5}");

    Received received = party.await("/mine/5", 1).getFirst();
    await("state=SUCCEEDED&event=" + event, 1);
    JsonNode delivery = delivery("connector=" + connector);
    String id = delivery.get("id").asString();
    assertThat(received.header("webhook-id")).isEqualTo(id);
    assertThat(received.header("Idempotency-Key")).isEqualTo(id);
    assertThat(received.header("webhook-timestamp"))
        .isEqualTo(Long.toString(START.getEpochSecond()));
    assertThat(received.header("User-Agent")).isEqualTo("me 5");
    assertThat(received.header("Authorization")).isEqualTo("Bearer a-very-secret-token");

    var answer = client().get("/v1/attempts/" + delivery.at("/attempts/0/id").asString());
    assertThat(answer.text()).doesNotContain("a-very-secret-token");
    JsonNode request = answer.json().get("request");
    assertThat(request.get("url").asString()).isEqualTo(party.url("/mine/5"));
    assertThat(request.get("body").asString()).isEqualTo(received.text());
    var shown = new ArrayList<Map.Entry<String, String>>();
    request
        .get("headers")
        .forEach(h -> shown.add(Map.entry(h.get("name").asString(), h.get("value").asString())));
    var sent = new ArrayList<>(received.headers());
    sent.replaceAll(
        h -> h.getKey().equals("Authorization") ? Map.entry("Authorization", "Bearer ***") : h);
    assertThat(shown).isEqualTo(sent);
    assertThat(answer.json().at("/response/body").asString()).isEqualTo("{\"you\":\"sent ***\"}");
  }

  @Test
  void retriesFollowTheScheduleThenFailAndCanBeRetriedByHand() {
    party.on("/sick", Answer.status(500));
    String connector = connector("sick");
    event("sick", "{}");

    for (int attempt = 1; attempt <= SCHEDULE.size(); attempt++) {
      JsonNode delivery = awaitAttempts(connector, attempt);
      assertThat(delivery.get("state").asString()).isEqualTo("RETRYING");
      long wait = SCHEDULE.get(attempt - 1).toMillis();
      assertThat(Duration.between(now(), due(delivery)))
          .isBetween(Duration.ofMillis(wait * 8 / 10 - 1), Duration.ofMillis(wait * 12 / 10 + 1));
      assertThat(party.received("/sick")).hasSize(attempt);
      advanceTo(due(delivery));
      var _ = party.await("/sick", attempt + 1);
    }
    JsonNode failed = awaitAttempts(connector, 9);
    assertThat(failed.get("state").asString()).isEqualTo("FAILED");
    assertThat(failed.get("lastErrorClass").asString()).isEqualTo("STATUS");
    assertThat(failed.get("attempts")).hasSize(9);

    party.on("/sick", Answer.status(500), Answer.ok());
    String id = failed.get("id").asString();
    post("/v1/deliveries/" + id + "/retry", "{}", 202);
    JsonNode again = awaitAttempts(connector, 10);
    assertThat(again.get("state").asString()).as("the schedule begins anew").isEqualTo("RETRYING");
    assertThat(Duration.between(now(), due(again))).isLessThan(Duration.ofSeconds(7));
    advanceTo(due(again));
    await("state=SUCCEEDED&connector=" + connector, 1);
    assertThat(party.received("/sick")).hasSize(11);
    assertThat(party.received("/sick")).allMatch(r -> id.equals(r.header("webhook-id")));
    post("/v1/deliveries/" + id + "/retry", "{}", 409);
  }

  @Test
  void retryAfterIsHonouredInSecondsAndAsADate() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            START.plus(Duration.ofMinutes(10)).atZone(ZoneOffset.UTC));
    party
        .on("/seconds", Answer.status(500).header("Retry-After", "120"), Answer.ok())
        .on("/date", Answer.status(503).header("Retry-After", date), Answer.ok());
    String seconds = connector("seconds");
    String dated = connector("date");
    event("seconds", "{}");
    event("date", "{}");
    assertThat(due(awaitAttempts(seconds, 1))).isEqualTo(START.plusSeconds(120));
    assertThat(due(awaitAttempts(dated, 1))).isEqualTo(START.plusSeconds(600));
    advanceTo(START.plusSeconds(600));
    await("state=SUCCEEDED", 2);
  }

  @Test
  void a429PausesItsLaneAndTheOthersWaitingUseNoAttempt() {
    party.on("/limit", Answer.status(429).header("Retry-After", "60"), Answer.ok());
    String limited = connector("limit");
    connector("free");
    event("limit", "{}");
    JsonNode first = awaitAttempts(limited, 1);
    events("limit", 3);
    events("free", 1);
    await("state=SUCCEEDED", 1);
    assertThat(deliveries("state=WAITING&connector=" + limited)).hasSize(3);
    assertThat(party.received("/limit")).hasSize(1);

    advanceTo(START.plusSeconds(60));
    await("state=SUCCEEDED&connector=" + limited, 4);
    for (JsonNode one : deliveries("connector=" + limited)) {
      assertThat(one.get("attemptCount").asInt())
          .isEqualTo(one.get("id").equals(first.get("id")) ? 2 : 1);
    }
  }

  @Test
  void whatCannotGetBetterFailsAtOnce() {
    party
        .on("/moved", Answer.redirect(party.url("/elsewhere")))
        .on("/gone", Answer.status(410))
        .on("/missing", Answer.status(404));
    for (String name : List.of("moved", "gone", "missing")) {
      connector(name);
      event(name, "{}");
    }
    connector("private", "http://10.0.0.1/", "");
    event("private", "{}");
    await("state=FAILED", 4);
    for (JsonNode one : deliveries("state=FAILED")) {
      assertThat(one.get("attemptCount").asInt()).isEqualTo(1);
      assertThat(one.get("lastErrorClass").asString())
          .isEqualTo(one.get("connectorName").asString().equals("private") ? "BLOCKED" : "STATUS");
    }
    assertThat(party.received("/elsewhere")).isEmpty();
  }

  @Test
  void whatIsHeldIsReleasedDiscardedOrKept() {
    for (String held : List.of("release", "discard", "keep")) {
      String connector = connector(held);
      post("/v1/connectors/" + connector + "/disable", "{}", 200);
      events(held, 3);
      await("state=HELD&connector=" + connector, 3);
      assertThat(party.received("/" + held)).isEmpty();
      post("/v1/connectors/" + connector + "/activate", "{\"held\":\"" + held + "\"}", 200);
      events(held, 1);
    }
    await("state=SUCCEEDED", 4 + 1 + 1);
    assertThat(party.received("/release")).hasSize(4);
    assertThat(party.received("/discard")).hasSize(1);
    assertThat(party.received("/keep")).hasSize(1);
    assertThat(deliveries("state=CANCELLED")).hasSize(3);
    JsonNode kept = deliveries("state=HELD");
    assertThat(kept).hasSize(3);
    post(
        "/v1/connectors/" + kept.get(0).get("connector").asString() + "/activate",
        "{\"held\":\"release\"}",
        200);
    await("state=HELD", 0);
    await("state=SUCCEEDED", 9);
    assertThat(party.received("/keep")).hasSize(4);
  }

  @Test
  void aConnectorWithWaitingDeliveriesIsNotDeletedUnlessTheyAreCancelled() {
    String connector = connector("busy");
    post("/v1/connectors/" + connector + "/disable", "{}", 200);
    events("busy", 3);
    var refused = client().delete("/v1/connectors/" + connector);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString()).startsWith("3 deliveries");
    assertThat(deliveries("state=HELD")).hasSize(3);

    var done = client().delete("/v1/connectors/" + connector + "?deliveries=cancel");
    assertThat(done.status()).as("%s", done).isEqualTo(204);
    assertThat(client().get("/v1/connectors/" + connector).status()).isEqualTo(404);
    assertThat(deliveries("state=CANCELLED")).hasSize(3);
    events("busy", 1);
    assertThat(deliveries("connector=" + connector)).hasSize(3);
    assertThat(party.received()).isEmpty();
  }

  @Test
  void hostileReceiversHaveTheirClassAndNobodyElseNotices() {
    party
        .on("/hang", Answer.hang())
        .on("/garbage", Answer.raw("\u0016\u0003\u0001 not http\r\n\r\n"))
        .on("/early", Answer.close())
        .on("/endless", Answer.endless())
        .on("/headers", Answer.headers(10_000_000));
    String hang = connector("hang");
    events("hang", 30);
    var _ = party.await("/hang", 16);
    for (String name : List.of("garbage", "early", "endless", "headers")) {
      connector(name);
      events(name, 3);
    }
    connector("healthy");
    events("healthy", 20);

    await("state=SUCCEEDED", 20);
    await("state=RETRYING", 12);
    for (JsonNode one : deliveries("state=RETRYING")) {
      assertThat(one.get("lastErrorClass").asString()).as("%s", one).isEqualTo("BROKEN");
      assertThat(one.get("lastError").asString()).isNotBlank();
    }
    assertThat(deliveries("state=SENDING&connector=" + hang)).hasSize(16);
    assertThat(deliveries("state=WAITING&connector=" + hang)).hasSize(14);

    clock.advance(Duration.ofSeconds(30));
    TestHub.await(
        "the hanging calls are over",
        () -> deliveries("state=RETRYING&connector=" + hang).size() >= 16);
    assertThat(deliveries("state=RETRYING&connector=" + hang).get(0).get("lastErrorClass"))
        .hasToString("\"TIMEOUT\"");
  }

  @Test
  void whatIsLargeOrUnusualArrivesByteForByte() {
    connector("large");
    String strange = "\"\\u0000\\ud83d\\ude00 \\/ é 漢字 🙂\", 1.0e+02, -0, 12345678901234567890";
    for (String data :
        List.of(
            "{\"fill\":\"" + "ä🙂".repeat(43_600) + "\"}",
            "{ \"strange\" :\t[" + strange + "],\n\"\":{}}")) {
      String event = event("large", data);
      await("state=SUCCEEDED&event=" + event, 1);
      Received received = party.received("/large").getLast();
      String body =
          "{\"id\":\"%s\",\"type\":\"large\",\"time\":\"2026-03-02T08:00:00.000Z\",\"data\":%s}"
              .formatted(event, data);
      assertSame(received.text(), body);
      assertThat(received.header("Content-Length"))
          .isEqualTo(Integer.toString(received.body().length));
      String attempt = delivery("event=" + event).at("/attempts/0/id").asString();
      assertSame(
          client().get("/v1/attempts/" + attempt).json().at("/request/body").asString(), body);
    }
  }

  /// Tells where two texts part; they are too large to be shown.
  private static void assertSame(String actual, String expected) {
    int common = 0;
    while (common < Math.min(actual.length(), expected.length())
        && actual.charAt(common) == expected.charAt(common)) {
      common++;
    }
    assertThat(actual.substring(common, Math.min(actual.length(), common + 100)))
        .isEqualTo(expected.substring(common, Math.min(expected.length(), common + 100)));
  }

  @Test
  void aRestartForgetsNothing() {
    party.on("/sick", Answer.status(500), Answer.ok());
    String sick = connector("sick");
    String held = connector("held");
    post("/v1/connectors/" + held + "/disable", "{}", 200);
    String named = "{\"id\":\"order-1\",\"type\":\"sick\",\"data\":{\"a\":1}}";
    var first = client().post("/v1/events", named);
    events("held", 2);
    Instant due = due(awaitAttempts(sick, 1));

    hub.restart();

    var repeated = client().post("/v1/events", named);
    assertThat(repeated.status()).isEqualTo(first.status());
    assertThat(repeated.json().get("id")).isEqualTo(first.json().get("id"));
    var other = client().post("/v1/events", named.replace("{\"a\":1}", "{\"a\":2}"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(due(awaitAttempts(sick, 1))).isEqualTo(due);
    assertThat(deliveries("state=HELD")).hasSize(2);
    advanceTo(due);
    await("state=SUCCEEDED&connector=" + sick, 1);
    assertThat(party.received("/sick")).hasSize(2);
    assertThat(party.received("/sick").getFirst().header("webhook-id"))
        .isEqualTo(party.received("/sick").getLast().header("webhook-id"));

    post("/v1/connectors/" + held + "/activate", "{}", 200);
    await("state=SUCCEEDED&connector=" + held, 2);
  }
}
