package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Manual 1's form, fields A to J, as the template `vendor-post`; and the row that manual 0 shows.
final class Manual1FormTest {
  private TestHub hub;
  private HubClient client;
  private ThirdParty party;
  private String adaptor;

  @BeforeEach
  void start() {
    party = ThirdParty.open();
    hub = TestHub.start(Dialect.SQLITE);
    client = hub.client();
    adaptor =
        good(client.post(
                "/v1/adaptors",
                """
                {"name":"Leads","rows":[{"source":"first_name","target":"name"},
                 {"source":"phone_number","target":"phone"}]}
                """))
            .get("id")
            .asString();
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

  private Answer save(String values) {
    return client.post(
        "/v1/connectors", "{\"template\":\"vendor-post\",\"values\":{%s}}".formatted(values));
  }

  private String values(String more) {
    return "\"name\":\"Acme leads\",\"apiUrl\":\"%s\",\"adaptorId\":\"%s\"%s"
        .formatted(party.url("/leads"), adaptor, more);
  }

  private JsonNode tested(String values) {
    JsonNode made = good(save(values));
    return good(
        client.post(
            "/v1/connectors/" + made.get("id").asString() + "/test",
            "{\"dryRun\":false,\"data\":{\"first_name\":\"Eva\",\"phone_number\":\"492\"}}"));
  }

  private Received sent(String values) {
    var _ = tested(values);
    return party.received().getFirst();
  }

  @Test
  @DisplayName("1-06 A Name is for reference only and can be modified: renaming breaks nothing")
  void nameIsForReferenceOnly() {
    JsonNode made = good(save(values("")));
    String path = "/v1/connectors/" + made.get("id").asString();
    JsonNode renamed = good(client.patch(path, "{\"name\":\"Acme\"}"));
    assertThat(renamed.get("id")).isEqualTo(made.get("id"));
    assertThat(renamed.get("url")).isEqualTo(made.get("url"));
    assertThat(renamed.get("adaptor")).isEqualTo(made.get("adaptor"));
  }

  @Test
  @DisplayName("1-07 B API URL is where it is sent")
  void apiUrl() {
    assertThat(sent(values("")).target()).isEqualTo("/leads");
    Answer refused =
        save("\"name\":\"A\",\"apiUrl\":\"leads\",\"adaptorId\":\"%s\"".formatted(adaptor));
    assertThat(refused.faults()).containsExactly("/values/apiUrl");
  }

  @Test
  @DisplayName("1-08 1-09 C Api Authentication is appended as the query string, and is a secret")
  void apiAuthentication() {
    JsonNode result =
        tested(values(",\"apiAuthentication\":\"api_key=X-17-secret&credential=Y-18-secret\""));
    assertThat(party.received().getFirst().target())
        .isEqualTo("/leads?api_key=X-17-secret&credential=Y-18-secret");
    assertThat(result.toString()).doesNotContain("17-secret", "18-secret");
    assertThat(client.get("/v1/connectors").text()).doesNotContain("17-secret", "18-secret");
  }

  @Test
  @DisplayName(
      "1-10 1-11 D Authorization Header takes one text with pipes; computed ones are left out")
  void authorizationHeader() {
    String text =
        "Content-length: 0|Content-type: application/json|X-Note: a\\\\|b"
            + "|Authorization: OAuthSomeOAuthaccess_tokenString";
    Answer made = save(values(",\"authorizationHeader\":\"%s\"".formatted(text)));
    assertThat(good(made).get("notes").toString()).contains("Content-length");
    assertThat(made.text()).doesNotContain("access_tokenString");
    String path = "/v1/connectors/" + made.json().get("id").asString();
    var _ =
        good(
            client.post(
                path + "/test",
                "{\"dryRun\":false,\"data\":{\"first_name\":\"Eva\",\"phone_number\":\"492\"}}"));
    Received sent = party.received().getFirst();
    assertThat(sent.header("Authorization")).isEqualTo("OAuthSomeOAuthaccess_tokenString");
    assertThat(sent.header("X-Note")).isEqualTo("a|b");
    assertThat(sent.header("Content-Length")).isEqualTo(Integer.toString(sent.body().length));
  }

  @Test
  @DisplayName("1-12 E Request Method POST posts to the third party")
  void requestMethod() {
    assertThat(sent(values(",\"requestMethod\":\"POST\"")).method()).isEqualTo("POST");
  }

  @Test
  @DisplayName("1-14 Post Data Type, for POST: RAW sends the post string, JSON sends JSON")
  void postDataType() {
    assertThat(sent(values(",\"postDataType\":\"JSON\"")).text())
        .isEqualTo("{\"name\":\"Eva\",\"phone\":\"492\"}");
    var _ = good(client.patch("/v1/connectors/" + first(), "{\"name\":\"Other\"}"));
    var _ = tested(values(",\"postDataType\":\"RAW\""));
    assertThat(party.received().getLast().text()).isEqualTo("name=Eva&phone=492");
    assertThat(save(values(",\"requestMethod\":\"GET\",\"postDataType\":\"RAW\"")).faults())
        .containsExactly("/values/postDataType");
    assertThat(save(values(",\"postDataType\":\"XML\"")).faults())
        .containsExactly("/values/postDataType");
  }

  private String first() {
    return client.get("/v1/connectors").json().at("/data/0/id").asString();
  }

  @Test
  @DisplayName("1-15 F Response Data Type is JSON, XML or TEXT")
  void responseDataType() {
    for (String type : new String[] {"JSON", "XML", "TEXT"}) {
      JsonNode made =
          good(
              save(
                  values(",\"responseDataType\":\"%s\"".formatted(type))
                      .replace("Acme leads", "Acme " + type)));
      assertThat(made.at("/response/type").asString()).isEqualToIgnoringCase(type);
    }
    assertThat(save(values(",\"responseDataType\":\"CSV\"")).faults())
        .containsExactly("/values/responseDataType");
  }

  @Test
  @DisplayName("1-21 J Adaptor ID must be selected if the Request Method is POST")
  void adaptorId() {
    String without = "\"name\":\"A\",\"apiUrl\":\"%s\"".formatted(party.url("/"));
    Answer refused = save(without);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.faults()).containsExactly("/values/adaptorId");
    assertThat(refused.text()).contains("it is needed when Request Method is POST");
    assertThat(save(without + ",\"adaptorId\":\"adp_0000000000000\"").faults())
        .containsExactly("/values/adaptorId");
    assertThat(save(without + ",\"requestMethod\":\"GET\"").status()).isEqualTo(201);
  }

  @Test
  @DisplayName("1-22 G API Integrator, H Delimiter and I Response Key are there and optional")
  void optionalFields() {
    party.on(
        "/leads",
        new ThirdParty.Reply(
            200, List.of(), "status=taken,id=17".getBytes(StandardCharsets.UTF_8)));
    JsonNode result =
        tested(
            values(
                ",\"apiIntegrator\":\"none\",\"responseDataType\":\"TEXT\",\"delimiter\":\"=\","
                    + "\"responseKey\":\"id\""));
    assertThat(result.at("/delivery/result").asString()).isEqualTo("17");
    assertThat(
            good(client.get("/v1/templates/vendor-post")).get("fields").findValuesAsString("label"))
        .contains("API Integrator", "Delimiter", "Response Key");
  }

  @Test
  @DisplayName("0-15 the manual's example row can be made, with plain http")
  void theExampleRow() {
    JsonNode made =
        good(
            client.post(
                "/v1/connectors",
                """
                {"name":"Push Bullet Notification Service","method":"POST",
                 "url":"http://pushbullet.com",
                 "body":{"type":"json","fields":[{"name":"title","value":"{{title}}"}]}}
                """));
    assertThat(made.get("name").asString()).isEqualTo("Push Bullet Notification Service");
    assertThat(made.get("url").asString()).isEqualTo("http://pushbullet.com");
    assertThat(made.get("method").asString()).isEqualTo("POST");
    assertThat(made.at("/body/type").asString()).isEqualTo("json");
    JsonNode dry =
        good(
            client.post(
                "/v1/connectors/" + made.get("id").asString() + "/test",
                "{\"dryRun\":true,\"data\":{\"title\":\"T\"}}"));
    assertThat(dry.at("/request/url").asString()).startsWith("http://pushbullet.com");
  }
}
