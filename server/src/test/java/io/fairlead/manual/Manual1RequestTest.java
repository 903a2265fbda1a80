package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Received;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What manual 1 says of headers and of what is posted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Manual1RequestTest {
  private ConnectorBench bench;

  @BeforeAll
  void start() {
    bench = new ConnectorBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static List<String> notes(JsonNode connector) {
    return connector.get("notes").valueStream().map(JsonNode::asString).toList();
  }

  @Test
  @DisplayName("1-10 the authorization header takes one text with pipes")
  void pipes() {
    String pasted =
        """
        "headers": "Content-length: 0|Content-type: application/json|Authorization: OAuthSomeOAuthaccess_tokenString",
        "body": {"type": "json"}
        """;
    var connector = bench.connector("/pipes", pasted);
    assertThat(connector.json().get("headers").toString())
        .isEqualTo(
            "[{\"name\":\"Content-type\",\"value\":\"application/json\"},"
                + "{\"name\":\"Authorization\",\"value\":\"OAuthSomeOAuthaccess_tokenString\"}]");
    var _ = bench.event(connector, "{\"lead\":\"Ann\"}");
    Received received = bench.party.await("/pipes", 1).getFirst();
    assertThat(received.header("Content-Type")).isEqualTo("application/json");
    assertThat(received.header("Authorization")).isEqualTo("OAuthSomeOAuthaccess_tokenString");
    assertThat(received.header("Content-Length")).isEqualTo("14");
    assertThat(received.text()).isEqualTo("{\"lead\":\"Ann\"}");
  }

  @Test
  @DisplayName("1-11 every pipe part is one header, a pipe is escaped, computed headers are told")
  void parts() {
    var connector =
        bench.connector(
            "/parts",
            """
            "headers": "X-Path: a\\\\|b|X-Name: {{name | upper}}|Host: evil.example|X-End: c\\\\\\\\|Connection: close"
            """);
    assertThat(notes(connector.json()))
        .containsExactly(
            "The header Host was left out: it is computed for each request.",
            "The header Connection was left out: it is computed for each request.");
    var _ = bench.event(connector, "{\"name\":\"Ann\"}");
    Received received = bench.party.await("/parts", 1).getFirst();
    assertThat(received.header("X-Path")).isEqualTo("a|b");
    assertThat(received.header("X-Name")).isEqualTo("ANN");
    assertThat(received.header("X-End")).isEqualTo("c\\");
    assertThat(received.header("Host")).startsWith("127.0.0.1:");

    // They are told once: what was left out is not kept.
    JsonNode later = bench.client.get("/v1/connectors/" + connector.id()).json();
    assertThat(notes(later)).isEmpty();
    assertThat(
            bench.refused(
                "/rows", "\"headers\": [{\"name\": \"Content-length\", \"value\": \"0\"}]"))
        .containsEntry(
            "/headers/0/name",
            "The header Content-length is computed from the request and cannot be set.");
  }

  @Test
  @DisplayName("1-14 post data is RAW text or JSON")
  void rawAndJson() {
    String data = "{\"first\":\"Ann\",\"phone\":\"+1 (555) 0100\"}";
    Received raw =
        bench.sent(
            "/raw",
            "\"body\": {\"type\": \"raw\", \"template\": \"name={{first}};phone={{phone}}\"}",
            data);
    assertThat(raw.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(raw.text()).isEqualTo("name=Ann;phone=+1 (555) 0100");

    Received json = bench.sent("/json", "\"body\": {\"type\": \"json\"}", data);
    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.text()).isEqualTo(data);
  }
}
