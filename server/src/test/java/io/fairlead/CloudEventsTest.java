package io.fairlead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// CloudEvents as the CNCF's own SDK sends them.
final class CloudEventsTest {
  private static final EventFormat JSON = new JsonFormat();

  private TestHub hub;
  private HubClient client;

  @BeforeEach
  void start() {
    hub = TestHub.start(Dialect.SQLITE);
    client = hub.client();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static CloudEvent event(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withType("com.example.order.paid")
        .withSource(URI.create("/shops/12"))
        .withSubject("Bestellung \"77\" für 100 % Köln €")
        .withTime(OffsetDateTime.parse("2026-03-02T10:15:03+01:00"))
        .withDataContentType("application/json")
        .withExtension("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .withData("{\"order\":77,\"total\":12.50}".getBytes(UTF_8))
        .build();
  }

  private JsonNode taken(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return client.get("/v1/events/" + answer.json().get("id").asString()).json();
  }

  private static void assertWhole(JsonNode event, String id) {
    assertThat(event.get("type").asString()).isEqualTo("com.example.order.paid");
    assertThat(event.get("clientId").asString()).isEqualTo("/shops/12 " + id);
    assertThat(event.get("key").asString()).isEqualTo("Bestellung \"77\" für 100 % Köln €");
    assertThat(event.get("time").asString()).isEqualTo("2026-03-02T09:15:03.000Z");
    assertThat(event.get("data").toString()).isEqualTo("{\"order\":77,\"total\":12.50}");
  }

  private Answer sendBinary(CloudEvent event) {
    var request =
        new Object() {
          HubClient caller = client;
          String contentType = "";
          @Nullable Answer answer;
        };
    HttpMessageFactory.createWriter(
            (name, value) -> {
              if (name.equalsIgnoreCase("content-type")) {
                request.contentType = value;
              } else {
                request.caller = request.caller.with(name, encoded(value));
              }
            },
            body ->
                request.answer =
                    request.caller.send(
                        "POST",
                        "/v1/events",
                        request.contentType.isEmpty() ? null : request.contentType,
                        body == null ? new byte[0] : body))
        .writeBinary(event);
    return requireNonNull(request.answer);
  }

  /// What the HTTP binding (3.1.3.2) asks of whoever puts the SDK's headers on the wire.
  private static String encoded(String value) {
    var out = new StringBuilder();
    for (byte b : value.getBytes(UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b));
      }
    }
    return out.toString();
  }

  private Answer sendStructured(CloudEvent event) {
    return client.send(
        "POST",
        "/v1/events",
        JSON.serializedContentType() + "; charset=utf-8",
        JSON.serialize(event));
  }

  @Test
  void inBinaryMode() {
    assertWhole(taken(sendBinary(event("A 1"))), "A 1");
  }

  @Test
  void inStructuredMode() {
    assertWhole(taken(sendStructured(event("A-2"))), "A-2");
  }

  @Test
  void inABatch() {
    String batch =
        List.of(event("B-1"), event("B-2"), event("B-1")).stream()
            .map(event -> new String(JSON.serialize(event), UTF_8))
            .collect(Collectors.joining(",", "[", "]"));
    for (String path : List.of("/v1/events", "/v1/events/batch")) {
      Answer answer =
          client.send("POST", path, "application/cloudevents-batch+json", batch.getBytes(UTF_8));
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
      JsonNode results = answer.json().get("results");
      assertThat(results).hasSize(3);
      assertThat(results.at("/2/duplicate").asBoolean()).isTrue();
      assertWhole(client.get("/v1/events/" + results.at("/0/id").asString()).json(), "B-1");
    }
    Answer empty =
        client.send(
            "POST", "/v1/events", "application/cloudevents-batch+json", "[]".getBytes(UTF_8));
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.json().get("results")).isEmpty();
  }

  @Test
  void sourceAndIdTogetherTellARepeat() {
    Answer first = sendStructured(event("C"));
    Answer again = sendBinary(event("C"));
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(again.json().get("duplicate").asBoolean()).isTrue();
    CloudEvent elsewhere =
        CloudEventBuilder.v1(event("C")).withSource(URI.create("/shops/13")).build();
    assertThat(sendStructured(elsewhere).json().get("duplicate").asBoolean()).isFalse();
    CloudEvent changed =
        CloudEventBuilder.v1(event("C")).withData("{\"order\":78}".getBytes(UTF_8)).build();
    assertThat(sendStructured(changed).status()).isEqualTo(409);
    CloudEvent longest = CloudEventBuilder.v1(event("D")).withId("x".repeat(4_000)).build();
    assertThat(taken(sendStructured(longest)).get("clientId").asString()).startsWith("sha256 ");
    assertThat(sendStructured(longest).json().get("duplicate").asBoolean()).isTrue();
  }

  @Test
  void dataThatIsNotJsonBecomesAString() {
    CloudEvent xml =
        CloudEventBuilder.v1(event("E"))
            .withData("application/xml", "<a>ö</a>".getBytes(UTF_8))
            .build();
    assertThat(taken(sendBinary(xml)).get("data").asString()).isEqualTo("<a>ö</a>");
    CloudEvent image =
        CloudEventBuilder.v1(event("F"))
            .withData("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0})
            .build();
    assertThat(taken(sendBinary(image)).get("data").asString()).isEqualTo("iVBORwA=");
    assertThat(sendStructured(image).json().get("duplicate").asBoolean()).isTrue();
    CloudEvent none =
        CloudEventBuilder.v1().withId("G").withType("a.b").withSource(URI.create("/x")).build();
    assertThat(taken(sendBinary(none)).get("data").isNull()).isTrue();
    assertThat(sendStructured(none).json().get("duplicate").asBoolean()).isTrue();
  }

  @Test
  void whatIsWrongIsNamedWhereItStands() {
    Answer header =
        client
            .with("ce-specversion", "0.3")
            .with("ce-type", "a b")
            .with("ce-source", "%zz")
            .post("/v1/events", "{");
    assertThat(header.status()).isEqualTo(400);
    assertThat(header.faults())
        .containsExactlyInAnyOrder("ce-specversion", "ce-source", "ce-id", "ce-type", "");
    Answer body =
        client.send(
            "POST",
            "/v1/events",
            "application/cloudevents+json",
            "{\"type\":7,\"data\":1,\"data_base64\":\"AA==\",\"time\":\"now\",\"x\":{}}"
                .getBytes(UTF_8));
    assertThat(body.status()).isEqualTo(400);
    assertThat(body.faults())
        .containsExactlyInAnyOrder(
            "/type", "/specversion", "/source", "/id", "/data_base64", "/time");
    assertThat(
            client
                .send("POST", "/v1/events", "application/cloudevents+avro", new byte[] {1})
                .status())
        .isEqualTo(415);
  }
}
