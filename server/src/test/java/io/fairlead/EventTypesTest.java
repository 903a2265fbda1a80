package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What the hub knows of types of events, on a whole hub.
@ParameterizedClass
@EnumSource(Dialect.class)
final class EventTypesTest {
  private final Dialect dialect;
  private TestHub hub;
  private HubClient client;

  EventTypesTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    hub = TestHub.start(dialect);
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Answer send(String type, String data) {
    return client.post("/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
  }

  private JsonNode type(String type) {
    return client.get("/v1/event-types/" + type).json();
  }

  private List<String> types() {
    return client
        .get("/v1/event-types?sort=createdAt")
        .json()
        .get("data")
        .valueStream()
        .map(type -> type.get("type").asString())
        .toList();
  }

  @Test
  void aTypeAppearsOnFirstUseWithItsLatestSample() {
    assertThat(send("sensor/12:reading", "{\"a\":{\"b\":[{\"c\":1.50}]}}").status()).isEqualTo(202);
    assertThat(send("order.paid", "{\"n\":1}").status()).isEqualTo(202);
    assertThat(send("order.paid", "{\"n\":2,\"first name\":null}").status()).isEqualTo(202);
    assertThat(types()).containsExactly("sensor/12:reading", "order.paid");
    JsonNode paid = type("order.paid");
    assertThat(paid.get("sample").toString()).isEqualTo("{\"n\":2,\"first name\":null}");
    assertThat(paid.get("paths").toString())
        .isEqualTo(
            "[{\"path\":\"n\",\"type\":\"number\"},{\"path\":\"[\\\"first name\\\"]\",\"type\":\"null\"}]");
    assertThat(type("sensor%2F12:reading").get("paths").toString())
        .contains("\"a.b[0].c\",\"type\":\"number\"");
    assertThat(client.get("/v1/event-types/unheard.of").status()).isEqualTo(404);

    hub.restart();
    client = hub.client();
    assertThat(types()).containsExactly("sensor/12:reading", "order.paid");
    assertThat(type("order.paid").at("/sample/n").asInt()).isEqualTo(2);
  }

  @Test
  void aLargeSampleIsNotKept() {
    assertThat(send("big", "\"%s\"".formatted("x".repeat(70_000))).status()).isEqualTo(202);
    assertThat(type("big").get("sample").isNull()).isTrue();
    assertThat(send("big", "1").status()).isEqualTo(202);
    assertThat(type("big").get("sample").asInt()).isEqualTo(1);
  }

  @Test
  void dataIsHeldToTheSchemaWhenAsked() {
    String schema =
        """
        {"type":"object","required":["user"],"properties":{"user":{"type":"object",
         "required":["id"],"properties":{"id":{"type":"string","pattern":"^u-[0-9]+$"},
         "age":{"type":"integer","maximum":150}}}}}
        """;
    Answer described = client.put("/v1/event-types/user.in", "{\"schema\":%s}".formatted(schema));
    assertThat(described.status()).isEqualTo(201);
    assertThat(described.json().get("paths").toString())
        .contains("{\"path\":\"user.id\",\"type\":\"string\"}");
    assertThat(send("user.in", "{}").status()).isEqualTo(202);

    Answer validated =
        client
            .with("If-Match", "\"1\"")
            .put(
                "/v1/event-types/user.in",
                "{\"schema\":%s,\"validate\":true,\"description\":\"Signed in.\"}"
                    .formatted(schema));
    assertThat(validated.status()).isEqualTo(200);
    assertThat(send("user.in", "{\"user\":{\"id\":\"u-7\",\"age\":4.0}}").status()).isEqualTo(202);
    Answer wrong = send("user.in", "{\"user\":{\"id\":\"x\",\"age\":1e3}}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.faults()).containsExactlyInAnyOrder("/data/user/id", "/data/user/age");
    assertThat(send("user.in", "{}").faults()).containsExactly("/data");
    assertThat(send("user.in", "{\"user\":{\"id\":\"u-1\",\"n\":1e999999999}}").faults())
        .containsExactly("/data");
    Answer batch =
        client.post(
            "/v1/events/batch",
            "[{\"type\":\"user.in\",\"data\":{}},{\"type\":\"other\",\"data\":{}}]");
    assertThat(batch.json().at("/results/0/status").asInt()).isEqualTo(400);
    assertThat(batch.json().at("/results/1/status").asInt()).isEqualTo(202);

    hub.restart();
    client = hub.client();
    assertThat(send("user.in", "{}").status()).isEqualTo(400);
    assertThat(type("user.in").get("description").asString()).isEqualTo("Signed in.");
    assertThat(client.with("If-Match", "\"1\"").delete("/v1/event-types/user.in").status())
        .isEqualTo(412);
    assertThat(client.delete("/v1/event-types/user.in").status()).isEqualTo(204);
    assertThat(send("user.in", "{}").status()).isEqualTo(202);
    assertThat(type("user.in").get("validate").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"validate\":true} | /validate",
        "{\"schema\":7} | /schema",
        "{\"schema\":{\"type\":\"strin\"}} | /schema/type",
        "{\"schema\":{\"$ref\":\"https://evil.example/s.json\"}} | /schema/$ref",
        "{\"schema\":{\"$ref\":\"file:///etc/passwd\"}} | /schema/$ref",
        "{\"schema\":{\"$ref\":\"other.json\"}} | /schema/$ref",
        "{\"schema\":{\"$ref\":\"#/$defs/none\"}} | /schema",
        "{\"schema\":{\"$schema\":\"https://evil.example/meta\"}} | /schema/$schema",
        "{\"schema\":{\"properties\":{\"a\":{\"$id\":\"x\"}}}} | /schema/properties/a/$id",
        "{\"schema\":{\"properties\":{\"a\":{\"pattern\":\"(a)\\\\1\"}}}} | /schema/properties/a/pattern",
        "{\"schema\":{\"patternProperties\":{\"(?=a)\":{}}}} | /schema/patternProperties/(?=a)",
        "{\"shema\":{}} | /shema",
      })
  void whatASchemaMayNotHaveIsRefused(String body, String pointers) {
    Answer refused = client.put("/v1/event-types/a.b", body);
    assertThat(refused.status()).as("%s", refused).isEqualTo(400);
    assertThat(refused.faults().stream().distinct())
        .containsExactlyElementsOf(Arrays.asList(pointers.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"$ref\":\"#\"} | 1",
        "{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"},{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"},{\"$ref\":\"#/$defs/a\"}]}},\"$ref\":\"#/$defs/a\"} | 1",
        "{\"anyOf\":[{\"items\":{\"$ref\":\"#\"},\"minItems\":2},{\"items\":{\"$ref\":\"#\"},\"minItems\":2}]} | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      })
  void aSchemaThatNeverEndsIsCutOff(String schema, String data) {
    Answer described =
        client.put("/v1/event-types/a.b", "{\"schema\":%s,\"validate\":true}".formatted(schema));
    assertThat(described.status()).as("%s", described).isIn(201, 400);
    if (described.status() == 201) {
      Answer refused = send("a.b", data);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.faults()).containsExactly("/data");
    }
  }

  @Test
  void aTenantsTypesAreItsOwn() {
    assertThat(send("mine", "1").status()).isEqualTo(202);
    var _ = client.post("/v1/tenants", "{\"id\":\"other\"}");
    HubClient other = client.forTenant("other");
    assertThat(other.get("/v1/event-types").json().get("total").asInt()).isEqualTo(0);
    assertThat(other.get("/v1/event-types/mine").status()).isEqualTo(404);
  }
}
