package io.fairlead.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Ids;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final String DATA =
      """
      {"InvoiceNumber":"2026-0042","id":42,"amount":1.10,"paid":true,"none":null,"a-b":"dash",
       "@type":"at","Straße":"Köln","first name":"Ada","q\\"\\\\":"quoted","":"empty",
       "customer":{"address":{"city":"Köln"}},"lines":[{"sku":"A"},{"sku":"B"}],
       "1st":"first","x":"{{id}}"}
      """;

  @Test
  void whatATokenFinds() {
    Map<String, String> table =
        Map.ofEntries(
            Map.entry("{{InvoiceNumber}}", "2026-0042"),
            Map.entry("{{ InvoiceNumber }}", "2026-0042"),
            Map.entry("{{\tInvoiceNumber\n}}", "2026-0042"),
            Map.entry("{{id}}", "42"),
            Map.entry("{{amount}}", "1.10"),
            Map.entry("{{paid}}", "true"),
            Map.entry("{{a-b}}", "dash"),
            Map.entry("{{@type}}", "at"),
            Map.entry("{{Straße}}", "K%C3%B6ln"),
            Map.entry("{{[\"first name\"]}}", "Ada"),
            Map.entry("{{[\"q\\\"\\\\\"]}}", "quoted"),
            Map.entry("{{[\"\"]}}", "empty"),
            Map.entry("{{customer.address.city}}", "K%C3%B6ln"),
            Map.entry("{{customer[\"address\"].city}}", "K%C3%B6ln"),
            Map.entry("{{lines[1].sku}}", "B"),
            Map.entry("{{1st}}", "first"),
            Map.entry("{{x}}", "%7B%7Bid%7D%7D"),
            Map.entry("a{{id}}b{{id}}", "a42b42"),
            Map.entry("}}{{id}}{", "%7D%7D42%7B"),
            Map.entry("{{$event.id}}", Ids.text("evt_", Plans.EVENT)),
            Map.entry("{{$event.type}}", "invoice.paid"),
            Map.entry("{{$event.time}}", "2026-02-25T06%3A13%3A20.123Z"),
            Map.entry("{{$tenant.id}}", "acme"),
            Map.entry("{{$connector.name}}", "Billing"),
            Map.entry("{{$attempt}}", "1"),
            Map.entry("{{$now}}", "2026-02-25T06%3A13%3A21.001Z"));
    table.forEach((template, expected) ->
        assertThat(Plans.target(Plans.query("https://h.example/", new Row("v", template)), DATA))
            .as(template)
            .isEqualTo("/?v=" + expected));
  }

  @Test
  void dataMayBeAnyValue() {
    assertThat(Plans.body(Plans.template("{{[1]}}"), "[1, 2.50]")).isEqualTo("2.50");
  }

  @Test
  void theUuidIsOneForTheDelivery() {
    RequestPlan plan = Plans.plan(Plans.header("{{$uuid}}"));
    var first = (Rendered.Request) plan.render(Plans.facts("{}", 1));
    var second = (Rendered.Request) plan.render(Plans.facts("{}", 2));
    assertThat(first.head().headers()).isEqualTo(second.head().headers());
    assertThat(first.head().headers().getFirst().value())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    Facts facts = Plans.facts("{}");
    var other =
        new Facts(
            facts.delivery() + 1,
            facts.event(),
            "t",
            0,
            1,
            0,
            Data.received("{}".getBytes(UTF_8)),
            Map.of());
    assertThat(((Rendered.Request) plan.render(other)).head().headers())
        .isNotEqualTo(first.head().headers());
  }

  @Test
  void whatIsNoTokenIsRefusedWithItsPlace() {
    Map<String, String> table =
        Map.ofEntries(
            Map.entry("{{}}", "Line 1, column 3: Expected a name, but found }}."),
            Map.entry("{{  }}", "Line 1, column 5: Expected a name, but found }}."),
            Map.entry("ab {{Name", "Line 1, column 4: Expected }} to close the token"),
            Map.entry("😀{{a..b}}", "Line 1, column 6: Expected a name, but found .."),
            Map.entry("{{a.}}", "column 5: Expected a name, but found }}."),
            Map.entry("{{.a}}", "column 3: Expected a name, but found .."),
            Map.entry("{{a.[0]}}", "column 5: Expected a name after the dot, but found [."),
            Map.entry("{{a[}}", "column 5: Expected a number from 0 or a name in double quotes"),
            Map.entry("{{a[-1]}}", "column 5: Expected a number from 0"),
            Map.entry("{{a[1}}", "column 6: Expected ] to close the [ before it, but found }}."),
            Map.entry("{{a[12345678901]}}", "column 5: Expected a number from 0"),
            Map.entry("{{a[\"b}}", "column 5: Expected \" to close the quoted name"),
            Map.entry("{{a[\"\\n\"]}}", "column 7: Expected \" or \\ after a backslash"),
            Map.entry(
                "{{first name}}", "column 9: Expected ., [, ?, | or }} after first, but found n."),
            Map.entry("{{a+b}}", "column 4: Expected ., [, ?, | or }} after a, but found +."),
            Map.entry("{{a{{b}}", "column 4: Expected ., [, ?, | or }} after a, but found {."),
            Map.entry("{{{a}}}", "column 3: Expected a name; a token has two braces"),
            Map.entry("{{#if a}}", "column 1: Expected no block: #if and #each stand in the"),
            Map.entry("{{/if}}", "column 1: Expected no block: #if and #each stand in the"),
            Map.entry("{{$secret.token}}", "column 3: Expected no $secret here: there is no"),
            Map.entry("{{$event}}", "column 3: Expected one of $event.id, $event.type,"),
            Map.entry("{{$Event.Id}}", "column 3: There is no $Event.Id; did you mean $event.id?"),
            Map.entry("{{$uid}}", "column 3: There is no $uid; did you mean $uuid?"),
            Map.entry("{{a\u0000}}", "but found a control character."));
    table.forEach((template, expected) -> {
      var text = TemplateText.of(template, "/url", "the URL", Scope.of("acme", "Billing"));
      var _ = TemplateParser.line(text);
      assertThat(text.flaws()).as(template).hasSize(1);
      assertThat(text.flaws().getFirst().in(template)).as(template).contains(expected);
    });
  }

  @Test
  void everyWrongTokenOfATextIsTold() {
    assertThat(Plans.faults(Plans.header("{{a |x}} {{}}\u00e9"))).hasSize(3);
  }

  @Test
  void theSecondLineIsTheSecondLine() {
    assertThat(Plans.faults(Plans.template("{\n \"a\": {{b!}}\n}")).getFirst().detail())
        .startsWith("Line 2, column 10: ");
  }

  @Test
  void aMissingTokenNamesItselfAndItsNeighbour() {
    Map<String, String> table =
        Map.ofEntries(
            Map.entry(
                "{{invoicenumber}}",
                "{{invoicenumber}} in header X-Value: the data has no invoicenumber; did you mean"
                    + " InvoiceNumber?"),
            Map.entry("{{invoice_number}}", "did you mean InvoiceNumber?"),
            Map.entry("{{InvioceNumber}}", "did you mean InvoiceNumber?"),
            Map.entry("{{First Name}}".replace(" ", "_"), "did you mean [\"first name\"]?"),
            Map.entry(
                "{{customer.adress.city}}",
                "customer has no adress; did you mean customer.address?"),
            Map.entry("{{lines[0].SKU}}", "lines[0] has no SKU; did you mean lines[0].sku?"),
            Map.entry("{{lines[2].sku}}", "lines has 2 items, so there is no [2]."),
            Map.entry("{{lines.sku}}", "lines is an array, which has no members."),
            Map.entry("{{customer[0]}}", "customer is an object, which has no items."),
            Map.entry("{{none.x}}", "none is null, which has no members."),
            Map.entry("{{Total}}", "the data has no Total."),
            Map.entry("{{none}}", "the value is null, and text is needed."),
            Map.entry("{{customer}}", "the value is an object, and text is needed."),
            Map.entry("{{lines}}", "the value is an array, and text is needed."));
    table.forEach((template, expected) -> {
      Rendered.Failed failed = Plans.failed(Plans.header(template), DATA);
      assertThat(failed.token()).isEqualTo(template);
      assertThat(failed.place()).isEqualTo("header X-Value");
      assertThat(failed.sentence()).contains(expected);
    });
  }

  @Test
  void dataThatIsNoJsonEndsInASentence() {
    assertThat(Plans.failed(Plans.header("{{a}}"), "{").sentence()).contains("cannot be read");
  }

  @Test
  void aTextHasTwoHundredTokens() {
    assertThat(Plans.faults(Plans.template("[" + "{{a}},".repeat(200) + "1]"))).isEmpty();
    assertThat(Plans.faults(Plans.template("[" + "{{a}},".repeat(201) + "1]")))
        .singleElement()
        .satisfies(
            fault -> assertThat(fault.detail()).contains("no more than 200 tokens in one text"));
  }

  @Test
  void aLongTemplateOfTokensOnOneLineIsReadInLinearTime() {
    String template = "[" + "{{a}},".repeat(43_000) + "1]";
    assertThat(Plans.faults(Plans.template(template))).isNotEmpty();
  }
}
