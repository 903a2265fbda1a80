package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Commands, their bindings, and what relies on what.
@ParameterizedClass
@EnumSource(Dialect.class)
final class CommandApiTest {
  private final Dialect dialect;
  private final Map<String, HubClient> tenants = new HashMap<>();
  private TestHub hub;
  private ThirdParty party;
  private HubClient operator;
  private int made;

  CommandApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect);
    party = ThirdParty.open();
    operator = hub.client();
    for (String tenant : new String[] {"acme", "beta"}) {
      var _ = operator.post("/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant));
      Answer key =
          operator
              .forTenant(tenant)
              .post("/v1/api-keys", "{\"name\":\"u\",\"role\":\"power_user\"}");
      tenants.put(tenant, operator.withKey(key.json().get("key").asString()));
    }
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  private HubClient acme() {
    return tenants.getOrDefault("acme", operator);
  }

  private HubClient beta() {
    return tenants.getOrDefault("beta", operator);
  }

  /// A new command with the inputs Id and Note; its name.
  private String command(String more) {
    String name = "Command" + ++made;
    Answer answer =
        operator.post(
            "/v1/commands",
            """
            {"name":"%s","sentence":"For a test.","inputs":[{"name":"Id"},{"name":"Note","required":false}],
             "answer":{"type":"nothing"}%s}
            """
                .formatted(name, more));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return name;
  }

  private String request(String path, String more) {
    return "{\"method\":\"GET\",\"url\":\"%s\"%s}".formatted(party.url(path), more);
  }

  private static String path(String command) {
    return "/v1/commands/" + command + "/binding";
  }

  private static Answer bound(HubClient tenant, String command, String... targets) {
    Answer answer =
        tenant.put(path(command), "{\"targets\":[%s]}".formatted(String.join(",", targets)));
    assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
    return answer;
  }

  private static Answer tested(HubClient tenant, String command, String more) {
    Answer answer =
        tenant.post(
            "/v1/commands/" + command + "/test",
            "{\"dryRun\":false,\"inputs\":{\"Id\":\"7\"}%s}".formatted(more));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  private String connector(HubClient tenant, String path) {
    Answer answer =
        tenant.post(
            "/v1/connectors",
            "{\"name\":\"Connector %d\",\"method\":\"GET\",\"url\":\"%s\"}"
                .formatted(++made, party.url(path)));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private String authorization(HubClient tenant, String token) {
    Answer answer =
        tenant.post(
            "/v1/authorizations",
            """
            {"name":"Auth %d","kind":"bearer","token":"%s","hosts":["%s"]}
            """
                .formatted(++made, token, party.url("").replaceFirst("/$", "")));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  @Test
  void aTenantSeesOnlyWhatItMayUse() {
    String command = command(",\"tenants\":[\"acme\"]");
    assertThat(acme().get("/v1/commands/" + command).json().has("tenants")).isFalse();
    assertThat(operator.get("/v1/commands/" + command).json().at("/tenants/0").asString())
        .isEqualTo("acme");
    assertThat(beta().get("/v1/commands/" + command).status()).isEqualTo(404);
    assertThat(beta().get("/v1/commands?limit=1000").text()).doesNotContain(command + "\"");
    assertThat(acme().get("/v1/commands?limit=1000").text()).contains(command + "\"");
    assertThat(
            beta().put(path(command), "{\"targets\":[%s]}".formatted(request("/x", ""))).status())
        .isEqualTo(404);
    assertThat(operator.forTenant("beta").get(path(command)).status()).isEqualTo(404);
    assertThat(acme().get("/v1/commands/getinvoiceimage").text())
        .contains("Did you mean \\\"GetInvoiceImage\\\"?");
  }

  @Test
  void onlyTheOperatorWrites() {
    assertThat(acme().post("/v1/commands", "{}").status()).isEqualTo(403);
    assertThat(acme().delete("/v1/commands/GetInvoiceImage").status()).isEqualTo(403);
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertThat(
            operator
                .post(
                    "/v1/commands",
                    """
                    {"name":"get image","sentence":"","revision":1,"deadlin":"1s","deadline":"3m","tenants":[7],
                     "inputs":[{"name":"a-b"},{"name":"a","type":"txt","example":1},{"name":"a","example":1},7],
                     "answer":{"type":"json","schema":{"pattern":"(?=x)"},"fields":[{"name":"x"},{"name":"x"}]}}
                    """)
                .faults())
        .contains(
            "/name",
            "/sentence",
            "/revision",
            "/deadlin",
            "/deadline",
            "/tenants/0",
            "/inputs/0/name",
            "/inputs/1/type",
            "/inputs/2/name",
            "/inputs/2/example",
            "/inputs/3",
            "/answer/schema/pattern",
            "/answer/fields",
            "/answer/fields/1/name");
  }

  @Test
  void aDefinitionIsChangedByItsTag() {
    String command = command("");
    Answer read = operator.get("/v1/commands/" + command);
    String etag = String.valueOf(read.header("ETag"));
    Answer patched =
        operator
            .with("If-Match", etag)
            .patch("/v1/commands/" + command, "{\"sentence\":\"Another.\"}");
    assertThat(patched.json().get("revision").asInt()).isEqualTo(2);
    assertThat(patched.json().get("inputs").size()).isEqualTo(2);
    assertThat(
            operator
                .with("If-Match", etag)
                .patch("/v1/commands/" + command, "{\"sentence\":\"A third.\"}")
                .status())
        .isEqualTo(412);
    assertThat(operator.patch("/v1/commands/" + command, "{\"name\":\"Other\"}").faults())
        .containsExactly("/name");
    assertThat(operator.patch("/v1/commands/" + command, "{\"tenants\":[\"nobody\"]}").faults())
        .containsExactly("/tenants");
  }

  @Test
  void aDefinitionThatBindingsRelyOnStays() {
    String command = command("");
    bound(acme(), command, request("/a/{{Id}}?n={{Note?}}", ""));
    bound(beta(), command, request("/b/{{Id}}", ""));
    String at = "/v1/commands/" + command;
    Answer deleted = operator.delete(at);
    assertThat(deleted.status()).isEqualTo(409);
    assertThat(deleted.text()).contains("2 tenants (acme, beta)");
    Answer withdrawn = operator.patch(at, "{\"tenants\":[\"acme\"]}");
    assertThat(withdrawn.status()).isEqualTo(409);
    assertThat(withdrawn.faults()).containsExactly("/tenants");
    Answer shortened = operator.patch(at, "{\"inputs\":[{\"name\":\"Id\"}]}");
    assertThat(shortened.status()).isEqualTo(409);
    assertThat(shortened.faults()).containsExactly("/inputs");
    assertThat(shortened.text()).contains("1 tenant (acme)").doesNotContain("/a/");
    assertThat(
            operator
                .patch(
                    at, "{\"inputs\":[{\"name\":\"Id\"},{\"name\":\"Note\"},{\"name\":\"More\"}]}")
                .status())
        .isEqualTo(200);
    assertThat(acme().delete(path(command)).status()).isEqualTo(204);
    assertThat(operator.patch(at, "{\"inputs\":[{\"name\":\"Id\"}]}").status()).isEqualTo(200);
    assertThat(beta().delete(path(command)).status()).isEqualTo(204);
    assertThat(operator.delete(at).status()).isEqualTo(204);
    assertThat(operator.get(at).status()).isEqualTo(404);
  }

  @Test
  void aBindingIsMadeReadChangedAndTakenAway() {
    String command = command("");
    assertThat(acme().get("/v1/commands/" + command).json().get("bound").asBoolean()).isFalse();
    assertThat(acme().get(path(command)).status()).isEqualTo(404);
    assertThat(acme().patch(path(command), "{\"active\":false}").status()).isEqualTo(404);
    assertThat(
            acme()
                .with("If-Match", "\"1\"")
                .put(path(command), "{\"targets\":[%s]}".formatted(request("/x", "")))
                .status())
        .isEqualTo(412);
    Answer made = bound(acme(), command, request("/x/{{Id}}", ""));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(path(command));
    assertThat(acme().get(path(command)).json()).isEqualTo(made.json());
    assertThat(beta().get(path(command)).status()).isEqualTo(404);
    Answer off = acme().patch(path(command), "{\"active\":false,\"deadline\":\"5s\"}");
    assertThat(off.json().get("deadline").asString()).isEqualTo("5s");
    assertThat(off.json().at("/notes/0").asString()).contains("not active");
    assertThat(acme().with("If-Match", "\"1\"").patch(path(command), "{\"active\":true}").status())
        .isEqualTo(412);
    assertThat(acme().with("If-Match", "\"1\"").delete(path(command)).status()).isEqualTo(412);
    hub.restart();
    operator = hub.client();
  }

  @Test
  void aSecretGoesInAndNeverComesOut() {
    String command = command("");
    String secret = "tok-very-secret-1";
    Answer made =
        bound(
            acme(),
            command,
            request(
                "/s",
                ",\"authorization\":{\"kind\":\"bearer\",\"token\":\"%s\"}".formatted(secret)));
    assertThat(made.text()).doesNotContain(secret).contains("{\"set\":true}");
    int before = party.received().size();
    Answer live = tested(acme(), command, "");
    assertThat(live.text()).doesNotContain(secret);
    assertThat(party.received().get(before).header("Authorization")).isEqualTo("Bearer " + secret);
    String elsewhere =
        """
        {"targets":[{"method":"GET","url":"https://mine.example/",
          "authorization":{"kind":"bearer","token":{"set":true}}}]}
        """;
    assertThat(acme().put(path(command), elsewhere).faults())
        .containsExactly("/targets/0/authorization/token");
    Answer draft =
        acme()
            .post(
                "/v1/commands/" + command + "/test",
                "{\"dryRun\":false,\"inputs\":{\"Id\":\"7\"},\"binding\":%s}".formatted(elsewhere));
    assertThat(draft.faults()).containsExactly("/binding/targets/0/authorization/token");
    assertThat(acme().patch(path(command), "{\"keepDocuments\":true}").status()).isEqualTo(200);
    var _ = tested(acme(), command, "");
    assertThat(party.received().getLast().header("Authorization")).isEqualTo("Bearer " + secret);
  }

  @Test
  void whatABindingUsesCannotGo() {
    String command = command("");
    String authorization = authorization(acme(), "first-token-0001");
    String connector = connector(acme(), "/c/{{Id}}");
    Answer adaptor =
        acme()
            .post(
                "/v1/adaptors",
                "{\"name\":\"Adaptor %d\",\"rows\":[{\"source\":\"Id\",\"target\":\"id\",\"required\":true}]}"
                    .formatted(++made));
    String adaptorId = adaptor.json().get("id").asString();
    bound(
        acme(),
        command,
        "{\"connector\":\"%s\"}".formatted(connector),
        request(
            "/o/{{id}}",
            ",\"authorization\":{\"id\":\"%s\"},\"adaptor\":\"%s\""
                .formatted(authorization, adaptorId)));
    for (String at :
        new String[] {
          "/v1/connectors/" + connector,
          "/v1/authorizations/" + authorization,
          "/v1/adaptors/" + adaptorId
        }) {
      Answer answer = acme().delete(at);
      assertThat(answer.status()).as(at).isEqualTo(409);
      assertThat(answer.text()).contains("the command " + command);
    }
    assertThat(acme().delete("/v1/connectors/" + connector + "?deliveries=cancel").status())
        .isEqualTo(409);
    assertThat(acme().get("/v1/connectors/" + connector).json().get("active").asBoolean()).isTrue();
    assertThat(acme().patch("/v1/adaptors/" + adaptorId, "{\"active\":false}").status())
        .isEqualTo(409);
    assertThat(
            acme()
                .get("/v1/authorizations/" + authorization)
                .json()
                .at("/usedByCommands/0")
                .asString())
        .isEqualTo(command);
    assertThat(acme().get("/v1/adaptors/" + adaptorId).json().at("/usedByCommands/0").asString())
        .isEqualTo(command);

    assertThat(
            acme()
                .patch("/v1/authorizations/" + authorization, "{\"token\":\"second-token-002\"}")
                .status())
        .isEqualTo(200);
    assertThat(
            acme()
                .patch(
                    "/v1/adaptors/" + adaptorId,
                    "{\"rows\":[{\"constant\":\"changed\",\"target\":\"id\"}]}")
                .status())
        .isEqualTo(200);
    var _ = tested(acme(), command, ",\"target\":2");
    assertThat(party.received().getLast().path()).isEqualTo("/o/changed");
    assertThat(party.received().getLast().header("Authorization"))
        .isEqualTo("Bearer second-token-002");
    assertThat(acme().delete(path(command)).status()).isEqualTo(204);
    assertThat(acme().delete("/v1/connectors/" + connector).status()).isEqualTo(204);
  }

  @Test
  void anothersConnectorIsNoTarget() {
    String command = command("");
    String connector = connector(acme(), "/c/{{Id}}");
    assertThat(
            beta()
                .put(path(command), "{\"targets\":[{\"connector\":\"%s\"}]}".formatted(connector))
                .faults())
        .containsExactly("/targets/0/connector");
  }

  @Test
  void aLiveTestAsksTheNextWhenTheFirstFindsNothing() {
    String command = command("");
    party.on("/first/7", ThirdParty.Answer.status(404));
    party.on("/second/7", ThirdParty.Answer.ok().json("{\"found\":false}"));
    party.on("/third/7", ThirdParty.Answer.status(500));
    String connector = connector(acme(), "/second/{{Id}}");
    bound(
        acme(),
        command,
        request("/first/{{Id}}", ",\"name\":\"Archive\""),
        "{\"connector\":\"%s\",\"notFound\":[{\"status\":\"2xx\",\"body\":{\"found\":false}}]}"
            .formatted(connector),
        request(
            "/third/{{Id}}",
            ",\"rules\":[{\"name\":\"busy\",\"when\":{\"status\":500},\"then\":\"RETRY\"}]"),
        request("/fourth/{{Id}}", ""));
    int before = party.received().size();
    JsonNode results = tested(acme(), command, "").json().get("results");
    assertThat(party.received()).hasSize(before + 3);
    assertThat(results.size()).isEqualTo(3);
    assertThat(results.at("/0/name").asString()).isEqualTo("Archive");
    assertThat(results.at("/0/notFound").asBoolean()).isTrue();
    assertThat(results.at("/0/attempt/rule").isNull()).isTrue();
    assertThat(results.at("/0/attempt/status").asInt()).isEqualTo(404);
    assertThat(results.at("/1/connector").asString()).isEqualTo(connector);
    assertThat(results.at("/1/notFound").asBoolean()).isTrue();
    assertThat(results.at("/2/notFound").asBoolean()).isFalse();
    assertThat(results.at("/2/attempt/rule/number").asInt()).isEqualTo(1);
    assertThat(results.at("/2/attempt/rule/name").asString()).isEqualTo("busy");
    JsonNode only = tested(acme(), command, ",\"target\":4").json().get("results");
    assertThat(only.at("/0/target").asInt()).isEqualTo(4);
    assertThat(
            acme()
                .post(
                    "/v1/commands/" + command + "/test",
                    "{\"dryRun\":true,\"inputs\":{\"Id\":\"7\"},\"target\":5}")
                .faults())
        .containsExactly("/target");
  }

  @Test
  void wrongInputsAreToldAtOnce() {
    String command = command("");
    bound(acme(), command, request("/x/{{Id}}", ""));
    Answer answer =
        acme()
            .post(
                "/v1/commands/" + command + "/test",
                "{\"dryRun\":true,\"inputs\":{\"id\":\"7\",\"Note\":7}}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.faults()).containsExactly("/inputs/Id", "/inputs/Note", "/inputs/id");
    assertThat(answer.text()).contains("Did you mean \\\"Id\\\"?");
  }
}
