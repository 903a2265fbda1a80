package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The adaptors of manual 1, on a whole hub.
@ParameterizedClass
@EnumSource(Dialect.class)
final class Manual1AdaptorTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LEAD =
      """
      {"lead":{"first_name":"ann","email":"","phone":"0221 1234","birth":"1990-05-20"},
       "call":{"status":"HU","at":"2026-03-02T21:05:09Z"},"internal":"not for strangers"}
      """;
  private static final String ROWS =
      """
      [{"section":"Lead Fields","label":"First Name","source":"lead.first_name",
        "target":"first_name","filters":"upper"},
       {"section":"Lead Fields","label":"Email","source":"lead.email","target":"email",
        "default":"none@example.com"},
       {"section":"Lead Fields","label":"Phone","source":"lead.phone","target":"phone_1,phone_2"},
       {"section":"Lead Fields","label":"Age","source":"lead.birth","target":"age","dateFormat":"age"},
       {"section":"Call Log Info","label":"Status","source":"call.status","target":"status",
        "valueMap":{"HU":"Hang Up"}},
       {"section":"Call Log Info","label":"Called","source":"call.at","target":"called",
        "dateFormat":"m/d/Y","zone":"America/New_York"},
       {"section":"Extra Fields","label":"Note","source":"internal"}]
      """;
  private static final String MADE =
      """
      {"first_name":"ANN","email":"none@example.com","phone_1":"0221 1234","phone_2":"0221 1234",
       "age":35,"status":"Hang Up","called":"03/02/2026"}
      """;

  private final Dialect dialect;
  private ThirdParty party;
  private TestHub hub;
  private HubClient client;

  Manual1AdaptorTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    party = ThirdParty.open();
    hub =
        TestHub.start(dialect, new HandClock(Instant.parse("2026-03-02T22:00:00Z").toEpochMilli()));
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private String adaptor(String name, String rows) {
    Answer made =
        client.post("/v1/adaptors", "{\"name\":\"%s\",\"rows\":%s}".formatted(name, rows));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private String connector(String name, String adaptor, String more) {
    Answer made =
        client.post(
            "/v1/connectors",
            """
            {"name":"%1$s","method":"POST","url":"%2$s","adaptor":"%3$s",
             "triggers":[{"eventType":"%1$s"}]%4$s}
            """
                .formatted(name, party.url("/" + name), adaptor, more));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  private String event(String type, String data) {
    Answer sent = client.post("/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    return sent.json().get("id").asString();
  }

  private JsonNode sent(String path, int number) {
    return json(party.await("/" + path, number).get(number - 1).text());
  }

  private JsonNode attempt(String connector, String state) {
    String list = "/v1/deliveries?connector=%s&state=%s".formatted(connector, state);
    TestHub.await("a delivery is " + state, () -> client.get(list).json().get("data").size() == 1);
    JsonNode delivery = client.get(list).json().at("/data/0/id");
    JsonNode log = client.get("/v1/deliveries/" + delivery.asString()).json();
    return client.get("/v1/attempts/" + log.at("/attempts/0/id").asString()).json();
  }

  @Test
  @DisplayName("1-01 a record of the host is sent, as the adaptor maps it")
  void aRecordIsSent() {
    String adaptor = adaptor("Lead to vendor", ROWS);
    String fields =
        ", \"body\":{\"type\":\"json\",\"fields\":[{\"name\":\"n\",\"value\":\"{{first_name}}\"}]}";
    connector("lead.fields", adaptor, fields);
    String whole = connector("lead.whole", adaptor, "");
    event("lead.fields", LEAD);
    event("lead.whole", LEAD);
    assertThat(sent("lead.fields", 1)).isEqualTo(json("{\"n\":\"ANN\"}"));
    JsonNode envelope = sent("lead.whole", 1);
    assertThat(envelope.get("type").asString()).isEqualTo("lead.whole");
    assertThat(envelope.get("data")).isEqualTo(json(MADE));
    // What was sent is what the log shows, not what the adaptor was given.
    assertThat(json(attempt(whole, "SUCCEEDED").at("/request/body").asString()))
        .isEqualTo(envelope);
  }

  @Test
  @DisplayName("1-34 an adaptor has a name, an active switch and rows in sections")
  void nameSwitchAndSections() {
    String id = adaptor("Lead to vendor", ROWS);
    JsonNode read = client.get("/v1/adaptors/" + id).json();
    assertThat(read.get("name").asString()).isEqualTo("Lead to vendor");
    assertThat(read.get("active").asBoolean()).isTrue();
    assertThat(read.get("rows"))
        .isEqualTo(
            json(
                ROWS.replace(
                    "\"valueMap\":{\"HU\":\"Hang Up\"}",
                    "\"valueMap\":{\"HU\":\"Hang Up\"},\"otherValues\":\"keep\"")));
    assertThat(client.post("/v1/adaptors", "{\"name\":\"Lead to vendor\"}").status())
        .isEqualTo(409);

    String user = connector("lead.a", id, "");
    Answer off = client.patch("/v1/adaptors/" + id, "{\"active\":false}");
    assertThat(off.status()).isEqualTo(409);
    assertThat(off.json().get("detail").asString()).contains("used by lead.a");
    assertThat(client.delete("/v1/adaptors/" + id).status()).isEqualTo(409);
    assertThat(client.get("/v1/adaptors/" + id).json().at("/usedBy/0/id").asString())
        .isEqualTo(user);

    assertThat(client.patch("/v1/connectors/" + user, "{\"adaptor\":null}").status())
        .isEqualTo(200);
    assertThat(client.patch("/v1/adaptors/" + id, "{\"active\":false}").status()).isEqualTo(200);
    Answer chosen = client.patch("/v1/connectors/" + user, "{\"adaptor\":\"%s\"}".formatted(id));
    assertThat(chosen.status()).isEqualTo(400);
    assertThat(chosen.json().get("detail").asString()).contains("is not active");
    assertThat(client.delete("/v1/adaptors/" + id).status()).isEqualTo(204);
    assertThat(client.get("/v1/adaptors/" + id).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("1-35 a row has label, field, target and a default when empty")
  void labelFieldTargetDefault() {
    String id =
        adaptor(
            "Columns",
            "[{\"label\":\"Email\",\"source\":\"lead.email\",\"target\":\"mail\",\"default\":\"?\"}]");
    Answer shown =
        client.post("/v1/adaptors/preview", "{\"id\":\"%s\",\"data\":%s}".formatted(id, LEAD));
    assertThat(shown.json().at("/results/0/made")).isEqualTo(json("{\"mail\":\"?\"}"));
  }

  @Test
  @DisplayName("1-36 only rows with a target are sent, and commas give several targets")
  void onlyRowsWithATargetAreSent() {
    connector("lead.b", adaptor("Targets", ROWS), "");
    event("lead.b", LEAD);
    JsonNode data = sent("lead.b", 1).get("data");
    assertThat(data.toString()).doesNotContain("not for strangers");
    assertThat(data.get("phone_2")).isEqualTo(data.get("phone_1"));
  }

  @Test
  @DisplayName("1-37 each date has a format of its own")
  void dateFormats() {
    String id =
        adaptor(
            "Dates",
            """
            [{"source":"at","target":"a","dateFormat":"Y-m-d H:i:s"},
             {"source":"at","target":"b","dateFormat":"iso","zone":"Europe/Berlin"},
             {"source":"at","target":"c","dateFormat":"unix"}]
            """);
    connector("lead.c", id, "");
    event("lead.c", "{\"at\":\"2026-03-02T21:05:09Z\"}");
    assertThat(sent("lead.c", 1).get("data"))
        .isEqualTo(
            json(
                "{\"a\":\"2026-03-02 21:05:09\",\"b\":\"2026-03-02T22:05:09+01:00\",\"c\":1772485509}"));
    Answer wrong =
        client.post(
            "/v1/adaptors",
            "{\"name\":\"W\",\"rows\":[{\"source\":\"a\",\"target\":\"b\",\"dateFormat\":\"Q\"}]}");
    assertThat(wrong.faults()).containsExactly("/rows/0/dateFormat");
  }

  @Test
  @DisplayName("1-38 the generated data is shown for real events, and what a change would change")
  void generatedData() {
    String id = adaptor("Shown", "[{\"source\":\"lead.phone\",\"target\":\"phone\"}]");
    connector("lead.d", id, "");
    event("lead.d", "{\"lead\":{\"phone\":\"1\"}}");
    event("lead.d", "{\"lead\":{\"phone\":\"2\",\"email\":\"a@example.com\"}}");
    event("other", "{\"lead\":{\"phone\":\"3\"}}");

    JsonNode latest =
        client.post("/v1/adaptors/preview", "{\"id\":\"%s\"}".formatted(id)).json().get("results");
    assertThat(latest).hasSize(1);
    assertThat(latest.at("/0/made")).isEqualTo(json("{\"phone\":\"2\"}"));
    assertThat(latest.at("/0/event/type").asString()).isEqualTo("lead.d");

    JsonNode change =
        client
            .post(
                "/v1/adaptors/preview",
                """
                {"id":"%s","last":5,"adaptor":{"name":"Shown","rows":[
                  {"source":"lead.phone","target":"phone"},{"source":"lead.email","target":"mail"}]}}
                """
                    .formatted(id))
            .json()
            .get("results");
    assertThat(change).hasSize(2);
    assertThat(change.at("/0/made"))
        .isEqualTo(json("{\"phone\":\"2\",\"mail\":\"a@example.com\"}"));
    assertThat(change.at("/0/before/made")).isEqualTo(json("{\"phone\":\"2\"}"));
    assertThat(change.at("/0/changed").asBoolean()).isTrue();
    assertThat(change.at("/1/changed").asBoolean()).isFalse();
    // Nothing was saved.
    assertThat(client.get("/v1/adaptors/" + id).json().get("revision").asInt()).isEqualTo(1);
  }

  @Test
  void aChangeBindsTheNextEventAndOutlivesARestart() {
    String id = adaptor("Changing", "[{\"source\":\"n\",\"target\":\"a\"}]");
    connector("lead.e", id, "");
    event("lead.e", "{\"n\":1}");
    assertThat(sent("lead.e", 1).get("data")).isEqualTo(json("{\"a\":1}"));
    Answer changed =
        client
            .with("If-Match", "\"1\"")
            .put(
                "/v1/adaptors/" + id,
                "{\"name\":\"Changed\",\"rows\":[{\"source\":\"n\",\"target\":\"b\"}]}");
    assertThat(changed.status()).isEqualTo(200);
    event("lead.e", "{\"n\":2}");
    assertThat(sent("lead.e", 2).get("data")).isEqualTo(json("{\"b\":2}"));
    assertThat(client.with("If-Match", "\"1\"").delete("/v1/adaptors/" + id).status())
        .isEqualTo(412);

    hub.restart();
    client = hub.client();
    event("lead.e", "{\"n\":3}");
    assertThat(sent("lead.e", 3).get("data")).isEqualTo(json("{\"b\":3}"));
  }

  @Test
  void aRowThatFailsFailsTheAttemptByName() {
    String id =
        adaptor(
            "Strict",
            "[{\"label\":\"Phone\",\"source\":\"lead.phone\",\"target\":\"p\",\"required\":true}]");
    String connector = connector("lead.f", id, "");
    event("lead.f", "{\"lead\":{\"Phone\":\"1\"}}");
    JsonNode attempt = attempt(connector, "FAILED");
    assertThat(attempt.toString())
        .contains("RENDER")
        .contains(
            "Adaptor Strict: Row 1, Phone (lead.phone): lead has no phone; did you mean lead.Phone?");
    assertThat(party.received("/lead.f")).isEmpty();
  }

  @Test
  void oneTenantsAdaptorIsNotAnothers() {
    String id = adaptor("Mine", "[]");
    var _ = client.post("/v1/tenants", "{\"id\":\"other\"}");
    HubClient other = client.forTenant("other");
    assertThat(other.get("/v1/adaptors/" + id).status()).isEqualTo(404);
    Answer taken =
        other.post(
            "/v1/connectors",
            "{\"name\":\"x\",\"method\":\"POST\",\"url\":\"https://a.example/\",\"adaptor\":\"%s\"}"
                .formatted(id));
    assertThat(taken.faults()).containsExactly("/adaptor");
  }
}
