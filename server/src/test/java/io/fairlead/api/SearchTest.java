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

/// "What happened to INV0000001?"
@ParameterizedClass
@EnumSource(Dialect.class)
final class SearchTest {
  private final TestHub hub;
  private final ThirdParty party;
  private HubClient client;
  private String connector = "";

  SearchTest(Dialect dialect) {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @BeforeEach
  void connect() {
    Answer made =
        client.post(
            "/v1/connectors",
            """
            {"name":"Invoices to Acme","method":"POST","url":"%s","triggers":[{"eventType":"*"}]}
            """
                .formatted(party.url("/in")));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    connector = made.json().get("id").asString();
    Answer described =
        client.put(
            "/v1/event-types/invoice.paid",
            "{\"searchable\":[\"invoice.number\",\"payer[0].id\"]}");
    assertThat(described.status()).as("%s", described).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private void make(String path, String document) {
    Answer made = client.post(path, document);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  private String send(String event) {
    Answer sent = client.post("/v1/events", event);
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    return sent.json().get("id").asString();
  }

  private String paid(String number) {
    return send(
        """
        {"type":"invoice.paid","data":{"invoice":{"number":"%s"},"payer":[{"id":9900112233}]}}
        """
            .formatted(number));
  }

  private JsonNode search(String query) {
    Answer answer = client.get("/v1/search?" + query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json();
  }

  private List<String> found(String query) {
    var found = new ArrayList<String>();
    for (JsonNode hit : requireNonNull(search(query).get("data"))) {
      found.add(hit.get("kind").asString() + " " + hit.get("id").asString());
    }
    return found;
  }

  @Test
  void anEventIsFoundByASearchablePathOfItsTypeWhateverTheCase() {
    String first = paid("INV0000001");
    String second = paid("INV0000002");

    assertThat(found("q=inv0000001")).containsExactly("event " + first);
    assertThat(found("q=9900112233")).containsExactly("event " + second, "event " + first);
    assertThat(found("q=INV000000")).isEmpty();
  }

  @Test
  void anEventIsFoundByItsKeyAndByItsSendersId() {
    String event = send("{\"type\":\"a.b\",\"id\":\"mine-7\",\"key\":\"customer-9\",\"data\":{}}");

    assertThat(found("q=customer-9")).containsExactly("event " + event);
    assertThat(found("q=mine-7")).containsExactly("event " + event);
  }

  @Test
  void adaptorsAndAuthorizationsAreListedByAPartOfTheirName() {
    for (String name : List.of("Leads of Acme", "Orders")) {
      make(
          "/v1/adaptors",
          "{\"name\":\"%s\",\"rows\":[{\"source\":\"a\",\"target\":\"b\"}]}".formatted(name));
      make(
          "/v1/authorizations",
          "{\"name\":\"%s\",\"kind\":\"bearer\",\"token\":\"t\",\"hosts\":[\"a.example.com\"]}"
              .formatted(name));
    }

    for (String path : List.of("/v1/adaptors", "/v1/authorizations")) {
      JsonNode found = client.get(path + "?q=ACME").json();
      assertThat(found.get("total").asInt()).as(path).isEqualTo(1);
      assertThat(found.at("/data/0/name").asString()).isEqualTo("Leads of Acme");
    }
  }

  @Test
  void everythingIsFoundByItsId() {
    String event = paid("INV0000001");
    TestHub.await(
        "a delivery",
        () -> !client.get("/v1/deliveries?state=SUCCEEDED").json().get("data").isEmpty());
    JsonNode delivery = client.get("/v1/deliveries").json().at("/data/0");
    String id = delivery.get("id").asString();

    assertThat(found("q=" + event)).containsExactly("event " + event);
    assertThat(found("q=" + connector)).containsExactly("connector " + connector);
    assertThat(found("q=" + id)).containsExactly("delivery " + id);
    assertThat(found("q=" + delivery.get("lastAttempt").asString()))
        .containsExactly("delivery " + id);
  }

  @Test
  void aRunIsFoundByItsId() {
    Answer bound =
        client.put(
            "/v1/commands/GetInvoiceImage/binding",
            "{\"targets\":[{\"method\":\"GET\",\"url\":\"%s\"}]}".formatted(party.url("/none")));
    assertThat(bound.status()).as("%s", bound).isEqualTo(201);
    party.on("/none", ThirdParty.Answer.status(404));
    Answer run =
        client.post(
            "/v1/commands/GetInvoiceImage/run", "{\"inputs\":{\"InvoiceNumber\":\"INV1\"}}");
    String id = requireNonNull(run.header("Fairlead-Run"));
    TestHub.await("the run is in the log", () -> client.get("/v1/runs/" + id).status() == 200);

    assertThat(found("q=" + id)).containsExactly("run " + id);
    assertThat(search("q=" + id).at("/data/0/title").asString())
        .isEqualTo("Run of GetInvoiceImage");
    assertThat(client.post("/v1/tenants", "{\"id\":\"acme\"}").status()).isEqualTo(201);
    assertThat(client.forTenant("acme").get("/v1/search?q=" + id).json().get("data")).isEmpty();
  }

  @Test
  void whatHasANameIsFoundByAPartOfIt() {
    assertThat(found("q=to+acme")).containsExactly("connector " + connector);
    assertThat(found("q=getinvoice")).containsExactly("command GetInvoiceImage");
  }

  @Test
  void otherTextIsFoundInDataWhenItIsAskedFor() {
    String event = send("{\"type\":\"a.b\",\"data\":{\"note\":\"Handle with Care\"}}");
    String _ = send("{\"type\":\"a.b\",\"data\":{\"note\":\"other\"}}");

    JsonNode answer = search("q=with+care&in=data");

    assertThat(answer.get("data")).hasSize(1);
    assertThat(answer.at("/data/0/id").asString()).isEqualTo(event);
    assertThat(answer.at("/lookedThrough/events").asInt()).isEqualTo(2);
    assertThat(answer.at("/lookedThrough/all").asBoolean()).isTrue();
    assertThat(found("q=with+care")).isEmpty();
    assertThat(found("q=with+care&in=data&to=2020-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void anotherTenantFindsNothing() {
    String event = paid("INV0000001");
    assertThat(client.post("/v1/tenants", "{\"id\":\"acme\"}").status()).isEqualTo(201);
    HubClient other = client.forTenant("acme");

    for (String query :
        List.of("q=INV0000001", "q=" + event, "q=" + connector, "q=INV00&in=data")) {
      assertThat(other.get("/v1/search?" + query).json().get("data")).isEmpty();
    }
  }

  @Test
  void aRepeatedEventIsNotFoundTwice() {
    String event =
        "{\"type\":\"invoice.paid\",\"id\":\"one\",\"data\":{\"invoice\":{\"number\":\"N1\"}}}";
    String first = send(event);
    assertThat(send(event)).isEqualTo(first);

    assertThat(found("q=n1")).containsExactly("event " + first);
  }

  @Test
  void theSearchablePathsOfATypeStayAfterARestart() {
    hub.restart();
    client = hub.client();
    String event = paid("INV0000003");

    assertThat(found("q=INV0000003")).containsExactly("event " + event);
    assertThat(client.get("/v1/event-types/invoice.paid").json().at("/searchable/0").asString())
        .isEqualTo("invoice.number");
  }

  @Test
  void wrongPathsAndTooManyAreRefused() {
    Answer wrong = client.put("/v1/event-types/a.b", "{\"searchable\":[\"a..b\",7]}");
    Answer many =
        client.put("/v1/event-types/a.b", "{\"searchable\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}");

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().at("/errors/0/pointer").asString()).isEqualTo("/searchable/0");
    assertThat(wrong.json().at("/errors/1/pointer").asString()).isEqualTo("/searchable/1");
    assertThat(many.status()).isEqualTo(400);
    assertThat(client.get("/v1/search?q=ab&in=data").status()).isEqualTo(400);
    assertThat(client.get("/v1/search").status()).isEqualTo(400);
  }
}
