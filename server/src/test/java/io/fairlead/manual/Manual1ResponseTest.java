package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What comes back, as manual 1 shows it and beyond: read, judged, and seen in the log.
@ParameterizedClass
@EnumSource(Dialect.class)
final class Manual1ResponseTest {
  private final Dialect dialect;
  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock =
      new HandClock(Instant.parse("2026-03-02T08:00:00Z").toEpochMilli());
  private TestHub hub;

  Manual1ResponseTest(Dialect dialect) {
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

  /// Makes a connector that gets the events whose type is its name.
  private String connector(String name, String more) {
    var answer =
        client()
            .post(
                "/v1/connectors",
                """
                {"name": "%1$s", "method": "POST", "url": "%2$s",
                 "triggers": [{"eventType": "%1$s"}]%3$s}
                """
                    .formatted(name, party.url("/" + name), more.isEmpty() ? "" : ", " + more));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private void event(String type) {
    var answer = client().post("/v1/events", "{\"type\":\"%s\",\"data\":{}}".formatted(type));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
  }

  private JsonNode deliveries(String connector, String state) {
    return client()
        .get("/v1/deliveries?connector=" + connector + "&state=" + state)
        .json()
        .get("data");
  }

  private JsonNode awaitOne(String connector, String state) {
    TestHub.await("one " + state, () -> deliveries(connector, state).size() == 1);
    return deliveries(connector, state).get(0);
  }

  /// The attempt of that number, from 1.
  private JsonNode attempt(JsonNode delivery, int number) {
    JsonNode all = client().get("/v1/deliveries/" + delivery.get("id").asString()).json();
    String id = all.get("attempts").get(number - 1).get("id").asString();
    return client().get("/v1/attempts/" + id).json();
  }

  private JsonNode state(String connector, String state) {
    TestHub.await(
        state,
        () ->
            client()
                .get("/v1/connectors/" + connector)
                .json()
                .get("state")
                .asString()
                .equals(state));
    return client().get("/v1/connectors/" + connector).json();
  }

  private static Answer answer(String type, String body) {
    return Answer.status(200).body(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /// What the log shows of one answer to a connector with such settings.
  private JsonNode read(String response, Answer answer) {
    party.on("/in", answer);
    String connector = connector("in", "\"response\": " + response);
    event("in");
    return attempt(awaitOne(connector, "SUCCEEDED"), 1);
  }

  @Test
  @DisplayName("1-15 the response data types are JSON, XML, TEXT, and more")
  void types() {
    for (String type : new String[] {"json", "xml", "text", "binary", "auto"}) {
      String id = connector(type, "\"response\": {\"type\": \"%s\"}".formatted(type));
      assertThat(client().get("/v1/connectors/" + id).json().get("response").get("type").asString())
          .isEqualTo(type);
    }
    var wrong =
        client()
            .post(
                "/v1/connectors",
                """
                {"name": "x", "method": "GET", "url": "https://a.example/", "response": {"type": "JSN"}}
                """);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.faults().toString()).contains("/response/type");
  }

  @Test
  @DisplayName("1-16 the JSON example without quotes is read, and said to be lenient")
  void lenientJson() {
    JsonNode seen =
        read(
            "{\"type\": \"json\", \"key\": \"key2[1]\"}",
            answer("text/plain", "{key1:[value1,value2,value3],key2:[value1,value2,value3]}"));
    assertThat(seen.get("response").get("parsed").toString())
        .isEqualTo(
            "{\"key1\":[\"value1\",\"value2\",\"value3\"],\"key2\":[\"value1\",\"value2\",\"value3\"]}");
    assertThat(seen.get("response").get("lenient").asBoolean()).isTrue();
    assertThat(seen.get("response").get("value").asString()).isEqualTo("value2");
    assertThat(seen.get("errorClass").isNull()).isTrue();
  }

  @Test
  @DisplayName("1-17 the XML example is a list of two")
  void xml() {
    JsonNode seen =
        read(
            "{\"type\": \"xml\", \"key\": \"Values.value\"}",
            answer("text/xml", "<Values><value>value1</value><value>value2</value></Values>"));
    assertThat(seen.get("response").get("value").toString()).isEqualTo("[\"value1\",\"value2\"]");
    assertThat(seen.get("response").get("parsed").toString())
        .isEqualTo("{\"Values\":{\"value\":[\"value1\",\"value2\"]}}");
  }

  @Test
  @DisplayName("1-18 the TEXT example is a list of three")
  void text() {
    JsonNode seen = read("{\"type\": \"text\"}", answer("text/plain", "value1,value2,value3"));
    assertThat(seen.get("response").get("parsed").toString())
        .isEqualTo("[\"value1\",\"value2\",\"value3\"]");
  }

  @Test
  @DisplayName(
      "1-20 the wrong type leaves an entry with a null value and the reason, and loses nothing")
  void wrongType() {
    JsonNode seen = read("{\"type\": \"xml\"}", answer("application/json", "{\"a\": 1}"));
    assertThat(seen.get("outcome").asString()).isEqualTo("SUCCESS");
    assertThat(seen.get("errorClass").asString()).isEqualTo("PARSE");
    assertThat(seen.get("response").get("parsed").isNull()).isTrue();
    assertThat(seen.get("response").get("value").isNull()).isTrue();
    assertThat(seen.get("response").get("body").asString()).isEqualTo("{\"a\": 1}");
    assertThat(seen.get("response").get("note").asString())
        .isEqualTo("The response type is declared XML, but JSON came (application/json).");
  }

  @Test
  @DisplayName("1-22 delimiter and response key are optional, and give the log's result")
  void delimiterAndResponseKey() {
    party.on("/keyed", answer("text/plain", "status=OK|id=17"));
    String connector =
        connector(
            "keyed",
            """
            "response": {"type": "text", "delimiter": "|", "keyDelimiter": "=", "key": "id",
              "extract": [{"name": "status", "path": "status"}]}
            """);
    event("keyed");
    JsonNode delivery = awaitOne(connector, "SUCCEEDED");
    assertThat(delivery.get("result").asString()).isEqualTo("17");
    JsonNode response = attempt(delivery, 1).get("response");
    assertThat(response.get("values").toString()).isEqualTo("{\"status\":\"OK\"}");

    String plain = connector("plain", "");
    event("plain");
    assertThat(awaitOne(plain, "SUCCEEDED").get("result").isNull()).isTrue();
  }

  @Test
  void anAnswerIsReadWholeThoughTheLogKeepsItsBeginning() {
    String body = "{\"pad\": \"" + "x".repeat(900_000) + "\", \"id\": 7}";
    JsonNode seen = read("{\"type\": \"json\", \"key\": \"id\"}", answer("application/json", body));
    JsonNode response = seen.get("response");
    assertThat(response.get("value").asInt()).isEqualTo(7);
    assertThat(response.get("truncated").asBoolean()).isTrue();
    assertThat(response.get("body").asString()).hasSize(65_536);
    assertThat(response.get("parsed").isNull()).isTrue();
    assertThat(response.get("note").asString()).contains("64 KiB");
  }

  @Test
  void aSuccessWithAnErrorInsideIsAFailureByARuleWhichTheLogNames() {
    party.on("/orders", answer("application/json", "{\"error\": {\"message\": \"no such key\"}}"));
    String connector =
        connector(
            "orders",
            """
            "rules": [{"when": {"status": 500}, "then": "IGNORE"},
              {"name": "inside", "when": {"body": {"error": {"$exist": true}}}, "then": "FAIL",
               "message": "Invalid key: {{error.message}}"}]
            """);
    event("orders");
    JsonNode delivery = awaitOne(connector, "FAILED");
    assertThat(delivery.get("lastError").asString()).isEqualTo("Invalid key: no such key");
    JsonNode seen = attempt(delivery, 1);
    assertThat(seen.get("outcome").asString()).isEqualTo("FAIL");
    assertThat(seen.get("rule").toString()).isEqualTo("{\"number\":2,\"name\":\"inside\"}");
    party.on("/orders", Answer.status(500));
    event("orders");
    assertThat(awaitOne(connector, "IGNORED").get("lastError").asString())
        .isEqualTo("The third party answered 500. Rule 1 makes that IGNORE.");
  }

  @Test
  void aRulesDelayStandsInThePlaceOfTheSchedule() {
    party.on("/slow", Answer.status(200).json("{\"retry_in\": 7200}"), Answer.ok());
    String connector =
        connector(
            "slow",
            """
            "rules": [{"when": {"body": {"retry_in": {"$gt": 0}}}, "then": "RETRY",
              "delay": {"path": "retry_in"}}]
            """);
    event("slow");
    JsonNode delivery = awaitOne(connector, "RETRYING");
    Instant next = Instant.parse(delivery.get("nextAttemptAt").asString());
    assertThat(next)
        .isBetween(
            Instant.ofEpochMilli(clock.millis()).plusSeconds(7_190),
            Instant.ofEpochMilli(clock.millis()).plusSeconds(7_210));
    clock.advance(Duration.ofHours(2).plusSeconds(10));
    assertThat(awaitOne(connector, "SUCCEEDED").get("attemptCount").asInt()).isEqualTo(2);
  }

  @Test
  void aRefusedCredentialHoldsEverythingThroughARestartUntilThereIsANewOne() {
    party.on("/auth", Answer.status(401));
    String connector =
        connector(
            "auth",
            """
            "authorization": {"kind": "bearer", "token": "an-old-token"},
            "rules": [{"when": {"status": 401}, "then": "AUTH_EXPIRED"}]
            """);
    event("auth");
    JsonNode halted = state(connector, "NEEDS_AUTH");
    assertThat(halted.get("active").asBoolean()).isTrue();
    assertThat(halted.get("stateReason").asString())
        .startsWith("The credential was refused at 2026-03-02T08:00:0")
        .contains("attempt att_")
        .endsWith("Give a new one, or activate the connector again.");
    event("auth");
    TestHub.await("two held", () -> deliveries(connector, "HELD").size() == 2);
    assertThat(party.received("/auth")).hasSize(1);

    hub.restart();

    assertThat(state(connector, "NEEDS_AUTH").get("revision").asInt()).isEqualTo(1);
    assertThat(deliveries(connector, "HELD")).hasSize(2);
    party.on("/auth", Answer.ok());
    var renamed = client().patch("/v1/connectors/" + connector, "{\"name\": \"Auth\"}");
    assertThat(renamed.json().get("state").asString()).isEqualTo("NEEDS_AUTH");
    var renewed =
        client()
            .patch(
                "/v1/connectors/" + connector,
                "{\"authorization\": {\"kind\": \"bearer\", \"token\": \"a-new-token\"}}");
    assertThat(renewed.json().get("state").asString()).isEqualTo("ACTIVE");
    TestHub.await("both sent", () -> deliveries(connector, "SUCCEEDED").size() == 2);
    assertThat(party.received("/auth")).hasSize(3);
  }

  @Test
  void aNewSecretInASharedAuthorizationSetsItsConnectorsGoingAgain() {
    party.on("/shared", Answer.status(403), Answer.ok());
    JsonNode authorization =
        client()
            .post(
                "/v1/authorizations",
                """
                {"name": "Shared", "kind": "bearer", "token": "an-old-token", "hosts": ["http://%s"]}
                """
                    .formatted(party.url("").replace("http://", "")))
            .json();
    String id = authorization.get("id").asString();
    String connector =
        connector(
            "shared",
            """
            "authorization": {"id": "%s"}, "rules": [{"when": {"status": 403}, "then": "AUTH_EXPIRED"}]
            """
                .formatted(id));
    event("shared");
    var _ = state(connector, "NEEDS_AUTH");
    var changed = client().patch("/v1/authorizations/" + id, "{\"token\": \"a-new-token\"}");
    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    var _ = state(connector, "ACTIVE");
    assertThat(awaitOne(connector, "SUCCEEDED").get("attemptCount").asInt()).isEqualTo(2);
  }

  @Test
  void aThirdPartyThatIsGoneDisablesTheConnectorUntilItIsActivated() {
    party.on("/gone", Answer.status(410), Answer.ok());
    String connector = connector("gone", "");
    event("gone");
    assertThat(state(connector, "DISABLED").get("stateReason").asString())
        .contains("410")
        .endsWith("Activate the connector to go on.");
    assertThat(awaitOne(connector, "FAILED").get("lastStatus").asInt()).isEqualTo(410);
    event("gone");
    assertThat(awaitOne(connector, "HELD").get("attemptCount").asInt()).isZero();

    hub.restart();

    assertThat(state(connector, "DISABLED").get("waiting").asInt()).isEqualTo(1);
    var activated = client().post("/v1/connectors/" + connector + "/activate", "{}");
    assertThat(activated.json().get("state").asString()).isEqualTo("ACTIVE");
    assertThat(activated.json().get("stateReason").isNull()).isTrue();
    assertThat(awaitOne(connector, "SUCCEEDED").get("attemptCount").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsHeldCanBeDiscardedOrKeptAndSavingWithActiveGoesOn() {
    party.on("/gone", Answer.status(410), Answer.ok());
    String connector = connector("gone", "");
    event("gone");
    var _ = state(connector, "DISABLED");
    event("gone");
    var _ = awaitOne(connector, "HELD");
    var kept = client().post("/v1/connectors/" + connector + "/activate", "{\"held\": \"keep\"}");
    assertThat(kept.json().get("state").asString()).isEqualTo("ACTIVE");
    assertThat(deliveries(connector, "HELD")).hasSize(1);
    party.on("/gone", Answer.status(410), Answer.ok());
    event("gone");
    var _ = state(connector, "DISABLED");
    var saved = client().patch("/v1/connectors/" + connector, "{\"active\": true}");
    assertThat(saved.json().get("state").asString()).isEqualTo("ACTIVE");
    TestHub.await("released", () -> deliveries(connector, "HELD").isEmpty());
    assertThat(awaitOne(connector, "SUCCEEDED").get("attemptCount").asInt()).isEqualTo(1);
  }

  @Test
  void whatComesBackIsMaskedHoweverItIsRead() {
    party.on(
        "/echo",
        answer(
            "application/json", "{\"a\": \"the \\u0073ecret-of-ours\", \"secret-of-ours\": [1]}"));
    String connector =
        connector(
            "echo",
            """
            "authorization": {"kind": "bearer", "token": "secret-of-ours"},
            "response": {"type": "json", "key": "a", "extract": [{"name": "all", "path": "secret-of-ours"}]},
            "rules": [{"when": {"status": 200}, "then": "FAIL", "message": "It said {{a}}"}]
            """);
    event("echo");
    JsonNode delivery = awaitOne(connector, "FAILED");
    assertThat(delivery.get("lastError").asString()).isEqualTo("It said the ***");
    assertThat(delivery.get("result").asString()).isEqualTo("the ***");
    assertThat(attempt(delivery, 1).get("response").get("values").toString())
        .doesNotContain("secret-of-ours");
  }
}
