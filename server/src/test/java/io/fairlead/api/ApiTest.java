package io.fairlead.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What the API promises beyond its examples, to well-meaning and to hostile callers.
@ParameterizedClass
@EnumSource(Dialect.class)
final class ApiTest {
  private static final String SECRET = "correct-horse-battery-staple";

  private final TestHub hub;
  private final ThirdParty party;
  private HubClient client;
  private int count;

  ApiTest(Dialect dialect) {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @BeforeEach
  void addTenants() {
    for (String tenant : List.of("acme", "other")) {
      assertThat(client.post("/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant)).status())
          .isEqualTo(201);
    }
    client = client.forTenant("acme");
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private HubClient other() {
    return hub.client().forTenant("other");
  }

  private String connector(String path, String more) {
    Answer made =
        client.post(
            "/v1/connectors",
            """
            {"name":"c%d","method":"POST","url":"%s","triggers":[{"eventType":"*"}]%s}
            """
                .formatted(++count, party.url(path), more));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private String event(String data) {
    Answer sent = client.post("/v1/events", "{\"type\":\"a.b\",\"data\":%s}".formatted(data));
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    return sent.json().get("id").asString();
  }

  private String delivery(String event, String state) {
    String list = "/v1/deliveries?event=" + event + "&state=" + state;
    TestHub.await("a delivery " + state, () -> !client.get(list).json().get("data").isEmpty());
    return client.get(list).json().at("/data/0/id").asString();
  }

  @Test
  void anAttemptShowsTheRequestAsItWasSent() {
    String connector =
        connector(
            "/in/{{n}}",
            """
            ,"headers":[{"name":"X-Note","value":"n is {{n}}"},{"name":"User-Agent","value":"mine"}],
            "query":[{"name":"q","value":"{{t}}"}],
            "body":{"type":"json","fields":[{"name":"amount","value":"{{amount}}"},{"name":"t","value":"{{t}}"}]},
            "authorization":{"kind":"bearer","token":"%s"}
            """
                .formatted(SECRET));
    String event = event("{\"n\":7,\"t\":\"ä & ö\",\"amount\":1.10}");

    Received received = party.await("/in/7", 1).getFirst();
    JsonNode attempt = attempt(delivery(event, "SUCCEEDED"), 0);

    assertThat(received.text()).isEqualTo("{\"amount\":1.10,\"t\":\"ä & ö\"}");
    assertThat(received.header("Authorization")).isEqualTo("Bearer " + SECRET);
    assertThat(attempt.at("/request/url").asString())
        .isEqualTo("http://127.0.0.1:" + party.port() + received.target());
    assertThat(attempt.at("/request/body").asString()).isEqualTo(received.text());
    assertThat(attempt.at("/request/bodySize").asInt()).isEqualTo(received.body().length);
    assertThat(shown(attempt.at("/request/headers")))
        .isEqualTo(
            received.headers().stream()
                .map(header -> header.getKey() + ": " + header.getValue().replace(SECRET, "***"))
                .toList());
    assertThat(attempt.get("connector").asString()).isEqualTo(connector);
    assertThat(attempt.at("/response/body").asString()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void anAttemptShowsTheEventItself() {
    connector("/event", "");
    String event = event("{\"amount\":1.10,\"t\":\"ä\"}");

    Received received = party.await("/event", 1).getFirst();
    JsonNode attempt = attempt(delivery(event, "SUCCEEDED"), 0);

    assertThat(attempt.at("/request/body").asString()).isEqualTo(received.text());
    assertThat(received.text()).contains("\"data\":{\"amount\":1.10,\"t\":\"ä\"}", event);
    assertThat(shown(attempt.at("/request/headers")))
        .isEqualTo(
            received.headers().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList());
  }

  @Test
  void aBodyThatIsNoTextIsShownInBase64() {
    byte[] bytes = {(byte) 0xff, 0, 1};
    party.on("/bytes", ThirdParty.Answer.status(200).body("image/png", bytes));
    connector("/bytes", "");

    JsonNode response = attempt(delivery(event("1"), "SUCCEEDED"), 0).get("response");

    assertThat(response.get("bodyEncoding").asString()).isEqualTo("base64");
    assertThat(response.get("body").asString()).isEqualTo("/wAB");
    assertThat(response.get("bodySize").asInt()).isEqualTo(3);
  }

  private JsonNode attempt(String delivery, int place) {
    String id =
        client.get("/v1/deliveries/" + delivery).json().at("/attempts/" + place + "/id").asString();
    return client.get("/v1/attempts/" + id).json();
  }

  private static List<String> shown(JsonNode headers) {
    var shown = new ArrayList<String>();
    for (JsonNode header : headers) {
      shown.add(header.get("name").asString() + ": " + header.get("value").asString());
    }
    return shown;
  }

  @Test
  void nothingOfOneTenantIsThereForAnother() {
    party.on("/no", ThirdParty.Answer.status(400));
    String connector = connector("/no", "");
    String event = event("1");
    String delivery = delivery(event, "FAILED");
    String attempt = attempt(delivery, 0).get("id").asString();
    String key =
        client
            .post("/v1/api-keys", "{\"name\":\"k\",\"role\":\"viewer\"}")
            .json()
            .get("id")
            .asString();
    String path = "/v1/connectors/" + connector;

    for (Answer answer :
        List.of(
            other().get(path),
            other().put(path, "{\"name\":\"x\",\"method\":\"GET\",\"url\":\"https://a.example/\"}"),
            other().patch(path, "{\"name\":\"x\"}"),
            other().delete(path + "?deliveries=cancel"),
            other().post(path + "/activate"),
            other().post(path + "/disable"),
            other().get("/v1/events/" + event),
            other().get("/v1/deliveries/" + delivery),
            other().post("/v1/deliveries/" + delivery + "/retry"),
            other().get("/v1/attempts/" + attempt),
            other().get("/v1/api-keys/" + key),
            other().delete("/v1/api-keys/" + key))) {
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    }
    for (String list :
        List.of(
            "/v1/connectors",
            "/v1/events",
            "/v1/deliveries",
            "/v1/deliveries?connector=" + connector,
            "/v1/deliveries?event=" + event,
            "/v1/deliveries?state=FAILED",
            "/v1/api-keys")) {
      assertThat(other().get(list).json().get("total").asInt()).as(list).isZero();
    }
    for (String bulk : List.of("activate", "disable")) {
      Answer answer =
          other().post("/v1/connectors/" + bulk, "{\"ids\":[\"%s\"]}".formatted(connector));
      assertThat(answer.json().at("/results/0/status").asInt()).isEqualTo(404);
    }
    for (String bulk : List.of("retry", "cancel")) {
      Answer answer =
          other().post("/v1/deliveries/" + bulk, "{\"ids\":[\"%s\"]}".formatted(delivery));
      assertThat(answer.json().at("/results/0/status").asInt()).isEqualTo(404);
    }
    // Nothing was changed by any of it.
    assertThat(client.get(path).json().get("revision").asInt()).isEqualTo(1);
    assertThat(client.get("/v1/deliveries/" + delivery).json().get("attemptCount").asInt())
        .isEqualTo(1);
    assertThat(client.get("/v1/api-keys/" + key).json().get("revokedAt").isNull()).isTrue();
    // What they send goes nowhere near.
    assertThat(
            other()
                .post("/v1/events", "{\"type\":\"a.b\",\"data\":1}")
                .json()
                .get("deliveries")
                .asInt())
        .isZero();
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Answer answer =
        client.post(
            "/v1/connectors",
            """
            {"method":"FETCH","url":"https://a.example/{{x","headres":[],
             "headers":[{"name":"Host","value":"x"},{"name":"X-A"}],
             "body":{"type":"jsn"},"policy":{"timeout":"1y","concurrency":0,"retrySchedule":["5s",5]},
             "triggers":[{"eventType":"no blanks"}],"active":"yes","a/b~c":1}
            """);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.faults())
        .contains(
            "/name",
            "/method",
            "/url",
            "/headres",
            "/headers/0/name",
            "/headers/1/value",
            "/body/type",
            "/policy/timeout",
            "/policy/concurrency",
            "/policy/retrySchedule/1",
            "/triggers/0/eventType",
            "/active",
            "/a~1b~0c");
    assertThat(answer.text()).contains("headers");

    Answer event =
        client.post("/v1/events", "{\"type\":1,\"id\":\"\",\"dta\":{},\"time\":\"now\"}");
    assertThat(event.faults()).contains("/type", "/id", "/dta", "/time", "/data");

    Answer list = client.get("/v1/deliveries?limit=0&sort=up&state=DONE&from=x&cursor=%21&stat=1");
    assertThat(list.faults()).contains("limit", "sort", "state", "from", "cursor", "stat");
  }

  @Test
  void whatIsNoJsonIsRefusedAsAWhole() {
    for (String path :
        List.of("/v1/connectors", "/v1/events", "/v1/events/batch", "/v1/api-keys")) {
      for (String body :
          List.of("", "{", "nonsense", "{} {}", "{\"a\":1,\"a\":2}", "[".repeat(300), "\u0000")) {
        Answer answer = client.post(path, body);
        assertThat(answer.status()).as("%s %s: %s", path, body, answer).isEqualTo(400);
        assertThat(answer.faults()).as("%s %s: %s", path, body, answer).containsExactly("");
      }
      Answer latin1 =
          client.send("POST", path, "application/json", new byte[] {'"', (byte) 0xe4, '"'});
      assertThat(latin1.status()).isEqualTo(400);
    }
  }

  @Test
  void otherContentIsRefused() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    for (String path :
        List.of("/v1/connectors", "/v1/events", "/v1/events/batch", "/v1/api-keys")) {
      for (String type :
          new String[] {
            null, "text/plain", "application/jsonp", "application/json; charset=latin1"
          }) {
        assertThat(client.send("POST", path, type, body).status())
            .as("%s %s", path, type)
            .isEqualTo(415);
      }
      assertThat(client.send("POST", path, "Application/JSON; charset=\"UTF-8\"", body).status())
          .isNotEqualTo(415);
    }
    String connector = connector("/", "");
    String activate = "/v1/connectors/" + connector + "/activate";
    assertThat(client.send("POST", activate, "text/plain", body).status()).isEqualTo(415);
    assertThat(client.send("POST", activate, null, body).status()).isEqualTo(415);
    assertThat(client.post(activate).status()).isEqualTo(200);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String kilobyte = "x".repeat(1024);
    assertThat(client.post("/v1/events", event256(kilobyte.repeat(256))).status()).isEqualTo(413);
    assertThat(client.post("/v1/events", event256(kilobyte.repeat(255))).status()).isEqualTo(202);
    assertThat(client.post("/v1/api-keys", "\"" + kilobyte.repeat(1024) + "\"").status())
        .isEqualTo(413);
    assertThat(client.post("/v1/events/batch", "[" + " ".repeat(5 << 20) + "]").status())
        .isEqualTo(413);
    assertThat(client.post("/v1/events/batch", "[" + "1,".repeat(1000) + "1]").status())
        .isEqualTo(413);

    Answer batch =
        client.post(
            "/v1/events/batch",
            "[%s,{\"type\":\"a\",\"data\":1}]".formatted(event256(kilobyte.repeat(256))));
    assertThat(batch.json().at("/results/0/status").asInt()).isEqualTo(413);
    assertThat(batch.json().at("/results/1/status").asInt()).isEqualTo(202);

    String longName = "n".repeat(100_000);
    for (String body :
        List.of(
            "{\"%s\":1}".formatted(longName),
            "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(longName, longName))) {
      Answer answer = client.post("/v1/api-keys", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().length).isLessThan(5_000);
    }
    var members = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) {
      members.append("\"u%d\":1,".formatted(i));
    }
    for (String path : List.of("/v1/api-keys", "/v1/events", "/v1/connectors")) {
      Answer answer = client.post(path, members + "\"type\":\"a\"}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.faults()).hasSize(100);
    }
  }

  private static String event256(String filler) {
    return "{\"type\":\"a\",\"data\":\"%s\"}".formatted(filler);
  }

  @Test
  void aConnectorIsChangedOnlyAsItWasRead() {
    String path = "/v1/connectors/" + connector("/", "");
    String first = requireNonNull(client.get(path).header("ETag"));

    assertThat(client.with("If-Match", first).patch(path, "{\"active\":false}").status())
        .isEqualTo(200);
    for (Answer stale :
        List.of(
            client.with("If-Match", first).patch(path, "{\"name\":\"x\"}"),
            client.with("If-Match", "W/\"2\"").patch(path, "{\"name\":\"x\"}"),
            client.with("If-Match", first).post(path + "/activate"),
            client.with("If-Match", "\"7\", \"8\"").delete(path))) {
      assertThat(stale.status()).as("%s", stale).isEqualTo(412);
    }
    assertThat(client.with("If-Match", "2").patch(path, "{\"name\":\"x\"}").status())
        .isEqualTo(400);
    assertThat(client.with("If-Match", first + ", \"2\"").patch(path, "{\"name\":\"x\"}").status())
        .isEqualTo(200);
    assertThat(client.get(path).json().get("revision").asInt()).isEqualTo(3);
    assertThat(client.with("If-Match", "*").delete(path).status()).isEqualTo(204);
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void aNameIsATenantsOnlyOnce() {
    String body = "{\"name\":\"Same\",\"method\":\"GET\",\"url\":\"https://a.example/\"}";
    assertThat(client.post("/v1/connectors", body).status()).isEqualTo(201);
    Answer again = client.post("/v1/connectors", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.faults()).containsExactly("/name");
    assertThat(other().post("/v1/connectors", body).status()).isEqualTo(201);
    String second = connector("/", "");
    assertThat(client.patch("/v1/connectors/" + second, "{\"name\":\"Same\"}").status())
        .isEqualTo(409);
  }

  @Test
  void aSecretGoesInAndNeverComesOut() {
    String path =
        "/v1/connectors/"
            + connector(
                "/in",
                ",\"authorization\":{\"kind\":\"bearer\",\"token\":\"%s\"}".formatted(SECRET));
    String event = event("1");
    JsonNode attempt = attempt(delivery(event, "SUCCEEDED"), 0);

    assertThat(attempt.toString()).doesNotContain(SECRET);
    for (String read : List.of(path, "/v1/connectors", "/v1/deliveries?event=" + event)) {
      assertThat(client.get(read).text()).doesNotContain(SECRET);
    }
    Answer moved = client.patch(path, "{\"url\":\"https://elsewhere.example/\"}");
    assertThat(moved.status()).isEqualTo(400);
    assertThat(moved.faults()).containsExactly("/authorization/token");
    assertThat(client.patch(path, "{\"authorization\":{\"token\":{\"set\":true}}}").status())
        .isEqualTo(200);
    hub.restart();
    client = hub.client().forTenant("acme");
    event("2");
    assertThat(party.await("/in", 2).getLast().header("Authorization"))
        .isEqualTo("Bearer " + SECRET);
  }

  @Test
  void heldDeliveriesAreReleasedKeptOrDiscarded() {
    String id = connector("/held", ",\"active\":false");
    String path = "/v1/connectors/" + id;
    String first = delivery(event("1"), "HELD");
    assertThat(client.get(path).json().get("waiting").asInt()).isEqualTo(1);
    assertThat(client.delete(path).status()).isEqualTo(409);

    assertThat(
            client.post(path + "/activate", "{\"held\":\"keep\"}").json().get("active").asBoolean())
        .isTrue();
    delivery(event("2"), "SUCCEEDED");
    assertThat(state(first)).isEqualTo("HELD");
    assertThat(client.post(path + "/activate").status()).isEqualTo(200);
    TestHub.await("what was kept is sent", () -> state(first).equals("SUCCEEDED"));

    assertThat(client.post("/v1/connectors/disable", "{\"ids\":[\"%s\"]}".formatted(id)).status())
        .isEqualTo(200);
    String second = delivery(event("3"), "HELD");
    assertThat(client.post(path + "/activate", "{\"held\":\"discard\"}").status()).isEqualTo(200);
    assertThat(state(second)).isEqualTo("CANCELLED");
    assertThat(party.received("/held")).hasSize(2);

    assertThat(client.post(path + "/disable").status()).isEqualTo(200);
    String third = delivery(event("4"), "HELD");
    assertThat(client.delete(path + "?deliveries=cancel").status()).isEqualTo(204);
    JsonNode gone = client.get("/v1/deliveries/" + third).json();
    assertThat(gone.get("state").asString()).isEqualTo("CANCELLED");
    assertThat(gone.get("connectorName").isNull()).isTrue();
  }

  private String state(String delivery) {
    return client.get("/v1/deliveries/" + delivery).json().get("state").asString();
  }

  @Test
  void whatFailedIsRetriedByHand() {
    party.on("/fails", ThirdParty.Answer.status(400), ThirdParty.Answer.ok());
    String id = connector("/fails", "");
    String delivery = delivery(event("1"), "FAILED");

    Answer retried = client.post("/v1/deliveries/" + delivery + "/retry");
    assertThat(retried.status()).isEqualTo(202);
    TestHub.await("it succeeds", () -> state(delivery).equals("SUCCEEDED"));
    assertThat(attempt(delivery, 1).get("number").asInt()).isEqualTo(2);
    List<Received> received = party.await("/fails", 2);
    assertThat(received.get(1).header("webhook-id"))
        .isEqualTo(received.get(0).header("webhook-id"));

    Answer again = client.post("/v1/deliveries/" + delivery + "/retry");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("The delivery is SUCCEEDED.");
    Answer many =
        client.post(
            "/v1/deliveries/retry", "{\"ids\":[\"%s\",\"dlv_0000000000000\"]}".formatted(delivery));
    assertThat(many.json().at("/results/0/status").asInt()).isEqualTo(409);
    assertThat(many.json().at("/results/1/status").asInt()).isEqualTo(404);

    party.on("/fails", ThirdParty.Answer.status(400));
    String other = delivery(event("2"), "FAILED");
    assertThat(client.delete("/v1/connectors/" + id).status()).isEqualTo(204);
    assertThat(client.post("/v1/deliveries/" + other + "/retry").status()).isEqualTo(409);
  }

  @Test
  void whatWaitsIsCalledOff() {
    party.on("/busy", ThirdParty.Answer.status(503));
    String path = "/v1/connectors/" + connector("/busy", "");
    String retrying = delivery(event("1"), "RETRYING");
    assertThat(client.post(path + "/disable").status()).isEqualTo(200);
    String held = delivery(event("2"), "HELD");

    Answer cancelled = cancel(retrying, held, "dlv_0000000000000");

    assertThat(statuses(cancelled)).containsExactly(200, 200, 404);
    assertThat(state(retrying)).isEqualTo("CANCELLED");
    assertThat(state(held)).isEqualTo("CANCELLED");
    assertThat(client.get("/v1/deliveries/" + held).json().get("endedAt").isNull()).isFalse();
    assertThat(statuses(cancel(held))).containsExactly(409);
    assertThat(cancel(held).text()).contains("The delivery is CANCELLED");
    // Neither a release nor a retry brings them back.
    assertThat(client.post(path + "/activate").status()).isEqualTo(200);
    assertThat(client.post("/v1/deliveries/" + held + "/retry").status()).isEqualTo(409);
    party.on("/busy", ThirdParty.Answer.ok());
    String _ = delivery(event("3"), "SUCCEEDED");
    assertThat(party.received("/busy")).hasSize(2);
  }

  @Test
  void whatIsBeingSentIsNotCalledOff() {
    party.on("/slow", ThirdParty.Answer.hang());
    String _ = connector("/slow", ",\"policy\":{\"concurrency\":1}");
    String event = event("1");
    String sending = delivery(event, "SENDING");
    String waiting = delivery(event("2"), "WAITING");

    assertThat(statuses(cancel(sending, waiting))).containsExactly(409, 200);

    assertThat(state(waiting)).isEqualTo("CANCELLED");
    assertThat(state(sending)).isEqualTo("SENDING");
  }

  private Answer cancel(String... ids) {
    Answer answer =
        client.post(
            "/v1/deliveries/cancel", "{\"ids\":[\"%s\"]}".formatted(String.join("\",\"", ids)));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  private static List<Integer> statuses(Answer answer) {
    var statuses = new ArrayList<Integer>();
    answer.json().get("results").forEach(result -> statuses.add(result.get("status").asInt()));
    return statuses;
  }

  @Test
  void aRepeatedEventIsTakenOnce() {
    String body = "{\"type\":\"a.b\",\"id\":\"e-1\",\"data\":{\"a\":1}}";
    Answer first = client.post("/v1/events", body);
    Answer second = client.post("/v1/events", body);
    assertThat(second.json().get("duplicate").asBoolean()).isTrue();
    assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
    Answer conflict =
        client.post("/v1/events", "{\"type\":\"a.b\",\"id\":\"e-1\",\"data\":{\"a\":2}}");
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(other().post("/v1/events", body).json().get("duplicate").asBoolean()).isFalse();

    hub.restart();
    client = hub.client().forTenant("acme");
    assertThat(client.post("/v1/events", body).json().get("duplicate").asBoolean()).isTrue();
    Answer found = client.get("/v1/events?clientId=e-1");
    assertThat(found.json().at("/data/0/id")).isEqualTo(first.json().get("id"));
    assertThat(found.json().get("total").asInt()).isEqualTo(1);

    String keyed = "{\"type\":\"a.b\",\"data\":1}";
    HubClient withKey = client.with("Idempotency-Key", "k-1");
    assertThat(withKey.post("/v1/events", keyed).json().get("duplicate").asBoolean()).isFalse();
    assertThat(withKey.post("/v1/events", keyed).json().get("duplicate").asBoolean()).isTrue();
    assertThat(withKey.post("/v1/events/batch", "[" + keyed + "]").faults())
        .containsExactly("Idempotency-Key");
    assertThat(client.with("Idempotency-Key", "x".repeat(201)).post("/v1/events", keyed).faults())
        .containsExactly("Idempotency-Key");
  }

  @Test
  void aListIsReadPageByPage() {
    for (int i = 0; i < 7; i++) {
      assertThat(
              client
                  .post(
                      "/v1/events",
                      "{\"type\":\"a\",\"key\":\"k%d\",\"data\":%d}".formatted(i % 2, i))
                  .status())
          .isEqualTo(202);
    }
    for (String sort : List.of("createdAt", "-createdAt")) {
      for (int limit = 1; limit < 9; limit++) {
        Set<String> seen = new HashSet<>();
        String last = null;
        String next = null;
        do {
          String path = "/v1/events?sort=%s&limit=%d".formatted(sort, limit);
          JsonNode page = client.get(next == null ? path : path + "&cursor=" + next).json();
          assertThat(page.get("total").asInt()).isEqualTo(7);
          for (JsonNode row : page.get("data")) {
            String id = row.get("id").asString();
            assertThat(seen.add(id)).isTrue();
            assertThat(last == null || (last.compareTo(id) < 0) == sort.equals("createdAt"))
                .isTrue();
            last = id;
          }
          next = page.get("next").isNull() ? null : page.get("next").asString();
        } while (next != null);
        assertThat(seen).hasSize(7);
      }
    }
    assertThat(client.get("/v1/events?key=k1").json().get("total").asInt()).isEqualTo(3);
  }

  @Test
  void aCursorIsForItsOwnListOnly() {
    for (int i = 0; i < 3; i++) {
      event("1");
    }
    String cursor =
        client.get("/v1/events?limit=1&key=").status() == 400
            ? client.get("/v1/events?limit=1").json().get("next").asString()
            : "";
    assertThat(client.get("/v1/events?limit=2&cursor=" + cursor).status()).isEqualTo(200);
    for (String wrong :
        List.of(
            "/v1/events?sort=createdAt&cursor=" + cursor,
            "/v1/events?key=x&cursor=" + cursor,
            "/v1/deliveries?cursor=" + cursor,
            "/v1/events?cursor=",
            "/v1/events?cursor=" + cursor + "A",
            "/v1/events?cursor=" + "A".repeat(600),
            "/v1/events?cursor=" + cursor + "&cursor=" + cursor)) {
      Answer answer = client.get(wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.faults()).containsExactly("cursor");
    }
    assertThat(other().get("/v1/events?cursor=" + cursor).status()).isEqualTo(400);
    for (int i = 0; i < cursor.length() - 1; i++) {
      char changed = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String wrong = cursor.substring(0, i) + changed + cursor.substring(i + 1);
      assertThat(client.get("/v1/events?cursor=" + wrong).status()).isEqualTo(400);
    }
  }

  @Test
  void aRevokedKeyIsRefusedFromTheAnswerOn() {
    JsonNode made = client.post("/v1/api-keys", "{\"name\":\"k\",\"role\":\"admin\"}").json();
    HubClient holder = hub.client().withKey(made.get("key").asString());
    String path = "/v1/api-keys/" + made.get("id").asString();
    assertThat(holder.get(path).status()).isEqualTo(200);
    assertThat(client.get(path).json().get("lastUsedAt").isNull()).isFalse();

    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(holder.get(path).status()).isEqualTo(401);
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.get(path).json().get("revokedAt").isNull()).isFalse();
    assertThat(client.with("If-Match", "\"1\"").delete(path).status()).isEqualTo(412);
    hub.restart();
    assertThat(hub.client().withKey(made.get("key").asString()).get(path).status()).isEqualTo(401);
  }

  @Test
  void aBatchIsAnsweredItemByItem() {
    Answer answer =
        client.post(
            "/v1/events/batch",
            """
            [{"type":"a","id":"b-1","data":1},{"type":"a","data":1,"x":2},{"type":"a","id":"b-1","data":1},
             {"type":"a","id":"b-1","data":2},7]
            """);
    var statuses = new ArrayList<Integer>();
    answer.json().get("results").forEach(result -> statuses.add(result.get("status").asInt()));
    assertThat(statuses).containsExactly(202, 400, 202, 409, 400);
    assertThat(answer.json().at("/results/2/duplicate").asBoolean()).isTrue();
    assertThat(client.post("/v1/events/batch", "[]").status()).isEqualTo(400);
    byte[] lines = "{\"type\":\"a\",\"data\":1}\n\n{\"type\":\n".getBytes(StandardCharsets.UTF_8);
    Answer ndjson = client.send("POST", "/v1/events/batch", "application/x-ndjson", lines);
    assertThat(ndjson.json().at("/results/0/status").asInt()).isEqualTo(202);
    assertThat(ndjson.json().at("/results/1/status").asInt()).isEqualTo(400);
  }

  @Test
  void anEventIsReadAsItWasSent() {
    String data = "{\"n\":1.10,\"big\":12345678901234567890,\"z\":1,\"a\":[null,true,\"\\u2028\"]}";
    Answer answer = client.get("/v1/events/" + event(data));
    assertThat(answer.text()).contains("\"n\":1.10,\"big\":12345678901234567890,\"z\":1,\"a\":[");
  }
}
