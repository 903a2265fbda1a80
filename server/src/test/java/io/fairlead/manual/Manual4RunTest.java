package io.fairlead.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.RunBench;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.storage.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What manual 4 says happens when a command is used.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Manual4RunTest {
  private static final byte[] PDF =
      "%PDF-1.7\nan invoice\n\0\u0001\u00ff%%EOF".getBytes(StandardCharsets.ISO_8859_1);

  private RunBench bench;

  @BeforeAll
  void start() {
    bench = RunBench.open(Dialect.SQLITE);
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static ThirdParty.Answer pdf() {
    return ThirdParty.Answer.status(200).body("application/pdf", PDF);
  }

  @Test
  @DisplayName("4-03 GetInvoiceImage: the third party's PDF is returned when \"VIEW\" is clicked")
  void invoiceImage() {
    bench.party.on("/items/INV0000001", pdf());
    bench.bind("GetInvoiceImage", "/items/{{InvoiceNumber}}");
    Answer answer = bench.invoice("INV0000001");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PDF);
    assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"GetInvoiceImage-INV0000001.pdf\"");
  }

  @Test
  @DisplayName("4-06 a request is sent when the command is used, and the result goes to the caller")
  void synchronous() {
    bench.party.on("/used", pdf(), ThirdParty.Answer.status(200).body("image/png", png()));
    bench.bind("GetInvoiceImage", "/used?n={{InvoiceNumber}}");
    assertThat(bench.party.received("/used")).isEmpty();
    assertThat(bench.invoice("A").body()).isEqualTo(PDF);
    assertThat(bench.party.received("/used")).hasSize(1);
    assertThat(bench.invoice("B").body()).isEqualTo(png());
    assertThat(bench.party.received("/used"))
        .extracting(Received::target)
        .containsExactly("/used?n=A", "/used?n=B");
  }

  private static byte[] png() {
    return "\u0089PNG\r\n\u001a\n and more".getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  @DisplayName("4-08 tokens are case-sensitive, and the refusal names what was meant")
  void caseSensitive() {
    bench.bind("GetInvoiceImage", "/items/{{InvoiceNumber}}");
    Answer answer = bench.run("GetInvoiceImage", "{\"invoicenumber\":\"INV1\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.faults()).containsExactly("/inputs/InvoiceNumber", "/inputs/invoicenumber");
    assertThat(answer.text()).contains("Did you mean \\\"InvoiceNumber\\\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a?b", "a#b", "a%b", "a%2Fb", "a+b", "ä€😀", "..", "{{x}}"})
  @DisplayName("4-13 a value arrives intact as one segment of the URL")
  void encoded(String value) {
    bench.party.on("/in", ThirdParty.Answer.status(404));
    bench.bind("GetInvoiceImage", "/seg/{{InvoiceNumber}}/end");
    int before = bench.party.received().size();
    Answer answer = bench.invoice(value);
    if (value.equals("..")) {
      assertThat(answer.status()).as("a dot segment cannot arrive").isEqualTo(422);
      return;
    }
    String target = bench.party.received().get(before).target();
    assertThat(target).startsWith("/seg/").endsWith("/end");
    String segment = target.substring(5, target.length() - 4);
    assertThat(segment).doesNotContain("/").doesNotContain("?").doesNotContain("#");
    assertThat(java.net.URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(value);
  }

  @Test
  @DisplayName("4-19 a form body with tokens, from which a value does not break out")
  void form() {
    bench.party.on("/form", pdf());
    bench.bindTo(
        "GetInvoiceImage",
        """
        "targets":[{"method":"POST","url":"%s",
          "headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],
          "body":{"type":"raw","template":"key1=value1&key2={{InvoiceNumber}}"}}]
        """
            .formatted(bench.party.url("/form")));
    assertThat(bench.invoice("a&b=c").status()).isEqualTo(200);
    Received received = bench.party.received("/form").getLast();
    assertThat(received.text()).isEqualTo("key1=value1&key2=a%26b%3Dc");
    assertThat(received.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  @DisplayName("4-20 a JSON body with tokens is valid JSON for text, quote and newline")
  void json() {
    bench.party.on("/json", pdf());
    bench.bindTo(
        "GetInvoiceImage",
        """
        "targets":[{"method":"POST","url":"%s",
          "headers":[{"name":"Content-Type","value":"application/json"}],
          "body":{"type":"raw","template":"{\\"key1\\":\\"value1\\",\\"key2\\": {{InvoiceNumber}}}"}}]
        """
            .formatted(bench.party.url("/json")));
    for (String value : List.of("INV1", "a \"quote\"", "a\nb", "42")) {
      assertThat(bench.invoice(value).status()).isEqualTo(200);
      String sent = bench.party.received("/json").getLast().text();
      assertThat(ConnectorBench.JSON.readTree(sent).get("key2").asString()).isEqualTo(value);
    }
  }

  @Test
  @DisplayName("4-21 GET sends no body")
  void noBody() {
    bench.party.on("/bodiless", pdf());
    bench.bind("GetInvoiceImage", "/bodiless");
    assertThat(bench.invoice("1").status()).isEqualTo(200);
    Received received = bench.party.received("/bodiless").getFirst();
    assertThat(received.body()).isEmpty();
    assertThat(received.header("Content-Length")).isNull();
  }

  @Test
  @DisplayName("4-23 LoginWithToken: a one-time token out, ContactId or ContactEmail back")
  void loginWithToken() {
    bench.party.on(
        "/login",
        ThirdParty.Answer.status(200).json("{\"ContactId\": 17}"),
        ThirdParty.Answer.status(200).json("{\"ContactEmail\": \"a@example.com\", \"x\": [1.10]}"),
        ThirdParty.Answer.status(200).json("{\"Contact\": 17}"));
    bench.bindTo(
        "LoginWithToken",
        """
        "targets":[{"method":"POST","url":"%s",
          "body":{"type":"json","fields":[{"name":"token","value":"{{Token}}"}]}}]
        """
            .formatted(bench.party.url("/login")));
    Answer first = bench.run("LoginWithToken", "{\"Token\":\"4f9c\"}");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type")).isEqualTo("application/json");
    assertThat(first.text()).isEqualTo("{\"ContactId\": 17}");
    assertThat(bench.party.received("/login").getFirst().text()).isEqualTo("{\"token\":\"4f9c\"}");
    assertThat(bench.run("LoginWithToken", "{\"Token\":\"4f9d\"}").text())
        .as("byte for byte")
        .isEqualTo("{\"ContactEmail\": \"a@example.com\", \"x\": [1.10]}");
    Answer neither = bench.run("LoginWithToken", "{\"Token\":\"4f9e\"}");
    assertThat(neither.status()).isEqualTo(502);
    assertThat(neither.json().get("detail").asString())
        .startsWith("The third party's JSON is not what the command takes.");
  }

  @Test
  @DisplayName("4-24 the second source is asked when the first finds nothing")
  void fallBack() {
    bench.party.on("/first", ThirdParty.Answer.status(404), pdf());
    bench.party.on("/second", pdf(), ThirdParty.Answer.status(404));
    bench.bind("GetInvoiceImage", "/first", "/second");
    assertThat(bench.invoice("1").body()).isEqualTo(PDF);
    assertThat(bench.party.received("/first")).hasSize(1);
    assertThat(bench.party.received("/second")).hasSize(1);
    assertThat(bench.invoice("2").body()).isEqualTo(PDF);
    assertThat(bench.party.received("/first")).hasSize(2);
    assertThat(bench.party.received("/second")).as("not asked in vain").hasSize(1);
  }

  @Test
  @DisplayName("4-24 a rule of the first source says what finding nothing is")
  void fallBackByRule() {
    bench.party.on("/says", ThirdParty.Answer.status(200).json("{\"error\":\"no such invoice\"}"));
    bench.party.on("/has", pdf());
    bench.bindTo(
        "GetInvoiceImage",
        """
        "targets":[
          {"method":"GET","url":"%s","notFound":[{"body":{"error":"no such invoice"}}]},
          {"method":"GET","url":"%s"}]
        """
            .formatted(bench.party.url("/says"), bench.party.url("/has")));
    assertThat(bench.invoice("1").body()).isEqualTo(PDF);
  }
}
