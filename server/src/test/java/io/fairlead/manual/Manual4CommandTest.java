package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What manual 4 says of setting up the web request of a command, by a tenant that does it alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Manual4CommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BINDING = "/v1/commands/GetInvoiceImage/binding";
  private static final String TEST = "/v1/commands/GetInvoiceImage/test";

  private TestHub hub;
  private ThirdParty party;
  private HubClient user;

  @BeforeAll
  void start() {
    hub = TestHub.start(Dialect.SQLITE);
    party = ThirdParty.open();
    user = hub.client();
    Answer key = user.post("/v1/api-keys", "{\"name\":\"u\",\"role\":\"power_user\"}");
    user = user.withKey(key.json().get("key").asString());
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private Answer bind(String path, String more) {
    ObjectNode target = (ObjectNode) JSON.readTree("{" + more + "}");
    target.put("url", party.url(path));
    if (!target.has("method")) {
      target.put("method", "POST");
    }
    ObjectNode binding = JSON.createObjectNode();
    binding.putArray("targets").add(target);
    return user.put(BINDING, binding.toString());
  }

  private Map<String, String> refused(String path, String more) {
    Answer answer = bind(path, more);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    var faults = new LinkedHashMap<String, String>();
    for (JsonNode error : answer.json().get("errors")) {
      faults.put(error.get("pointer").asString(), error.get("detail").asString());
    }
    return faults;
  }

  private Answer tested(boolean dry, String number) {
    ObjectNode request = JSON.createObjectNode().put("dryRun", dry);
    request.putObject("inputs").put("InvoiceNumber", number);
    Answer answer = user.post(TEST, request.toString());
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  /// What the third party gets when the command is bound like that and tried.
  private Received sent(String path, String more, String number) {
    Answer bound = bind(path, more);
    assertThat(bound.status()).as("%s", bound).isBetween(200, 201);
    int before = party.received().size();
    var _ = tested(false, number);
    return party.received().get(before);
  }

  @Test
  @DisplayName("4-01, 4-03 web request commands: GetInvoiceImage is there from the beginning")
  void commands() {
    JsonNode command = user.get("/v1/commands/GetInvoiceImage").json();
    assertThat(command.at("/inputs/0/name").asString()).isEqualTo("InvoiceNumber");
    assertThat(command.at("/answer/contentTypes").toString())
        .isEqualTo("[\"application/pdf\",\"image/*\"]");
  }

  @Test
  @DisplayName("4-02 data comes from a system of one's own: the answer is the third party's")
  void ownSystem() {
    assertThat(bind("/own/{{InvoiceNumber}}", "\"method\":\"GET\"").status()).isBetween(200, 201);
    party.on(
        "/own/INV0000001",
        ThirdParty.Answer.ok()
            .body("application/pdf", "%PDF-1.7 mine".getBytes(StandardCharsets.UTF_8)));
    JsonNode attempt = tested(false, "INV0000001").json().at("/results/0/attempt");
    assertThat(attempt.at("/response/body").asString()).isEqualTo("%PDF-1.7 mine");
  }

  @Test
  @DisplayName("4-04 a tenant binds a command by itself; defining one is the operator's")
  void selfService() {
    assertThat(bind("/self", "\"method\":\"GET\"").status()).isBetween(200, 201);
    String command =
        """
        {"name":"GetReceipt","sentence":"Shows a receipt.","inputs":[{"name":"Receipt"}],
         "answer":{"type":"document","contentTypes":["application/pdf"]}}
        """;
    assertThat(user.post("/v1/commands", command).status()).isEqualTo(403);
    assertThat(hub.client().post("/v1/commands", command).status()).isEqualTo(201);
    assertThat(user.get("/v1/commands/GetReceipt").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("4-05 a command needs a web request: without one it is not bound")
  void needsRequest() {
    var _ = user.delete(BINDING);
    assertThat(user.get(BINDING).status()).isEqualTo(404);
    assertThat(user.post(TEST, "{\"dryRun\":true,\"inputs\":{\"InvoiceNumber\":\"1\"}}").status())
        .isEqualTo(409);
    assertThat(user.put(BINDING, "{}").faults()).containsExactly("/targets");
    assertThat(user.put(BINDING, "{\"targets\":[{}]}").faults())
        .contains("/targets/0/method", "/targets/0/url");
  }

  @Test
  @DisplayName("4-07 tokens pass in dynamic data: in URL, headers, query and body")
  void tokens() {
    Received received =
        sent(
            "/t/{{InvoiceNumber}}",
            """
            "headers":[{"name":"X-Number","value":"{{InvoiceNumber}}"}],
            "query":[{"name":"n","value":"{{InvoiceNumber}}"}],
            "body":{"type":"json","fields":[{"name":"n","value":"{{InvoiceNumber}}"}]}
            """,
            "INV0000001");
    assertThat(received.target()).isEqualTo("/t/INV0000001?n=INV0000001");
    assertThat(received.header("X-Number")).isEqualTo("INV0000001");
    assertThat(received.text()).isEqualTo("{\"n\":\"INV0000001\"}");
  }

  @Test
  @DisplayName("4-08 tokens are case-sensitive: the binding is refused, and told what was meant")
  void caseSensitive() {
    assertThat(refused("/{{invoicenumber}}", "").get("/targets/0/url"))
        .contains("There is no invoicenumber; did you mean InvoiceNumber?");
    assertThat(
            user.post(
                    TEST,
                    "{\"dryRun\":true,\"inputs\":{\"invoicenumber\":\"1\"},\"binding\":{\"targets\":[{\"method\":\"GET\",\"url\":\"https://a.example\"}]}}")
                .faults())
        .containsExactly("/inputs/InvoiceNumber", "/inputs/invoicenumber");
  }

  @Test
  @DisplayName("4-09 a token is written {{InvoiceNumber}}; one that is not closed is refused")
  void format() {
    assertThat(sent("/{{ InvoiceNumber }}", "", "7").path()).isEqualTo("/7");
    assertThat(refused("/{{InvoiceNumber}", "").get("/targets/0/url"))
        .contains("Expected }} to close the token that begins here.");
  }

  @Test
  @DisplayName("4-10 …/items/{{InvoiceNumber}} becomes …/items/INV0000001")
  void exampleUrl() {
    assertThat(sent("/items/{{InvoiceNumber}}", "\"method\":\"GET\"", "INV0000001").target())
        .isEqualTo("/items/INV0000001");
    JsonNode dry = tested(true, "INV0000001").json().at("/results/0");
    assertThat(dry.at("/request/url").asString()).endsWith("/items/INV0000001");
    assertThat(dry.at("/tokens/0/token").asString()).isEqualTo("{{InvoiceNumber}}");
    assertThat(dry.at("/tokens/0/source").asString())
        .isEqualTo("the command's inputs at InvoiceNumber");
    assertThat(dry.at("/tokens/0/value").asString()).isEqualTo("INV0000001");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-13 a value arrives intact as one segment of the URL")
  @ValueSource(strings = {"a b", "a/b", "a?b", "a#b", "100%", "%2F", "a+b", "Ünïcödé 😀", "a&b=c"})
  void urlDataIsEncoded(String value) {
    String[] segments =
        sent("/i/{{InvoiceNumber}}/end", "\"method\":\"GET\"", value).target().split("/", -1);
    assertThat(segments).hasSize(4);
    assertThat(QueryStringDecoder.decodeComponent(segments[2].replace("+", "%2B")))
        .isEqualTo(value);
  }

  @Test
  @DisplayName("4-16 a Content-Type header is sent as it is written")
  void contentType() {
    Received received =
        sent(
            "/ct",
            """
            "headers":[{"name":"Content-Type","value":"application/vnd.acme+json; v=2"}],
            "body":{"type":"raw","template":"{\\"a\\": {{InvoiceNumber}}}"}
            """,
            "\"");
    assertThat(received.header("Content-Type")).isEqualTo("application/vnd.acme+json; v=2");
    assertThat(received.text()).isEqualTo("{\"a\": \"\\\"\"}");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-19 a form body holds a value with & or = in it")
  @ValueSource(strings = {"INV1", "a&b=c", "=", "&key1=evil", "a b+c%41"})
  void form(String value) {
    Received received =
        sent(
            "/f",
            """
            "headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],
            "body":{"type":"raw","template":"key1=value1&key2={{InvoiceNumber}}"}
            """,
            value);
    assertThat(received.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(new QueryStringDecoder(received.text(), false).parameters())
        .isEqualTo(Map.of("key1", List.of("value1"), "key2", List.of(value)));
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-20 a JSON body is valid for text, number, quote and line end")
  @ValueSource(strings = {"\"text\"", "7", "1.10", "\"a \\\"quote\\\"\"", "\"line\\nend\"", "true"})
  void json(String value) {
    String type = value.startsWith("\"") ? "text" : value.equals("true") ? "boolean" : "number";
    String name = "Json" + Integer.toHexString(value.hashCode());
    assertThat(
            hub.client()
                .post(
                    "/v1/commands",
                    """
                    {"name":"%s","sentence":"Tries a value.","answer":{"type":"nothing"},
                     "inputs":[{"name":"TokenName","type":"%s"}]}
                    """
                        .formatted(name, type))
                .status())
        .isEqualTo(201);
    int before = party.received().size();
    Answer answer =
        user.post(
            "/v1/commands/" + name + "/test",
            """
            {"dryRun":false,"inputs":{"TokenName":%s},"binding":{"targets":[{"method":"POST","url":"%s",
             "headers":[{"name":"Content-Type","value":"application/json"}],
             "body":{"type":"raw","template":"{\\"key1\\":\\"value1\\",\\"key2\\": {{TokenName}}}"}}]}}
            """
                .formatted(value, party.url("/json")));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    String body = party.received().get(before).text();
    assertThat(body).isEqualTo("{\"key1\":\"value1\",\"key2\": " + value + "}");
    assertThat(JSON.readTree(body).get("key2")).isEqualTo(JSON.readTree(value));
  }

  @Test
  @DisplayName("4-21 GET sends no body; nor does anything else that has none")
  void get() {
    Received received = sent("/g", "\"method\":\"GET\"", "1");
    assertThat(received.body()).isEmpty();
    assertThat(received.header("Content-Type")).isNull();
    assertThat(refused("/g", "\"method\":\"GET\",\"body\":{\"type\":\"raw\",\"template\":\"x\"}"))
        .containsEntry("/targets/0/body", "A GET request has no body; leave it out.");
    assertThat(sent("/p", "", "1").body()).isEmpty();
  }

  @Test
  @DisplayName("4-22 the tokens of each command can be listed")
  void tokenList() {
    var tokens = new LinkedHashMap<String, String>();
    for (JsonNode command : user.get("/v1/commands?sort=createdAt&limit=2").json().get("data")) {
      for (JsonNode input : command.get("inputs")) {
        tokens.put(command.get("name").asString(), input.get("name").asString());
        assertThat(input.get("description").asString()).isNotEmpty();
        assertThat(input.has("example")).isTrue();
      }
    }
    assertThat(tokens)
        .isEqualTo(Map.of("GetInvoiceImage", "InvoiceNumber", "LoginWithToken", "Token"));
  }
}
