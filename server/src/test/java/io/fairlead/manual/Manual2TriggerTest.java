package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Manual 2's campaign, as the triggers of an ordinary connector: a whole hub, and a hand on its
/// clock, which begins on Friday 6 March 2026 at 16:00 in Oslo.
@ParameterizedClass
@EnumSource(Dialect.class)
final class Manual2TriggerTest {
  private static final Instant START = Instant.parse("2026-03-06T15:00:00Z");

  private final Dialect dialect;
  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock = new HandClock(START.toEpochMilli());
  private TestHub hub;

  Manual2TriggerTest(Dialect dialect) {
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

  private String connector(String trigger, boolean active) {
    HubClient.Answer answer =
        client()
            .post(
                "/v1/connectors",
                """
                {"name":"Campaign","method":"POST","url":"%s","active":%s,
                 "triggers":[{"eventType":"beacon.detected",%s}]}
                """
                    .formatted(party.url("/beacon"), active, trigger));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private String beacon(String data) {
    HubClient.Answer answer =
        client().post("/v1/events", "{\"type\":\"beacon.detected\",\"data\":%s}".formatted(data));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private JsonNode delivery(String event) {
    JsonNode all = client().get("/v1/deliveries?event=" + event).json().get("data");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void awaitState(String event, String state) {
    TestHub.await(
        event + " is " + state, () -> delivery(event).get("state").asString().equals(state));
  }

  private JsonNode match(String connector, String request) {
    HubClient.Answer answer = client().post("/v1/connectors/" + connector + "/match", request);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json();
  }

  @Test
  @DisplayName(
      "2-23 weekday flags and a time of day range: what comes outside waits until it opens")
  void whatComesOutsideWaits() {
    String connector =
        connector(
            """
            "window":{"weekdays":["MON","TUE","WED","THU","FRI"],"from":"09:00","to":"17:30",
                      "zone":"Europe/Oslo"}
            """,
            true);
    awaitState(beacon("{}"), "SUCCEEDED");

    clock.advance(Duration.ofHours(2));
    String late = beacon("{}");
    assertThat(delivery(late).get("state").asString()).isEqualTo("WAITING");
    assertThat(delivery(late).get("nextAttemptAt").asString())
        .isEqualTo("2026-03-09T08:00:00.000Z");
    JsonNode match = match(connector, "{\"event\":\"%s\"}".formatted(late));
    assertThat(match.get("reason").asString()).contains("2026-03-09T08:00:00.000Z");

    // A restart forgets nothing, and sends nothing early.
    hub.restart();
    clock.advance(Duration.between(Instant.ofEpochMilli(clock.millis()), monday(7, 59)));
    assertThat(delivery(late).get("state").asString()).isEqualTo("WAITING");
    assertThat(party.received("/beacon")).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    awaitState(late, "SUCCEEDED");
  }

  private static Instant monday(int hour, int minute) {
    return Instant.parse("2026-03-09T%02d:%02d:00Z".formatted(hour, minute));
  }

  @Test
  @DisplayName("2-23 date range: before the first day and after the last one nothing is sent")
  void whatComesOutsideTheDatesIsDropped() {
    connector(
        """
        "window":{"firstDate":"2026-03-07","lastDate":"2026-03-08","zone":"Europe/Oslo",
                  "outside":"drop"}
        """,
        true);
    String before = beacon("{}");
    clock.advance(Duration.ofDays(1));
    awaitState(beacon("{}"), "SUCCEEDED");
    clock.advance(Duration.ofDays(2));
    String after = beacon("{}");

    assertThat(delivery(before).get("state").asString()).isEqualTo("SUPPRESSED");
    assertThat(delivery(before).get("lastError").asString()).contains("drops");
    assertThat(delivery(after).get("lastError").asString()).contains("does not open again");
    assertThat(party.received("/beacon")).hasSize(1);
  }

  @Test
  @DisplayName("2-23 minimum delay between two sends, for each user")
  void twoSendsAreFarEnoughApart() {
    String connector = connector("\"leastDelay\":\"1h\",\"delayKey\":\"{{user.id}}\"", true);
    String first = beacon("{\"user\":{\"id\":1}}");
    String other = beacon("{\"user\":{\"id\":2}}");
    awaitState(first, "SUCCEEDED");
    awaitState(other, "SUCCEEDED");

    String second = beacon("{\"user\":{\"id\":1}}");
    assertThat(delivery(second).get("state").asString()).isEqualTo("SUPPRESSED");
    assertThat(delivery(second).get("attemptCount").asInt()).isZero();
    assertThat(delivery(second).get("lastError").asString())
        .contains("2026-03-06T15:00:00.000Z", "1h", "2026-03-06T16:00:00.000Z");
    JsonNode matches = client().get("/v1/events/" + second + "/matches").json().get("data").get(0);
    assertThat(matches.get("state").asString()).isEqualTo("SUPPRESSED");
    assertThat(matches.get("delivery")).isEqualTo(delivery(second).get("id"));

    hub.restart();
    clock.advance(Duration.ofMinutes(59));
    assertThat(delivery(beacon("{\"user\":{\"id\":1}}")).get("state").asString())
        .isEqualTo("SUPPRESSED");
    JsonNode soon =
        match(connector, "{\"type\":\"beacon.detected\",\"data\":{\"user\":{\"id\":1}}}");
    assertThat(soon.get("state").asString()).isEqualTo("SUPPRESSED");
    assertThat(soon.at("/triggers/0/leastDelay/key").asString()).isEqualTo("1");
    assertThat(soon.at("/triggers/0/leastDelay/holds").asBoolean()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    awaitState(beacon("{\"user\":{\"id\":1}}"), "SUCCEEDED");
    assertThat(party.received("/beacon")).hasSize(3);
  }

  @Test
  @DisplayName("2-23 active flag: what an inactive campaign would send is held")
  void anInactiveConnectorHolds() {
    String connector = connector("\"filter\":{\"distance\":{\"$lt\":3}}", false);
    String near = beacon("{\"distance\":2.5}");
    HubClient.Answer far =
        client().post("/v1/events", "{\"type\":\"beacon.detected\",\"data\":{\"distance\":9}}");

    assertThat(far.json().get("deliveries").asInt()).isZero();
    assertThat(delivery(near).get("state").asString()).isEqualTo("HELD");
    JsonNode match = match(connector, "{\"event\":\"%s\"}".formatted(near));
    assertThat(match.get("matches").asBoolean()).isTrue();
    assertThat(match.get("state").asString()).isEqualTo("HELD");
    JsonNode no =
        match(connector, "{\"type\":\"beacon.detected\",\"data\":{\"distance\":\"near\"}}");
    assertThat(no.get("matches").asBoolean()).isFalse();
    assertThat(no.get("reason").asString())
        .isEqualTo(
            "The filter does not hold: distance is a string, which $lt can't compare with a"
                + " number.");

    assertThat(client().post("/v1/connectors/" + connector + "/activate", "{}").status())
        .isEqualTo(200);
    awaitState(near, "SUCCEEDED");
  }
}
