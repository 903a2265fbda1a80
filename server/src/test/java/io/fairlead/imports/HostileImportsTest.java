package io.fairlead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.TestHub;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whatever is sent to be imported, the answer comes soon and says what is wrong.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileImportsTest {
  private static final int MEGABYTE = 1 << 20;

  private TestHub hub;
  private HubClient client;

  @BeforeAll
  void start() {
    hub = TestHub.start(Dialect.SQLITE);
    client = hub.client();
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private Answer sent(String kind, String text) {
    ObjectNode request = JsonMapper.shared().createObjectNode().put(kind, text);
    Answer answer =
        Assertions.assertTimeout(
            Duration.ofSeconds(20), () -> client.post("/v1/connectors/import", request.toString()));
    assertThat(answer.status()).as("%s", answer).isLessThan(500);
    return answer;
  }

  private String refused(String kind, String text) {
    Answer answer = sent(kind, text);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.faults())
        .allMatch(at -> at.startsWith("/" + kind) || at.equals("/operation"));
    return answer.json().get("detail").asString();
  }

  @Test
  void aliasBombs() {
    var bomb = new StringBuilder("openapi: 3.1.0\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(",", java.util.Collections.nCopies(10, before))));
    }
    assertThat(refused("openapi", bomb.toString())).contains("aliases make more than 2,000,000");
    assertThat(refused("openapi", "openapi: 3.1.0\nx: &x [*x]")).contains("alias names nothing");
  }

  @Test
  void depth() {
    assertThat(refused("openapi", "a: " + "[".repeat(MEGABYTE))).contains("deeper than 200");
    assertThat(refused("openapi", "{\"a\":".repeat(100_000))).contains("deeper than 200");
    assertThat(refused("postman", "{\"item\":[".repeat(100_000))).contains("deeper than 200");
    assertThat(refused("openapi", "- ".repeat(MEGABYTE))).contains("deeper than 200");
  }

  @Test
  void tagsMakeNoObjects() {
    assertThat(refused("openapi", "!!javax.script.ScriptEngineManager [x]")).contains("an object");
    assertThat(refused("openapi", "? [a]\n: b")).contains("must be text");
    assertThat(refused("openapi", "a: 1\na: 2")).contains("twice");
    assertThat(refused("openapi", "a: 1\n---\nb: 2")).contains("second document");
    assertThat(refused("openapi", "\tx: [")).contains("no YAML");
    assertThat(refused("openapi", "")).isNotEmpty();
  }

  @Test
  void referencesInCircles() {
    String document =
        """
        openapi: 3.0.0
        servers: [{url: https://a.example}]
        paths:
          /a:
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
              responses: {}
        components:
          schemas:
            A: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}
            B: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], required: [b], properties: {a: {$ref: '#/components/schemas/B'}, b: {$ref: '#/components/schemas/A'}}}
        """;
    Answer answer = sent("openapi", document);
    assertThat(answer.status() == 200 || answer.text().contains("too large")).isTrue();
  }

  @Test
  void nothingIsOpened() {
    for (String reference :
        List.of("file:///etc/passwd", "http://127.0.0.1:%d/x".formatted(hub.hub().port()))) {
      String document =
          "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '%s'}]}}}".formatted(reference);
      assertThat(refused("openapi", document)).contains("nothing is opened or fetched");
    }
  }

  @Test
  void largeTexts() {
    String large = "x".repeat(7 * MEGABYTE);
    assertThat(refused("curl", "curl https://a.example -d " + large)).contains("1,048,576");
    assertThat(refused("openapi", large)).contains("must be an object");
    assertThat(refused("openapi", "openapi: 3.1.0\nx: '" + large + "'")).contains("no operations");
    assertThat(refused("openapi", "openapi: 3.1.0\nx: [" + "a,".repeat(MEGABYTE) + "]"))
        .contains("no operations");
    assertThat(refused("openapi", "[".repeat(100) + "{},".repeat(MEGABYTE))).isNotEmpty();
    Answer tooLarge = sent("openapi", "x".repeat(9 * MEGABYTE));
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.json().get("detail").asString()).contains("8388608");
  }

  @Test
  void manyOptions() {
    assertThat(refused("curl", "curl https://a.example" + " -s".repeat(10_000)))
        .contains("at most 5,000 words");
    assertThat(refused("curl", "curl https://a.example" + " -H A:b".repeat(2_000)))
        .contains("at most 100 headers");
  }

  @Test
  void wrongShapes() {
    for (String body :
        List.of(
            "{}",
            "[]",
            "null",
            "{\"curl\":1}",
            "{\"curl\":\"\"}",
            "{\"curl\":\"curl a.example\",\"json\":{}}",
            "{\"curl\":\"curl a.example\",\"operation\":\"x\"}",
            "{\"openapi\":[]}",
            "{\"openapi\":{\"openapi\":{}}}",
            "{\"openapi\":{\"openapi\":\"3.1.0\",\"paths\":[]}}",
            "{\"openapi\":{\"openapi\":\"3.1.0\",\"paths\":{\"/\":{\"get\":1}}}}",
            "{\"postman\":{\"item\":{}}}",
            "{\"postman\":{\"item\":[1,{\"item\":[null]}]}}",
            "{\"json\":{\"fairlead\":\"x\",\"version\":2,\"connector\":[]}}",
            "{\"json\":null}")) {
      Answer answer = client.post("/v1/connectors/import", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.faults()).as(body).isNotEmpty();
    }
    for (String body :
        List.of(
            "{\"openapi\":{\"openapi\":\"3.1.0\",\"servers\":7,\"security\":[7],\"paths\":{\"x\":{\"post\":{\"parameters\":[7,{\"name\":7}],\"requestBody\":7,\"responses\":7}}}}}",
            "{\"openapi\":{\"openapi\":3.1,\"paths\":{\"/{a}}\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"*/*\":1}}}}}}}}",
            "{\"postman\":{\"variable\":[1],\"auth\":{\"type\":\"bearer\",\"bearer\":7},\"item\":[{\"request\":{\"url\":7,\"header\":[7],\"body\":{\"mode\":\"raw\",\"raw\":7}}}]}}",
            "{\"postman\":{\"variable\":[{\"key\":\"a\",\"value\":\"{{a}}{{a}}{{a}}{{a}}\"}],\"item\":[{\"request\":\"{{a}}\"}]}}",
            "{\"json\":{\"fairlead\":\"connector\",\"version\":1,\"connector\":{}}}")) {
      Answer answer = client.post("/v1/connectors/import", body);
      assertThat(answer.status()).as("%s %s", body, answer).isEqualTo(200);
    }
  }
}
