package io.fairlead.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What is counted, and how connectors are found.
@ParameterizedClass
@EnumSource(Dialect.class)
final class StatsTest {
  private final TestHub hub;
  private final ThirdParty party;
  private final HubClient client;

  StatsTest(Dialect dialect) {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private String connector(String name, String more) {
    Answer made =
        client.post(
            "/v1/connectors",
            """
            {"name":"%s","method":"POST","url":"%s"%s}
            """
                .formatted(name, party.url("/" + name.toLowerCase(Locale.ROOT)), more));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private void send(String type, int times) {
    for (int i = 0; i < times; i++) {
      Answer sent = client.post("/v1/events", "{\"type\":\"%s\",\"data\":{}}".formatted(type));
      assertThat(sent.status()).isEqualTo(202);
    }
  }

  private void awaitEnded(String state, int count) {
    TestHub.await(
        count + " deliveries " + state,
        () -> client.get("/v1/deliveries?state=" + state).json().get("total").asInt() == count);
  }

  private JsonNode stats(String query) {
    Answer answer = client.get("/v1/stats" + query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json();
  }

  @Test
  void deliveriesAreCountedByTheHourInWhichTheyEnded() {
    String good = connector("Good", ",\"triggers\":[{\"eventType\":\"a.*\"}]");
    String bad = connector("Bad", ",\"triggers\":[{\"eventType\":\"a.b\"}]");
    party.on("/bad", ThirdParty.Answer.status(400));
    send("a.b", 3);
    send("a.c", 2);
    awaitEnded("SUCCEEDED", 5);
    awaitEnded("FAILED", 3);

    JsonNode all = stats("");

    assertThat(all.at("/total/succeeded").asInt()).isEqualTo(5);
    assertThat(all.at("/total/failed").asInt()).isEqualTo(3);
    assertThat(all.at("/total/p99Ms").asDouble()).isPositive();
    assertThat(all.get("buckets")).hasSize(24);
    assertThat(sum(all.get("buckets"), "succeeded")).isEqualTo(5);
    assertThat(all.at("/failing")).hasSize(1);
    assertThat(all.at("/failing/0/connector/id").asString()).isEqualTo(bad);
    assertThat(all.at("/failing/0/attempts").asInt()).isEqualTo(3);
    assertThat(all.at("/slowest")).hasSize(2);
    assertThat(stats("?connector=" + good).at("/total/succeeded").asInt()).isEqualTo(5);
    assertThat(stats("?connector=" + good).at("/total/failed").asInt()).isZero();
    assertThat(stats("?step=1d&connector=" + bad).at("/total/failed").asInt()).isEqualTo(3);
  }

  @Test
  void anotherTenantsDeliveriesAreNotCounted() {
    connector("Good", ",\"triggers\":[{\"eventType\":\"*\"}]");
    send("a.b", 1);
    awaitEnded("SUCCEEDED", 1);
    assertThat(client.post("/v1/tenants", "{\"id\":\"acme\"}").status()).isEqualTo(201);

    JsonNode other = client.forTenant("acme").get("/v1/stats").json();

    assertThat(other.at("/total/succeeded").asInt()).isZero();
    assertThat(other.get("slowest")).isEmpty();
  }

  @Test
  void whatWaitsIsCountedByWhatItWaitsFor() {
    String held = connector("Held", ",\"active\":false,\"triggers\":[{\"eventType\":\"a.b\"}]");
    connector(
        "Later", ",\"policy\":{\"retrySchedule\":[\"1h\"]},\"triggers\":[{\"eventType\":\"a.c\"}]");
    party.on("/later", ThirdParty.Answer.status(503));
    send("a.b", 2);
    send("a.c", 1);
    awaitEnded("RETRYING", 1);

    JsonNode all = stats("");

    assertThat(all.get("held").asInt()).isEqualTo(2);
    assertThat(all.get("retrying").asInt()).isEqualTo(1);
    assertThat(all.get("waiting").asInt()).isZero();
    assertThat(all.at("/total/retried").asInt()).isEqualTo(1);
    assertThat(all.at("/failing/0/unfinished").asInt()).isEqualTo(1);
    assertThat(stats("?connector=" + held).get("held").asInt()).isEqualTo(2);
  }

  @Test
  void theLastResultsOfConnectorsAreToldForAPageOfThem() {
    String good = connector("Good", ",\"triggers\":[{\"eventType\":\"a.b\"}]");
    String bad = connector("Bad", ",\"triggers\":[{\"eventType\":\"a.b\"}]");
    String quiet = connector("Quiet", "");
    party.on("/bad", ThirdParty.Answer.status(422));
    send("a.b", 2);
    awaitEnded("SUCCEEDED", 2);
    awaitEnded("FAILED", 2);

    JsonNode data =
        client
            .get("/v1/stats/connectors?id=%s&id=%s&id=%s".formatted(bad, quiet, good))
            .json()
            .get("data");

    assertThat(data.at("/0/connector/name").asString()).isEqualTo("Bad");
    assertThat(data.at("/0/lastResult/state").asString()).isEqualTo("FAILED");
    assertThat(data.at("/0/lastResult/status").asInt()).isEqualTo(422);
    assertThat(sum(data.at("/0/recent/failed"))).isEqualTo(2);
    assertThat(data.at("/1/lastResult").isNull()).isTrue();
    assertThat(data.at("/2/lastResult/state").asString()).isEqualTo("SUCCEEDED");
    assertThat(sum(data.at("/2/recent/succeeded"))).isEqualTo(2);
  }

  @Test
  void aLastResultWithoutAnAnswerHasNoStatus() {
    String dead = connector("Dead", ",\"triggers\":[{\"eventType\":\"a.b\"}]");
    party.on("/dead", ThirdParty.Answer.close());
    send("a.b", 1);
    awaitEnded("RETRYING", 1);

    JsonNode data = client.get("/v1/stats/connectors?id=" + dead).json().get("data");

    assertThat(data.at("/0/lastResult/state").asString()).isEqualTo("RETRYING");
    assertThat(data.at("/0/lastResult/status").isNull()).isTrue();
  }

  @Test
  void aRangeThatIsTooLongOrBackwardsIsRefusedByName() {
    Answer backwards = client.get("/v1/stats?from=2026-03-02T08:00:00Z&to=2026-03-01T08:00:00Z");
    Answer tooLong = client.get("/v1/stats?from=2025-03-02T08:00:00Z&to=2026-03-01T08:00:00Z");

    assertThat(backwards.status()).isEqualTo(400);
    assertThat(backwards.json().at("/errors/0/parameter").asString()).isEqualTo("to");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.json().at("/errors/0/parameter").asString()).isEqualTo("from");
  }

  @Test
  void connectorsAreFoundByNameUrlAndIdAndPutInOrder() {
    String zebra = connector("Zebra", ",\"body\":{\"type\":\"form\",\"template\":\"a=1\"}");
    connector("apple", ",\"active\":false");
    connector("Mango", "");

    assertThat(names("?sort=name")).containsExactly("apple", "Mango", "Zebra");
    assertThat(names("?sort=-name")).containsExactly("Zebra", "Mango", "apple");
    assertThat(names("?q=AN")).containsExactly("Mango");
    assertThat(names("?q=" + zebra)).containsExactly("Zebra");
    assertThat(names("?q=nothing")).isEmpty();
    assertThat(names("?state=INACTIVE")).containsExactly("apple");
    assertThat(names("?bodyType=form")).containsExactly("Zebra");
    assertThat(names("?method=GET")).isEmpty();
  }

  @Test
  void aSortedListIsReadPageByPage() {
    for (String name : List.of("e", "b", "d", "a", "c")) {
      connector(name, "");
    }

    Answer first = client.get("/v1/connectors?sort=name&limit=2");
    String next = first.json().get("next").asString();
    Answer second = client.get("/v1/connectors?sort=name&limit=2&cursor=" + next);
    Answer other = client.get("/v1/connectors?sort=-name&limit=2&cursor=" + next);

    assertThat(names(second)).containsExactly("c", "d");
    assertThat(first.json().get("total").asInt()).isEqualTo(5);
    assertThat(other.status()).isEqualTo(400);
  }

  @Test
  void theAddressesThatCallsComeFromAreToldAsTheOperatorSetThem() {
    assertThat(client.get("/v1/egress").json().get("addresses"))
        .extracting(JsonNode::asString)
        .containsExactly("203.0.113.0/24");
  }

  private List<String> names(String query) {
    return names(client.get("/v1/connectors" + query));
  }

  private static List<String> names(Answer list) {
    assertThat(list.status()).as("%s", list).isEqualTo(200);
    var names = new ArrayList<String>();
    requireNonNull(list.json().get("data")).forEach(row -> names.add(row.get("name").asString()));
    return names;
  }

  private static int sum(JsonNode rows, String member) {
    int sum = 0;
    for (JsonNode row : rows) {
      sum += row.get(member).asInt();
    }
    return sum;
  }

  private static int sum(JsonNode numbers) {
    int sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asInt();
    }
    return sum;
  }
}
