package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What who must not see payloads sees, over the whole table of routes.
final class PayloadRightsTest {
  private static final String SENT = "sent-payload-7f3a";
  private static final String ANSWERED = "answered-payload-9b21";

  private final Map<String, String> ids = new HashMap<>();
  private TestHub hub;
  private ThirdParty party;
  private People people;
  private HubClient ana;

  @BeforeEach
  void start() throws IOException {
    party = ThirdParty.open();
    hub = TestHub.start(Dialect.SQLITE);
    people = new People(hub);
    ana = people.first();
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  void everyRouteSaysWhetherItShowsPayloads() {
    for (Route route : hub.api().table()) {
      assertThat(route.payloads())
          .as(
              "%s %s must say .plain(), .hiding(...) or .showsPayloads() in Api.table",
              route.method(), route.path())
          .isNotEqualTo(Payloads.Unsaid.UNSAID);
    }
  }

  @Test
  void noRouteShowsPayloadsToWhoMustNotSeeThem() {
    deliver();
    HubClient ben = viewer("ben@example.com", false);
    HubClient cleo = viewer("cleo@example.com", true);
    int seen = 0;
    for (Route route : hub.api().table()) {
      if (!route.access().roles().contains(io.fairlead.tenant.Role.VIEWER)) {
        continue;
      }
      String path = path(route);
      Answer answer = send(ben, route, path);
      assertThat(answer.text()).as("%s %s", route.method(), path).doesNotContain(SENT, ANSWERED);
      boolean mayBeMissing = route.path().endsWith("/binding");
      assertThat(answer.status())
          .as("%s %s: %s", route.method(), path, answer)
          .isNotIn(mayBeMissing ? List.of(500) : List.of(404, 500));
      String all = send(cleo, route, path).text();
      seen += all.contains(SENT) || all.contains(ANSWERED) ? 1 : 0;
    }
    assertThat(ben.get("/v1/deliveries?q=" + ANSWERED.substring(0, 3)).faults())
        .as("guessing letter by letter")
        .containsExactly("q");
    assertThat(seen).as("routes that show them to who may see them").isGreaterThanOrEqualTo(5);
  }

  private HubClient viewer(String email, boolean payloads) {
    Answer invited =
        ana.post(
            "/v1/users",
            "{\"email\":\"%s\",\"role\":\"viewer\",\"payloads\":%s}".formatted(email, payloads));
    String token = People.token(invited.json().get("link").asString());
    return people.signedIn(people.setUp(token, email, "V", People.PASSWORD));
  }

  private static Answer send(HubClient client, Route route, String path) {
    byte[] body =
        route.takes() == Takes.NOTHING
            ? new byte[0]
            : "{\"type\":\"invoice.paid\",\"data\":{\"number\":\"%s\"}}"
                .formatted(SENT)
                .getBytes(StandardCharsets.UTF_8);
    return client.send(route.method(), path, body.length == 0 ? null : "application/json", body);
  }

  /// An event goes to a connector, and every id that the walk needs is kept.
  private void deliver() {
    party.on(
        "/in",
        ThirdParty.Answer.status(200)
            .body(
                "application/json",
                "{\"id\":\"%s\"}".formatted(ANSWERED).getBytes(StandardCharsets.UTF_8)));
    Answer connector =
        ana.post(
            "/v1/connectors",
            """
            {"name":"Billing","method":"POST","url":"%s","active":true,
             "body":{"type":"json","fields":[{"name":"n","value":"{{number}}"}]},
             "response":{"type":"json","key":"id"},
             "triggers":[{"eventType":"invoice.*","filter":{"number":{"$exists":true}}}]}
            """
                .formatted(party.url("/in?n={{number}}")));
    assertThat(connector.status()).as("%s", connector).isEqualTo(201);
    ids.put("connectors", connector.json().get("id").asString());
    Answer event =
        hub.client()
            .post(
                "/v1/events",
                "{\"type\":\"invoice.paid\",\"data\":{\"number\":\"%s\"}}".formatted(SENT));
    ids.put("events", event.json().get("id").asString());
    TestHub.await(
        "the delivery has succeeded",
        () -> ana.get("/v1/deliveries?state=SUCCEEDED").json().get("data").size() == 1);
    Answer delivery = ana.get("/v1/deliveries");
    ids.put("deliveries", delivery.json().at("/data/0/id").asString());
    Answer whole = ana.get("/v1/deliveries/" + ids.get("deliveries"));
    ids.put("attempts", whole.json().at("/attempts/0/id").asString());
    ids.put("runs", run());
    ids.put("event-types", "invoice.paid");
    ids.put("templates", "slack-webhook");
    ids.put(
        "adaptors",
        id(
            ana.post(
                "/v1/adaptors",
                "{\"name\":\"A\",\"rows\":[{\"source\":\"number\",\"target\":\"n\"}]}")));
    ids.put(
        "authorizations",
        id(
            ana.post(
                "/v1/authorizations",
                "{\"name\":\"B\",\"kind\":\"bearer\",\"token\":\"t0ken-of-b\",\"hosts\":[\"api.example.com\"]}")));
  }

  private String run() {
    party.on("/login", ThirdParty.Answer.status(200).json("{\"ContactId\":\"" + ANSWERED + "\"}"));
    Answer bound =
        ana.put(
            "/v1/commands/LoginWithToken/binding",
            "{\"targets\":[{\"method\":\"GET\",\"url\":\"%s?t={{Token}}\"}]}"
                .formatted(party.url("/login")));
    assertThat(bound.status()).as("%s", bound).isEqualTo(201);
    Answer answer =
        ana.post(
            "/v1/commands/LoginWithToken/run", "{\"inputs\":{\"Token\":\"%s\"}}".formatted(SENT));
    assertThat(answer.text()).contains(ANSWERED);
    String id = String.valueOf(answer.header("Fairlead-Run"));
    TestHub.await("the run is logged", () -> ana.get("/v1/runs/" + id).status() == 200);
    return id;
  }

  private static String id(Answer made) {
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private String path(Route route) {
    String collection = List.of(route.path().split("/", -1)).get(2);
    String path =
        route
            .path()
            .replace("{id}", ids.getOrDefault(collection, "none"))
            .replace("{revision}", "1")
            .replace("{name}", "GetInvoiceImage");
    return path.endsWith("/diff") ? path + "?with=1" : path;
  }
}
