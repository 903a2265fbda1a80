package io.fairlead.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.Contract.Example;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests are checked in code, not by the contract's schemas: this holds both to the same verdict
/// on requests that are made from the examples, by a seed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VerdictTest {
  private static final int ROUNDS = 1_500;

  /// What no schema can say: whether a template, a filter, a zone or a date can be read, whether
  /// rows, times and dates fit together, whether an authorization is there and has room, whether a
  /// time is in the future.
  private static final Pattern BEYOND_SCHEMAS =
      Pattern.compile(
          "/url|/(headers|query)/[0-9]+/(name|value)|/body/(fields/[0-9]+/(name|value|filename|contentType)|template|root|item)"
              + "|/response/(key|delimiter|keyDelimiter|extract/[0-9]+/(name|path))"
              + "|/rules/[0-9]+/(when(/(status|header|body|text|error).*)?|delay(/path)?|message)"
              + "|/headers|/expiresAt|/template|/values/.*"
              + "|/(authorization|signing)/id|/body|/signing|/hosts/[0-9]+"
              + "|(/authorization|/signing)?/(parameters(/[0-9]+/(name|value))?|keyName|key|header"
              + "|timestampHeader|prefix|signed|secret)"
              + "|/inputs/[0-9]+/(name|example)|/answer/(fields(/[0-9]+/name)?|schema.*)|/tenants"
              + "|/data_base64|/adaptor|/rows/[0-9]+(/(source|target|default|constant|filters|dateFormat|zone))?"
              + "|/triggers/[0-9]+/(filter.*|delayKey|leastDelay|window/(to|zone|firstDate|lastDate))");

  private final Contract contract = HubClient.contract();
  private TestHub hub;
  private HubClient client;

  @BeforeAll
  void start() {
    hub = TestHub.start(Dialect.SQLITE);
    client = hub.client();
    var _ = client.post("/v1/tenants", "{\"id\":\"eventless\"}");
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @Test
  void onEvents() {
    hold(client, "/v1/events", "NewEvent", 202, "id", 20_260_302);
  }

  @Test
  void onConnectors() {
    // Of a tenant of their own, or they would get the events.
    hold(
        client.forTenant("eventless"),
        "/v1/connectors",
        "ConnectorToMake",
        201,
        "name",
        20_260_303);
  }

  @Test
  void onAdaptors() {
    hold(client, "/v1/adaptors", "NewAdaptor", 201, "name", 20_260_307);
  }

  @Test
  void onCloudEvents() {
    hold(
        client,
        "POST",
        "/v1/events",
        "application/cloudevents+json",
        "CloudEvent",
        202,
        "id",
        20_260_306);
  }

  @Test
  void onAuthorizations() {
    hold(client, "/v1/authorizations", "NewAuthorization", 201, "name", 20_260_305);
  }

  @Test
  void onCommands() {
    hold(client, "/v1/commands", "NewCommand", 201, "name", 20_261_122);
  }

  @Test
  void onTheOneConnector() {
    Answer key =
        client
            .forTenant("eventless")
            .post(
                "/v1/api-keys",
                "{\"name\":\"k\",\"role\":\"admin\",\"email\":\"ann@example.com\"}");
    hold(
        client.withEmail("ann@example.com", key.json().get("key").asString()),
        "PUT",
        "/compat/bealder/v2/connector",
        "application/json",
        "OneConnectorToPut",
        200,
        "",
        20_261_122);
  }

  @Test
  void onApiKeys() {
    hold(client, "/v1/api-keys", "NewApiKey", 201, "", 20_260_304);
  }

  /// @param unique a member that must differ from request to request, when it is there
  private void hold(
      HubClient caller, String path, String schema, int good, String unique, long seed) {
    hold(caller, "POST", path, "application/json", schema, good, unique, seed);
  }

  private void hold(
      HubClient caller,
      String method,
      String path,
      String mediaType,
      String schema,
      int good,
      String unique,
      long seed) {
    List<Example> examples =
        contract.operations().stream()
            .filter(one -> one.path().equals(path) && one.method().equals(method))
            .findFirst()
            .map(Contract::examples)
            .orElseThrow()
            .stream()
            .filter(example -> example.mediaType().equals(mediaType))
            .toList();
    var random = new Random(seed);
    var mutations = new Mutations(random);
    int right = 0;
    for (int i = 0; i < ROUNDS; i++) {
      JsonNode example = examples.get(random.nextInt(examples.size())).body().deepCopy();
      if (example.has(unique) && example instanceof ObjectNode object) {
        object.put(unique, "N" + i);
      }
      JsonNode request = mutations.of(example);
      List<String> faults = contract.faults(contract.schema(schema), request);
      Answer answer = caller.send(method, path, mediaType, request.toString().getBytes(UTF_8));
      String what = "round %d: %s\nschema: %s\ncode: %s".formatted(i, request, faults, answer);
      if (faults.isEmpty()) {
        right++;
        // Mutations make few different names, so the same one may come again.
        assertThat(answer.status() == good || answer.status() == 409 || isBeyondSchemas(answer))
            .as(what)
            .isTrue();
      } else {
        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.faults()).as(what).isNotEmpty();
      }
    }
    assertThat(right).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
  }

  private static boolean isBeyondSchemas(Answer answer) {
    return answer.status() == 400
        && answer.faults().stream().allMatch(at -> BEYOND_SCHEMAS.matcher(at).matches());
  }
}
