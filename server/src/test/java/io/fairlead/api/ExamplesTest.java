package io.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.Contract.Example;
import io.fairlead.api.Contract.Operation;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends every example of the contract to a fresh hub, in the order of the document.
@ParameterizedClass
@EnumSource(Dialect.class)
final class ExamplesTest {
  private static final String RUN = "{\"inputs\":{\"InvoiceNumber\":\"INV0000001\"}}";

  /// Whose results depend on how far a delivery has come.
  private static final List<String> BY_STATE =
      List.of("/v1/deliveries/retry", "/v1/deliveries/cancel");

  private final Dialect dialect;
  private final Contract contract = HubClient.contract();
  private final List<String> sent = new ArrayList<>();
  private TestHub hub;
  private HubClient client;
  private People people;
  private ThirdParty party;
  private int made;

  ExamplesTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() throws IOException {
    party = ThirdParty.open();
    hub = TestHub.start(dialect);
    client = hub.client();
    people = new People(hub);
  }

  @AfterEach
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  void everyExampleWorks() {
    for (Operation operation : contract.operations()) {
      List<Example> examples = Contract.examples(operation);
      if (examples.isEmpty()) {
        var needs = needed(operation.needs());
        expectGood(
            operation,
            "",
            caller(operation, needs)
                .send(operation.method(), path(operation, needs), null, new byte[0]));
      }
      for (Example example : examples) {
        var needs = needed(operation.needs());
        byte[] body = withIds(text(example), needs).getBytes(StandardCharsets.UTF_8);
        expectGood(
            operation,
            example.name(),
            caller(operation, needs)
                .send(operation.method(), path(operation, needs), example.mediaType(), body));
      }
    }
    assertThat(sent).hasSizeGreaterThan(contract.operations().size());
    assertThatTheAuditLogHasNoSecrets();
  }

  /// After everything that the contract can do has been done once.
  private void assertThatTheAuditLogHasNoSecrets() {
    var secrets = new HashSet<String>();
    for (Operation operation : contract.operations()) {
      Contract.examples(operation).forEach(example -> collectSecrets(example.body(), secrets));
    }
    assertThat(secrets).hasSizeGreaterThan(5);
    String next = "";
    int entries = 0;
    do {
      Answer page = client.get("/v1/audit?limit=1000" + next);
      assertThat(page.text()).doesNotContain(secrets).doesNotContain("flk_22", "argon2", "token=");
      entries += page.json().get("data").size();
      next =
          page.json().get("next").isNull() ? "" : "&cursor=" + page.json().get("next").asString();
    } while (!next.isEmpty());
    assertThat(entries).isGreaterThan(50);
  }

  private static void collectSecrets(JsonNode body, Set<String> secrets) {
    for (var member : body.properties()) {
      boolean isSecret = Set.of("token", "password", "secret", "current").contains(member.getKey());
      if (isSecret && member.getValue().isString()) {
        secrets.add(member.getValue().asString());
      } else {
        collectSecrets(member.getValue(), secrets);
      }
    }
    if (body.isArray()) {
      body.forEach(item -> collectSecrets(item, secrets));
    }
  }

  private HubClient caller(Operation operation, Map<String, String> needs) {
    return switch (operation.needs()) {
      case "session" -> people.first();
      case "email-key" ->
          client.withEmail("example@bealder.com", needs.getOrDefault("email-key", ""));
      default -> client;
    };
  }

  private void expectGood(Operation operation, String name, Answer answer) {
    assertThat(answer.status())
        .as("%s %s %s: %s", operation.method(), operation.path(), name, answer)
        .isBetween(200, 299);
    for (JsonNode result :
        answer.header("Content-Type") == null ? List.<JsonNode>of() : results(answer)) {
      if (result.has("status") && !BY_STATE.contains(operation.path())) {
        assertThat(result.get("status").asInt()).isBetween(200, 299);
      }
    }
    sent.add(operation.method() + " " + operation.path() + " " + name);
  }

  private static Iterable<JsonNode> results(Answer answer) {
    return String.valueOf(answer.header("Content-Type")).endsWith("json")
        ? answer.json().path("results")
        : List.of();
  }

  private static String text(Example example) {
    return example.body().isString() && !example.mediaType().endsWith("/json")
        ? example.body().asString()
        : example.body().toString();
  }

  private static String path(Operation operation, Map<String, String> needs) {
    String kind =
        switch (operation.path().replaceAll("/\\{id}.*", "")) {
          case "/v1/connectors" -> "con_";
          case "/v1/adaptors" -> "adp_";
          case "/v1/events" -> "evt_";
          case "/v1/event-types" -> "type";
          case "/v1/deliveries" -> "dlv_";
          case "/v1/attempts" -> "att_";
          case "/v1/runs" -> "run_";
          case "/v1/authorizations" -> "aut_";
          case "/v1/api-keys" -> "key_";
          case "/v1/users" -> "usr_";
          case "/v1/templates" -> "template";
          default -> "tenant";
        };
    return operation
            .path()
            .replace("{id}", needs.getOrDefault(kind, "none"))
            .replace("{revision}", "1")
            .replace("{name}", needs.getOrDefault("command", "GetInvoiceImage"))
            .replace("{token}", needs.getOrDefault("token", "none"))
        + query(operation, needs);
  }

  /// The query parameters that must be there, by their examples.
  private static String query(Operation operation, Map<String, String> needs) {
    String query =
        operation.parameters().stream()
            .filter(one -> one.path("in").asString("").equals("query"))
            .filter(one -> one.path("required").asBoolean(false))
            .map(one -> one.get("name").asString() + "=" + one.at("/example/0").asString())
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + withIds(query, needs);
  }

  /// The ids of the document stand for what was made.
  private static String withIds(String text, Map<String, String> needs) {
    String changed = text;
    for (var need : needs.entrySet()) {
      if (need.getKey().endsWith("_")) {
        changed = changed.replaceAll(need.getKey() + "[0-9a-z]{13}", need.getValue());
      } else if (need.getKey().equals("token")) {
        changed =
            changed.replaceAll("\"token\":\"[^\"]*\"", "\"token\":\"" + need.getValue() + "\"");
      }
    }
    return changed;
  }

  /// Makes what has to exist, by the prefix of its ids.
  private Map<String, String> needed(String needs) {
    var ids = new HashMap<String, String>();
    switch (needs) {
      case "" -> {}
      case "connector" -> ids.put("con_", connector("https://api.example.com/items/1", true));
      case "event-type" -> {
        var _ = client.put("/v1/event-types/user.signed-in", "{\"description\":\"Needed\"}");
        ids.put("type", "user.signed-in");
      }
      case "adaptor" -> ids.put("adp_", adaptor());
      case "event", "delivery", "attempt" ->
          addEvent(ids, connector(party.url("/"), true), "SUCCEEDED");
      case "failed-delivery" -> {
        party.on("/no", ThirdParty.Answer.status(400));
        addEvent(ids, connector(party.url("/no"), true), "FAILED");
      }
      case "command" -> {
        var _ =
            client.post("/v1/commands", examplesOf("/v1/commands").getFirst().body().toString());
        ids.put("command", "GetStatement");
      }
      case "binding" -> ids.put("con_", bound());
      case "runnable" -> runnable();
      case "link" -> {
        runnable();
        Answer link = client.post("/v1/commands/GetInvoiceImage/links", RUN);
        String url = link.json().get("url").asString();
        ids.put("token", url.substring(url.lastIndexOf('/') + 1));
      }
      case "run" -> {
        runnable();
        Answer answer = client.post("/v1/commands/GetInvoiceImage/run", RUN);
        String run = String.valueOf(answer.header("Fairlead-Run"));
        TestHub.await("it is logged", () -> client.get("/v1/runs/" + run).status() == 200);
        ids.put("run_", run);
      }
      case "authorization" -> ids.put("aut_", authorization("bearer"));
      case "signing" -> ids.put("aut_", authorization("standardWebhooks"));
      case "api-key" ->
          ids.put("key_", id(client.post("/v1/api-keys", "{\"name\":\"k\",\"role\":\"viewer\"}")));
      case "email-key" ->
          ids.put(
              "email-key",
              client
                  .post(
                      "/v1/api-keys",
                      "{\"name\":\"k\",\"role\":\"admin\",\"email\":\"example@bealder.com\"}")
                  .json()
                  .get("key")
                  .asString());
      case "template" -> ids.put("template", "slack-webhook");
      case "setup-link" -> ids.put("token", people.firstToken());
      case "member" ->
          ids.put(
              "usr_",
              id(
                  client.post(
                      "/v1/users",
                      "{\"email\":\"m%d@example.com\",\"role\":\"viewer\"}".formatted(++made))));
      case "user", "session" -> people.makeFirst();
      case "tenant" -> {
        var _ = client.post("/v1/tenants", "{\"id\":\"acme\"}");
        ids.put("tenant", "acme");
      }
      default -> throw new AssertionError("examples need " + needs);
    }
    return ids;
  }

  private String adaptor() {
    ObjectNode adaptor = (ObjectNode) examplesOf("/v1/adaptors").getFirst().body().deepCopy();
    adaptor.put("name", "Needed " + ++made);
    return id(client.post("/v1/adaptors", adaptor.toString()));
  }

  private String connector(String url, boolean active) {
    ObjectNode connector = (ObjectNode) examplesOf("/v1/connectors").getFirst().body().deepCopy();
    connector.put("name", "Needed " + ++made).put("url", url).put("active", active);
    return id(client.post("/v1/connectors", connector.toString()));
  }

  private String bound() {
    String url = "https://api.example.com/items/{{InvoiceNumber}}";
    String request = "\"method\":\"GET\",\"url\":\"%s\"".formatted(url);
    Answer binding =
        client.put(
            "/v1/commands/GetInvoiceImage/binding",
            "{\"targets\":[{%s,\"authorization\":null}]}".formatted(request));
    assertThat(binding.status()).as("%s", binding).isBetween(200, 201);
    String named = "{\"name\":\"Needed %d\",%s}".formatted(++made, request);
    return id(client.post("/v1/connectors", named));
  }

  private void runnable() {
    party.on(
        "/invoice",
        ThirdParty.Answer.status(200)
            .body("application/pdf", "%PDF-1.7 an invoice".getBytes(StandardCharsets.UTF_8)));
    Answer binding =
        client.put(
            "/v1/commands/GetInvoiceImage/binding",
            "{\"targets\":[{\"method\":\"GET\",\"url\":\"%s\"}]}".formatted(party.url("/invoice")));
    assertThat(binding.status()).as("%s", binding).isBetween(200, 201);
  }

  private String authorization(String kind) {
    Example example =
        examplesOf("/v1/authorizations").stream()
            .filter(one -> one.body().get("kind").asString().equals(kind))
            .findFirst()
            .orElseThrow();
    ObjectNode authorization = (ObjectNode) example.body().deepCopy();
    authorization.put("name", "Needed " + ++made);
    return id(client.post("/v1/authorizations", authorization.toString()));
  }

  private List<Example> examplesOf(String path) {
    return contract.operations().stream()
        .filter(one -> one.path().equals(path) && one.method().equals("POST"))
        .findFirst()
        .map(Contract::examples)
        .orElseThrow();
  }

  private void addEvent(Map<String, String> ids, String connector, String state) {
    ObjectNode event = (ObjectNode) examplesOf("/v1/events").getFirst().body().deepCopy();
    event.put("id", "needed-" + ++made);
    String id = id(client.post("/v1/events", event.toString()));
    String list = "/v1/deliveries?event=%s&connector=%s&state=%s".formatted(id, connector, state);
    TestHub.await("a delivery is " + state, () -> client.get(list).json().get("data").size() == 1);
    String delivery = client.get(list).json().at("/data/0/id").asString();
    String attempt =
        client.get("/v1/deliveries/" + delivery).json().at("/attempts/0/id").asString();
    ids.putAll(Map.of("con_", connector, "evt_", id, "dlv_", delivery, "att_", attempt));
  }

  private static String id(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(201, 202);
    return answer.json().get("id").asString();
  }

  @Test
  void everyAnswerShownFitsItsSchema() {
    contract
        .responseExamples()
        .forEach((name, example) ->
            assertThat(contract.faults(example.getKey(), example.getValue())).as(name).isEmpty());
  }
}
