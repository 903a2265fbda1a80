package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What the audit log says of changes, and what it must not say.
@ParameterizedClass
@EnumSource(Dialect.class)
final class AuditTest {
  private static final String FIRST_TOKEN = "first-secret-0c1d";
  private static final String SECOND_TOKEN = "second-secret-8e2f";

  private final Dialect dialect;
  private TestHub hub;
  private People people;
  private HubClient ana;

  AuditTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect);
    people = new People(hub);
    ana = people.first();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private JsonNode newest(String query) {
    Answer list = ana.get("/v1/audit" + query);
    assertThat(list.status()).as("%s", list).isEqualTo(200);
    return list.json().at("/data/0");
  }

  private String connector() {
    Answer made =
        ana.post(
            "/v1/connectors",
            """
            {"name":"Billing","method":"POST","url":"https://api.example.com/in","active":true,
             "authorization":{"kind":"bearer","token":"%s"}}
            """
                .formatted(FIRST_TOKEN));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  @Test
  void aChangeIsToldWithWhatItChanged() {
    String id = connector();
    JsonNode made = newest("");
    assertThat(made.get("action").asString()).isEqualTo("create");
    assertThat(made.get("noun").asString()).isEqualTo("connector");
    assertThat(made.get("subject").asString()).isEqualTo(id);
    assertThat(made.get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(made.at("/actor/kind").asString()).isEqualTo("user");
    assertThat(made.at("/actor/name").asString()).isEqualTo("Ana");

    String patch =
        "{\"name\":\"Billing 2\",\"authorization\":{\"token\":\"%s\"}}".formatted(SECOND_TOKEN);
    assertThat(ana.patch("/v1/connectors/" + id, patch).status()).isEqualTo(200);
    JsonNode changed = newest("");
    assertThat(changed.get("action").asString()).isEqualTo("change");
    assertThat(changed.get("changes").toString())
        .isEqualTo(
            "[{\"pointer\":\"/name\",\"before\":\"Billing\",\"after\":\"Billing 2\"},"
                + "{\"pointer\":\"/authorization/token\",\"changed\":true}]");

    assertThat(ana.post("/v1/connectors/" + id + "/disable").status()).isEqualTo(200);
    assertThat(newest("").get("action").asString()).isEqualTo("disable");
    assertThat(newest("").get("changes").toString()).contains("/active");
    assertThat(ana.delete("/v1/connectors/" + id).status()).isEqualTo(204);
    assertThat(newest("?subject=" + id).get("action").asString()).isEqualTo("delete");
    assertThat(ana.get("/v1/audit?subject=" + id).json().get("total").asInt()).isEqualTo(4);
    assertThat(ana.get("/v1/audit?limit=1000").text()).doesNotContain(FIRST_TOKEN, SECOND_TOKEN);
  }

  @Test
  void whatWasRefusedIsNoChange() {
    String id = connector();
    String subject = "?subject=" + id;
    assertThat(ana.patch("/v1/connectors/" + id, "{\"nam\":\"x\"}").status()).isEqualTo(400);
    assertThat(ana.with("If-Match", "\"9\"").delete("/v1/connectors/" + id).status())
        .isEqualTo(412);
    assertThat(ana.get("/v1/audit" + subject).json().get("total").asInt()).isEqualTo(1);
  }

  @Test
  void manyAtOnceAreToldOneByOne() {
    String id = connector();
    Answer answer =
        ana.post(
            "/v1/connectors/disable", "{\"ids\":[\"%s\",\"con_0000000000000\"]}".formatted(id));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(newest("").get("subject").asString()).isEqualTo(id);
    assertThat(ana.get("/v1/audit?subject=con_0000000000000").json().get("total").asInt()).isZero();
  }

  @Test
  void aKeysSecretIsNotInTheLog() {
    Answer made = ana.post("/v1/api-keys", "{\"name\":\"Back end\",\"role\":\"admin\"}");
    String key = made.json().get("key").asString();
    Answer invited = ana.post("/v1/users", "{\"email\":\"ben@example.com\",\"role\":\"viewer\"}");
    String token = People.token(invited.json().get("link").asString());
    var _ = people.setUp(token, "ben@example.com", "Ben", People.PASSWORD);

    HubClient admin = hub.client().withKey(key);
    assertThat(
            admin.post("/v1/adaptors", "{\"name\":\"A\",\"rows\":[{\"source\":\"a\"}]}").status())
        .isEqualTo(201);
    String keyId = made.json().get("id").asString();
    JsonNode entry = newest("?actor=" + keyId);
    assertThat(entry.at("/actor/kind").asString()).isEqualTo("apiKey");
    assertThat(entry.at("/actor/name").asString()).isEqualTo("Back end");
    assertThat(ana.get("/v1/audit?limit=1000").text())
        .doesNotContain(key, token, People.PASSWORD, "argon2");
  }

  @Test
  void signingInAndFailingToAreToldToTheOperator() {
    assertThat(people.signIn("eve@example.com", "some password").status()).isEqualTo(401);
    JsonNode failed = newest("");
    assertThat(failed.get("action").asString()).isEqualTo("fail to sign in");
    assertThat(failed.at("/actor/name").asString()).isEqualTo("eve@example.com");
    assertThat(failed.get("hub").asBoolean()).isTrue();
    HubClient admin = people.let(ana, "ada@example.com", "admin");
    assertThat(admin.get("/v1/audit").text())
        .contains("set up")
        .doesNotContain("fail to sign in", "some password");
  }

  @Test
  void aTenantSeesItsOwnAlone() {
    assertThat(ana.post("/v1/tenants", "{\"id\":\"acme\"}").status()).isEqualTo(201);
    String id = connector();
    HubClient admin = people.let(ana.forTenant("acme"), "ada@example.com", "admin");
    assertThat(admin.get("/v1/audit?limit=1000").text()).doesNotContain(id, "\"tenant\"");
    HubClient viewer = people.let(ana, "vic@example.com", "viewer");
    assertThat(viewer.get("/v1/audit").status()).isEqualTo(403);
    assertThat(ana.get("/v1/audit?actor=me").faults()).containsExactly("actor");
  }
}
