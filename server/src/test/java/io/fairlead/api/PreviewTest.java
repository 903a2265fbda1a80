package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource(Dialect.class)
final class PreviewTest {
  private final Dialect dialect;
  private TestHub hub;
  private HubClient client;
  private ThirdParty party;

  PreviewTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() throws IOException {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private static JsonNode good(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    return answer.json();
  }

  private String document(String more) {
    return """
    {"name":"A","method":"POST","url":"%s","headers":[{"name":"X-Number","value":"{{number}}"}],
     "body":{"type":"json","fields":[{"name":"title","value":"{{title}}"}]},
     "authorization":{"kind":"bearer","token":"very-secret"},
     "triggers":[{"eventType":"invoice.*"}]%s}
    """
        .formatted(party.url("/in/{{number}}"), more);
  }

  private String connector(String more) {
    return "/v1/connectors/"
        + good(client.post("/v1/connectors", document(more))).get("id").asString();
  }

  private String event(String type, String data) {
    String body = "{\"type\":\"%s\",\"data\":%s}".formatted(type, data);
    return good(client.post("/v1/events", body)).get("id").asString();
  }

  private JsonNode test(String path, String body) {
    return good(client.post(path + "/test", body));
  }

  private JsonNode deliveries(String query) {
    return good(client.get("/v1/deliveries" + query)).get("data");
  }

  @Test
  void aDryRunShowsTheRequestAndSendsNothing() {
    String path = connector("");
    JsonNode dry = test(path, "{\"dryRun\":true,\"data\":{\"number\":\"a/b\",\"title\":\"T\"}}");
    assertThat(dry.at("/request/method").asString()).isEqualTo("POST");
    assertThat(dry.at("/request/url").asString()).isEqualTo(party.url("/in/a%2Fb"));
    assertThat(dry.at("/request/body/text").asString()).isEqualTo("{\"title\":\"T\"}");
    assertThat(dry.at("/request/body/size").asInt()).isEqualTo(13);
    assertThat(dry.at("/request/headers").toString())
        .contains("{\"name\":\"X-Number\",\"value\":\"a/b\"}")
        .contains("{\"name\":\"Authorization\",\"value\":\"Bearer ***\"}");
    assertThat(dry.at("/event/type").asString()).isEqualTo("invoice.test");
    assertThat(dry.toString()).doesNotContain("very-secret");

    var pointers = new ArrayList<String>();
    dry.get("tokens").forEach(use -> pointers.add(use.get("pointer").asString()));
    assertThat(pointers).contains("/url", "/headers/0/value", "/body/fields/0/value");
    assertThat(dry.at("/tokens/0/value").asString()).isEqualTo("a%2Fb");
    assertThat(dry.at("/tokens/0/source").asString()).contains("number");

    assertThat(party.received()).isEmpty();
    assertThat(deliveries("")).isEmpty();
  }

  @Test
  void aRequestThatCannotBeMadeIsNoErrorOfTheCall() {
    JsonNode dry = test(connector(""), "{\"dryRun\":true,\"data\":{\"Number\":1,\"title\":\"T\"}}");
    assertThat(dry.get("request").isNull()).isTrue();
    assertThat(dry.at("/problem/errorClass").asString()).isEqualTo("RENDER");
    assertThat(dry.at("/problem/detail").asString()).contains("{{number}}", "Number");
  }

  @Test
  void dryRunHasToBeSaidAndDataOrEventIsOne() {
    String path = connector("");
    assertThat(client.post(path + "/test", "{}").faults()).containsExactly("/dryRun");
    assertThat(client.post(path + "/test", "{\"dryRun\":\"yes\"}").faults())
        .containsExactly("/dryRun");
    String event = event("other", "{}");
    assertThat(
            client
                .post(
                    path + "/test",
                    "{\"dryRun\":true,\"data\":1,\"event\":\"%s\"}".formatted(event))
                .faults())
        .containsExactly("/data");
    assertThat(client.post(path + "/test", "{\"dryRun\":true,\"eventType\":\"a b\"}").faults())
        .contains("/eventType");
    assertThat(
            client
                .post(path + "/test", "{\"dryRun\":true,\"event\":\"evt_0000000000000\"}")
                .faults())
        .containsExactly("/event");
    assertThat(client.post(path + "/test", "{\"dryRun\":true}").status()).isEqualTo(409);
  }

  @Test
  void theLatestEventThatIsMeantIsTaken() {
    String path = connector(",\"active\":false");
    var _ = event("invoice.paid", "{\"number\":1,\"title\":\"old\"}");
    String wanted = event("invoice.paid", "{\"number\":2,\"title\":\"new\"}");
    String other = event("order.paid", "{\"number\":3,\"title\":\"other\"}");
    JsonNode dry = test(path, "{\"dryRun\":true}");
    assertThat(dry.at("/event/id").asString()).isEqualTo(wanted);
    assertThat(dry.at("/request/url").asString()).endsWith("/in/2");
    assertThat(dry.get("notes").toString()).contains("not active");

    JsonNode chosen = test(path, "{\"dryRun\":true,\"event\":\"%s\"}".formatted(other));
    assertThat(chosen.at("/request/url").asString()).endsWith("/in/3");
    assertThat(chosen.get("notes").toString()).contains("None of the connector's triggers");
  }

  @Test
  @DisplayName("1-26 1-28 a live test is sent, and its result is there and in the log")
  void aLiveTestIsSentAndLoggedAndCountsForNothing() {
    party.on("/in/7", ThirdParty.Answer.status(503));
    String path = connector(",\"active\":false");
    JsonNode live = test(path, "{\"dryRun\":false,\"data\":{\"number\":7,\"title\":\"T\"}}");
    assertThat(party.received()).hasSize(1);
    assertThat(live.at("/attempt/outcome").asString()).isEqualTo("RETRY");
    assertThat(live.at("/attempt/status").asInt()).isEqualTo(503);
    assertThat(live.at("/attempt/revision").asInt()).isEqualTo(1);
    assertThat(live.at("/delivery/test").asBoolean()).isTrue();
    assertThat(live.at("/delivery/state").asString()).isEqualTo("FAILED");
    assertThat(live.at("/attempt/request/url").asString())
        .isEqualTo(live.at("/request/url").asString());
    assertThat(live.toString()).doesNotContain("very-secret");

    String delivery = live.at("/delivery/id").asString();
    assertThat(deliveries("").at("/0/id").asString()).isEqualTo(delivery);
    assertThat(good(client.get("/v1/deliveries/" + delivery)).get("attempts")).hasSize(1);
    assertThat(client.post("/v1/deliveries/" + delivery + "/retry").status()).isEqualTo(409);

    // Its input can be seen, and is no event of anybody's.
    String event = live.at("/delivery/event").asString();
    JsonNode stored = good(client.get("/v1/events/" + event));
    assertThat(stored.get("test").asBoolean()).isTrue();
    assertThat(stored.get("data").toString()).isEqualTo("{\"number\":7,\"title\":\"T\"}");
    assertThat(good(client.get("/v1/events")).get("data")).isEmpty();
    assertThat(client.post(path + "/test", "{\"dryRun\":true}").status()).isEqualTo(409);
    assertThat(client.get("/metrics").text())
        .doesNotContainPattern(
            "fairlead_(attempt_duration_seconds_count|deliveries_ended_total)[^\\n]* [1-9]");
    assertThat(good(client.get(path)).get("waiting").asInt()).isZero();
    assertThat(client.delete(path).status()).isEqualTo(204);
  }

  @Test
  @DisplayName("1-27 a test of an event that came")
  void aTestOfAnEventIsNotOneOfItsDeliveries() {
    String path = connector(",\"active\":false");
    String event = event("invoice.paid", "{\"number\":8,\"title\":\"T\"}");
    JsonNode live = test(path, "{\"dryRun\":false}");
    assertThat(live.at("/delivery/event").asString()).isEqualTo(event);
    assertThat(live.at("/attempt/outcome").asString()).isEqualTo("SUCCESS");
    assertThat(deliveries("?event=" + event)).hasSize(1);
    assertThat(deliveries("?event=" + event).at("/0/state").asString()).isEqualTo("HELD");
    assertThat(deliveries("?state=SUCCEEDED")).hasSize(1);
  }

  @Test
  void onlySoManyAreMadeAtOnce() {
    party.on("/in/9", ThirdParty.Answer.hang());
    String path = connector(",\"policy\":{\"timeout\":\"2s\"}");
    String body = "{\"dryRun\":false,\"data\":{\"number\":9,\"title\":\"T\"}}";
    List<CompletableFuture<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> client.post(path + "/test", body)));
    }
    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(answer -> answer.status() == 429 && answer.header("Retry-After") != null);
  }

  @Test
  void aDraftIsShownWithoutBeingSaved() {
    JsonNode shown =
        good(
            client.post(
                "/v1/preview",
                "{\"connector\":%s,\"data\":{\"number\":1,\"title\":\"T\"}}"
                    .formatted(document(""))));
    assertThat(shown.at("/results/0/request/url").asString()).isEqualTo(party.url("/in/1"));
    assertThat(shown.at("/results/0/changed").isMissingNode()).isTrue();
    assertThat(shown.toString()).doesNotContain("very-secret");
    assertThat(good(client.get("/v1/connectors")).get("data")).isEmpty();
    assertThat(party.received()).isEmpty();
  }

  @Test
  void aDraftIsComparedWithWhatIsSavedForTheLastEvents() {
    String path = connector(",\"active\":false");
    String id = path.substring(path.lastIndexOf('/') + 1);
    for (int i = 1; i <= 3; i++) {
      var _ = event("invoice.paid", "{\"number\":%d,\"title\":\"T\"}".formatted(i));
    }
    var _ = event("other", "{}");
    String draft =
        document("")
            .replace("{{title}}", "{{number}}: {{title}}")
            .replace("\"very-secret\"", "{\"set\":true}");
    JsonNode results =
        good(client.post(
                "/v1/preview", "{\"id\":\"%s\",\"connector\":%s,\"last\":2}".formatted(id, draft)))
            .get("results");
    assertThat(results).hasSize(2);
    assertThat(results.at("/0/request/url").asString()).endsWith("/in/3");
    assertThat(results.at("/0/changed").asBoolean()).isTrue();
    assertThat(results.at("/0/changes/0/pointer").asString()).startsWith("/request/");
    assertThat(results.at("/0/before/request/body/text").asString()).isEqualTo("{\"title\":\"T\"}");
    assertThat(results.at("/0/request/body/text").asString()).isEqualTo("{\"title\":\"3: T\"}");
    JsonNode same =
        good(
            client.post(
                "/v1/preview",
                "{\"id\":\"%s\",\"connector\":%s}"
                    .formatted(id, document("").replace("\"very-secret\"", "{\"set\":true}"))));
    assertThat(same.at("/results/0/changed").asBoolean()).isFalse();
    assertThat(same.at("/results/0/changes")).isEmpty();
  }

  @Test
  void aDraftForAnotherHostDoesNotGetTheKeptSecret() {
    String path = connector("");
    String id = path.substring(path.lastIndexOf('/') + 1);
    String draft =
        document("")
            .replace(party.url("/in/{{number}}"), "https://elsewhere.example/")
            .replace("\"very-secret\"", "{\"set\":true}");
    Answer refused =
        client.post(
            "/v1/preview", "{\"id\":\"%s\",\"connector\":%s,\"data\":{}}".formatted(id, draft));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.faults()).containsExactly("/connector/authorization/token");
    assertThat(refused.text()).contains("has to be sent again");
  }

  @Test
  void whatIsWrongWithADraftIsToldBelowIt() {
    Answer refused =
        client.post(
            "/v1/preview",
            "{\"connector\":{\"name\":\"\",\"method\":\"POST\",\"url\":\"https://a.example/{{\"},"
                + "\"data\":{}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.faults()).containsExactlyInAnyOrder("/connector/name", "/connector/url");
    assertThat(client.post("/v1/preview", "{\"data\":{}}").faults()).containsExactly("/connector");
  }
}
