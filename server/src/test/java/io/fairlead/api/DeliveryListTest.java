package io.fairlead.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Finding deliveries and events in a long log, and taking them away as a table.
@ParameterizedClass
@EnumSource(Dialect.class)
final class DeliveryListTest {
  private final TestHub hub;
  private final ThirdParty party;
  private final HubClient client;
  private String connector = "";

  DeliveryListTest(Dialect dialect) {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @BeforeEach
  void deliver() {
    connector = connector("Good", "/good", "\"eventType\":\"invoice.*\"", "");
    connector("Bad", "/bad", "\"eventType\":\"invoice.paid\"", "");
    connector("Away", "/good", "\"eventType\":\"lead.made\"", ",\"active\":false");
    party.on("/bad", ThirdParty.Answer.status(422));
    send("invoice.paid", "customer-1");
    send("invoice.sent", "customer-2");
    send("lead.made", "=cmd|' /C calc'!A0");
    TestHub.await(
        "four deliveries",
        () ->
            total("/v1/deliveries?state=SUCCEEDED") == 2
                && total("/v1/deliveries?state=FAILED") == 1
                && total("/v1/deliveries?state=HELD") == 1);
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private String connector(String name, String path, String trigger, String more) {
    Answer made =
        client.post(
            "/v1/connectors",
            """
            {"name":"%s","method":"POST","url":"%s","triggers":[{%s}]%s}
            """
                .formatted(name, party.url(path), trigger, more));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private void send(String type, String key) {
    Answer sent =
        client.post(
            "/v1/events", "{\"type\":\"%s\",\"key\":\"%s\",\"data\":{}}".formatted(type, key));
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
  }

  private int total(String path) {
    return client.get(path).json().get("total").asInt();
  }

  private List<String> found(String query) {
    Answer list = client.get("/v1/deliveries?" + query);
    assertThat(list.status()).as("%s", list).isEqualTo(200);
    var found = new ArrayList<String>();
    for (JsonNode row : requireNonNull(list.json().get("data"))) {
      found.add(row.get("connectorName").asString() + " " + row.get("eventType").asString());
    }
    assertThat(list.json().get("total").asInt()).isEqualTo(found.size());
    return found;
  }

  @Test
  void deliveriesAreFoundByWhatTheyAreAndWhatCameOfThem() {
    assertThat(found("eventType=invoice.*"))
        .containsExactlyInAnyOrder("Good invoice.paid", "Bad invoice.paid", "Good invoice.sent");
    assertThat(found("eventType=lead.made")).containsExactly("Away lead.made");
    assertThat(found("status=422")).containsExactly("Bad invoice.paid");
    assertThat(found("errorClass=STATUS")).containsExactly("Bad invoice.paid");
    assertThat(found("q=ANSWERED+422")).containsExactly("Bad invoice.paid");
    assertThat(found("q=100%25")).isEmpty();
    assertThat(found("q=_______________________")).isEmpty();
    assertThat(found("state=SUCCEEDED&eventType=invoice.sent"))
        .containsExactly("Good invoice.sent");
  }

  @Test
  void whatWasRepeatedIsFound() {
    assertThat(found("minAttempts=2")).isEmpty();
    String bad = client.get("/v1/deliveries?status=422").json().at("/data/0/id").asString();
    assertThat(client.post("/v1/deliveries/retry", "{\"ids\":[\"%s\"]}".formatted(bad)).status())
        .isEqualTo(200);
    TestHub.await(
        "a second attempt",
        () -> client.get("/v1/deliveries/" + bad).json().get("attemptCount").asInt() == 2);

    assertThat(found("minAttempts=2")).containsExactly("Bad invoice.paid");
    assertThat(found("minAttempts=1"))
        .containsExactlyInAnyOrder("Good invoice.paid", "Bad invoice.paid", "Good invoice.sent");
    assertThat(found("state=HELD&minAttempts=1")).isEmpty();
  }

  @Test
  void whatHasNotBeenAttemptedIsFoundByItsTypeAndNotByAnAnswer() {
    assertThat(found("state=HELD&eventType=lead.*")).containsExactly("Away lead.made");
    assertThat(found("state=HELD&status=422")).isEmpty();
    assertThat(found("state=HELD&test=true")).isEmpty();
  }

  @Test
  void testsAreLookedAtAloneOrLeftOut() {
    Answer test =
        client.post(
            "/v1/connectors/" + connector + "/test",
            "{\"data\":{},\"eventType\":\"a.b\",\"dryRun\":false}");
    assertThat(test.status()).as("%s", test).isEqualTo(200);

    assertThat(found("test=true")).hasSize(1);
    assertThat(found("test=false")).hasSize(4);
  }

  @Test
  void aRowSaysHowLongItsLastAttemptTookAndWhichItWas() {
    JsonNode row = client.get("/v1/deliveries?status=422").json().at("/data/0");

    assertThat(row.get("key").asString()).isEqualTo("customer-1");
    assertThat(row.get("lastDurationMs").asInt()).isNotNegative();
    String attempt = "/v1/attempts/" + row.get("lastAttempt").asString();
    assertThat(client.get(attempt).json().at("/response/status").asInt()).isEqualTo(422);
  }

  @Test
  void theLogIsTakenAwayAsATableInWhichNothingIsAFormula() {
    Answer table = client.get("/v1/deliveries/export?sort=createdAt");

    List<String> lines = table.text().lines().toList();
    assertThat(table.header("Content-Type")).startsWith("text/csv");
    assertThat(table.header("Content-Disposition")).contains("deliveries.csv");
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst()).startsWith("id,createdAt,event,eventType,key,");
    assertThat(lines.getLast()).contains(",'=cmd|' /C calc'!A0,").contains(",HELD,");
  }

  @Test
  void cellsThatSpreadsheetsWouldRunAreMadeTexts() {
    assertThat(DeliveryTable.harmless("=1+1")).isEqualTo("'=1+1");
    assertThat(DeliveryTable.harmless("@SUM(A1)")).isEqualTo("'@SUM(A1)");
    assertThat(DeliveryTable.harmless("-5")).isEqualTo("'-5");
    assertThat(DeliveryTable.harmless("\t=1")).isEqualTo("' =1");
    assertThat(DeliveryTable.harmless("a=b")).isEqualTo("a=b");
    assertThat(DeliveryTable.harmless(null)).isEmpty();
  }

  @Test
  void aListOfEventsSaysWhatCameOfEach() {
    JsonNode events = client.get("/v1/events?type=invoice.*&sort=createdAt").json();

    assertThat(events.get("total").asInt()).isEqualTo(2);
    assertThat(events.at("/data/0/states").toString()).isEqualTo("{\"SUCCEEDED\":1,\"FAILED\":1}");
    assertThat(events.at("/data/1/states/SUCCEEDED").asInt()).isEqualTo(1);
    assertThat(client.get("/v1/events?type=lead.made").json().at("/data/0/states/HELD").asInt())
        .isEqualTo(1);
  }

  @Test
  void wrongFiltersAreToldByName() {
    Answer answer =
        client.get(
            "/v1/deliveries?errorClass=NO&status=9&minAttempts=0&test=maybe&eventType=a*b&q=");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("errors")).hasSize(6);
  }
}
