package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Received;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What manual 4 says of tokens, URL, body and headers of a web request.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Manual4RequestTest {
  private ConnectorBench bench;

  @BeforeAll
  void start() {
    bench = new ConnectorBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static String data(String name, String value) {
    return ConnectorBench.JSON.createObjectNode().put(name, value).toString();
  }

  @Test
  @DisplayName("4-07 tokens pass in dynamic data")
  void tokens() {
    Received received =
        bench.sent(
            "/items",
            """
            "headers": [{"name": "X-Number", "value": "{{InvoiceNumber}}"}],
            "query": [{"name": "n", "value": "{{InvoiceNumber}}"}],
            "body": {"type": "json", "fields": [{"name": "n", "value": "{{InvoiceNumber}}"}]}
            """,
            data("InvoiceNumber", "INV0000001"));
    assertThat(received.target()).endsWith("/items?n=INV0000001");
    assertThat(received.header("X-Number")).isEqualTo("INV0000001");
    assertThat(received.text()).isEqualTo("{\"n\":\"INV0000001\"}");
  }

  @Test
  @DisplayName("4-08 tokens are case-sensitive, and the error names what was meant")
  void caseSensitive() {
    assertThat(
            bench.renderError(
                "/{{invoicenumber}}", "\"method\": \"GET\"", data("InvoiceNumber", "INV0000001")))
        .contains("{{invoicenumber}}", "the URL's path", "did you mean InvoiceNumber?");
  }

  @Test
  @DisplayName("4-09 a token is written {{InvoiceNumber}}; one that is not closed is refused")
  void format() {
    assertThat(bench.sent("/{{ InvoiceNumber }}", "", data("InvoiceNumber", "7")).path())
        .endsWith("/7");
    assertThat(bench.refused("/{{InvoiceNumber}", "").get("/url"))
        .contains("Expected }} to close the token that begins here.");
  }

  @Test
  @DisplayName("4-10 …/items/{{InvoiceNumber}} becomes …/items/INV0000001")
  void exampleUrl() {
    Received received =
        bench.sent(
            "/items/{{InvoiceNumber}}", "\"method\": \"GET\"", data("InvoiceNumber", "INV0000001"));
    assertThat(received.target()).endsWith("/items/INV0000001");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-13 a value arrives intact as one segment of the URL")
  @ValueSource(strings = {"a b", "a/b", "a?b", "a#b", "100%", "%2F", "a+b", "Ünïcödé 😀", "a&b=c"})
  void urlDataIsEncoded(String value) {
    Received received = bench.sent("/i/{{v}}/end", "\"method\": \"GET\"", data("v", value));
    String[] segments = received.target().split("/", -1);
    assertThat(segments).hasSize(5);
    assertThat(QueryStringDecoder.decodeComponent(segments[3].replace("+", "%2B")))
        .isEqualTo(value);
  }

  @Test
  @DisplayName("4-14 a body is sent with a POST request")
  void body() {
    Received received =
        bench.sent("/b", "\"body\": {\"type\": \"raw\", \"template\": \"additional data\"}", "{}");
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.text()).isEqualTo("additional data");
  }

  @Test
  @DisplayName("4-15 a raw request body may be form data or JSON content, with tokens")
  void rawBody() {
    assertThat(
            bench
                .sent(
                    "/r",
                    "\"body\": {\"type\": \"raw\", \"template\": \"anything: {{v}}\"}",
                    data("v", "\"&<\n"))
                .text())
        .isEqualTo("anything: \"&<\n");
  }

  @Test
  @DisplayName("4-16 a Content-Type header is sent as it is written")
  void contentType() {
    Received received =
        bench.sent(
            "/ct",
            """
            "headers": [{"name": "content-type", "value": "application/vnd.acme+json; v=2"}],
            "body": {"type": "raw", "template": "{\\"a\\": {{v}}}"}
            """,
            data("v", "\""));
    assertThat(received.header("Content-Type")).isEqualTo("application/vnd.acme+json; v=2");
    assertThat(received.text()).isEqualTo("{\"a\": \"\\\"\"}");

    var odd =
        bench.connector(
            "/odd",
            """
            "headers": [{"name": "Content-Type", "value": "application/xml"}], "body": {"type": "json"}
            """);
    assertThat(odd.json().get("notes").get(0).asString())
        .isEqualTo(
            "The header Content-Type says application/xml, and the body is JSON; the header is"
                + " sent as it is.");
    assertThat(
            bench.refused(
                "/boundary",
                """
                "headers": [{"name": "Content-Type", "value": "multipart/form-data; boundary=x"}],
                "body": {"type": "multipart", "fields": [{"name": "a", "value": "1"}]}
                """))
        .containsOnlyKeys("/headers/0/name");
  }

  @Test
  @DisplayName("4-17 additional headers are sent with the request")
  void headers() {
    Received received =
        bench.sent(
            "/h",
            """
            "headers": [{"name": "Accept", "value": "text/plain"}, {"name": "X-V", "value": "v {{v}}"}]
            """,
            data("v", "1"));
    assertThat(received.header("Accept")).isEqualTo("text/plain");
    assertThat(received.header("X-V")).isEqualTo("v 1");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-19 a form body holds a value with & or = in it")
  @ValueSource(strings = {"INV1", "a&b=c", "=", "&key1=evil", "a b+c%41"})
  void form(String value) {
    for (String type : List.of("raw", "form")) {
      String document =
          """
          "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
          "body": {"type": "%s", "template": "key1=value1&key2={{InvoiceNumber}}"}
          """
              .formatted(type);
      Received received = bench.sent("/f", document, data("InvoiceNumber", value));
      assertThat(received.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
      assertThat(received.text()).startsWith("key1=value1&key2=");
      assertThat(new QueryStringDecoder(received.text(), false).parameters())
          .isEqualTo(Map.of("key1", List.of("value1"), "key2", List.of(value)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("4-20 a JSON body is valid for text, number, quote and line end")
  @ValueSource(
      strings = {
        "\"text\"",
        "7",
        "1.10",
        "\"a \\\"quote\\\"\"",
        "\"line\\nend\"",
        "true",
        "null",
        "[1,{\"a\":2}]"
      })
  void json(String value) {
    Received received =
        bench.sent(
            "/j",
            """
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "body": {"type": "raw", "template": "{\\"key1\\":\\"value1\\",\\"key2\\": {{TokenName}}}"}
            """,
            "{\"TokenName\":" + value + "}");
    assertThat(received.text()).isEqualTo("{\"key1\":\"value1\",\"key2\": " + value + "}");
    ObjectNode read = (ObjectNode) ConnectorBench.JSON.readTree(received.body());
    assertThat(read.get("key2")).isEqualTo(ConnectorBench.JSON.readTree(value));
  }

  @Test
  @DisplayName("4-21 GET sends no body")
  void get() {
    Received received = bench.sent("/g", "\"method\": \"GET\"", data("v", "1"));
    assertThat(received.body()).isEmpty();
    assertThat(received.header("Content-Type")).isNull();
    assertThat(
            bench.refused(
                "/g2", "\"method\": \"GET\", \"body\": {\"type\": \"raw\", \"template\": \"x\"}"))
        .containsEntry("/body", "A GET request has no body; leave it out.");
  }
}
