package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Received;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What manual 0 says of the request that a connector makes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Manual0RequestTest {
  private static final String ROWS =
      """
      "fields": [{"name": "title", "value": "Invoice {{number}}"}, {"name": "amount", "value": "{{amount}}"},
                 {"name": "address.city", "value": "{{city}}"}]
      """;
  private static final String DATA = "{\"number\":\"A&7\",\"amount\":119.50,\"city\":\"<Łódź>\"}";

  private ConnectorBench bench;

  @BeforeAll
  void start() {
    bench = new ConnectorBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("0-23 several headers are sent")
  void headers() {
    Received received =
        bench.sent(
            "/h",
            """
            "headers": [{"name": "X-One", "value": "1"}, {"name": "X-Two", "value": "{{number}}"},
                        {"name": "X-One", "value": "again"}]
            """,
            DATA);
    assertThat(received.all("X-One")).containsExactly("1", "again");
    assertThat(received.header("X-Two")).isEqualTo("A&7");
  }

  @Test
  @DisplayName("0-25 basic auth becomes Authorization: Basic")
  void basicAuth() {
    Received received =
        bench.sent(
            "/b",
            """
            "authorization": {"kind": "basic", "username": "Aladdin", "password": "open sesame"}
            """,
            DATA);
    assertThat(received.header("Authorization")).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  @DisplayName("0-27 data rows become JSON, and exactly one token keeps its type")
  void jsonRows() {
    Received received = bench.sent("/j", "\"body\": {\"type\": \"json\"," + ROWS + "}", DATA);
    assertThat(received.header("Content-Type")).isEqualTo("application/json");
    assertThat(received.text())
        .isEqualTo(
            "{\"title\":\"Invoice A&7\",\"amount\":119.50,\"address\":{\"city\":\"<Łódź>\"}}");
  }

  @Test
  @DisplayName("0-29 the headers and the body data are sent by HTTP POST")
  void headersAndBody() {
    Received received =
        bench.sent(
            "/p",
            """
            "method": "POST", "headers": [{"name": "X-One", "value": "1"}],
            "body": {"type": "json", "fields": [{"name": "a", "value": "b"}]}
            """,
            DATA);
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.header("X-One")).isEqualTo("1");
    assertThat(received.text()).isEqualTo("{\"a\":\"b\"}");
  }

  @Test
  @DisplayName("0-30 type XML sends the data rows as an XML document")
  void xmlRows() throws Exception {
    Received received = bench.sent("/x", "\"body\": {\"type\": \"xml\"," + ROWS + "}", DATA);
    assertThat(received.header("Content-Type")).isEqualTo("application/xml");
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(received.body()))
            .getDocumentElement();
    assertThat(root.getNodeName()).isEqualTo("root");
    assertThat(root.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Invoice A&7");
    assertThat(root.getElementsByTagName("amount").item(0).getTextContent()).isEqualTo("119.50");
    assertThat(root.getElementsByTagName("city").item(0).getTextContent()).isEqualTo("<Łódź>");
    assertThat(root.getElementsByTagName("city").item(0).getParentNode().getNodeName())
        .isEqualTo("address");
  }

  @Test
  @DisplayName("0-31 types JSON, FORM and XML all work from the same data rows")
  void anyTypeFromTheSameRows() {
    assertThat(bench.sent("/a", "\"body\": {\"type\": \"json\"," + ROWS + "}", DATA).text())
        .startsWith("{\"title\":");
    assertThat(bench.sent("/b", "\"body\": {\"type\": \"xml\"," + ROWS + "}", DATA).text())
        .contains("<address><city>&lt;Łódź&gt;</city></address>");
    Received form = bench.sent("/c", "\"body\": {\"type\": \"form\"," + ROWS + "}", DATA);
    assertThat(form.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(new QueryStringDecoder(form.text(), false).parameters())
        .isEqualTo(
            Map.of(
                "title", List.of("Invoice A&7"),
                "amount", List.of("119.50"),
                "address.city", List.of("<Łódź>")));
  }

  @Test
  @DisplayName("0-34 a disabled connector is not called; an activated one is again")
  void disabledAndActivated() {
    var connector = bench.connector("/off", "\"body\": {\"type\": \"none\"}");
    assertThat(bench.client.post("/v1/connectors/" + connector.id() + "/disable").status())
        .isEqualTo(200);
    var _ = bench.event(connector, "{}");
    var _ = bench.delivery(connector, "HELD");
    assertThat(bench.party.received("/off")).isEmpty();
    assertThat(bench.client.post("/v1/connectors/" + connector.id() + "/activate").status())
        .isEqualTo(200);
    assertThat(bench.party.await("/off", 1)).hasSize(1);
    var _ = bench.event(connector, "{}");
    assertThat(bench.party.await("/off", 2)).hasSize(2);
  }
}
