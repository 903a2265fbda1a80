package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import io.fairlead.http.Header;
import io.fairlead.json.Faults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each type of body makes of rows, of a template and of data.
class BodiesTest {
  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String DATA =
      """
      {"n":7,"price":1.10,"paid":true,"none":null,"text":"a & b","number":"12","list":[1,{"a":"x"}],
       "lines":[{"sku":"A"},{"sku":"B&C"}],"empty":[],"customer":{"city":"Köln","tags":["x","y"]}}
      """;

  private static RequestText request(BodyText body, Row... headers) {
    return new RequestText(Method.POST, "https://h.example/", List.of(headers), List.of(), body);
  }

  private static String made(BodyText body) {
    return Plans.body(request(body), DATA);
  }

  private static String failure(BodyText body) {
    return Plans.failed(request(body), DATA).sentence();
  }

  private static List<String> flaws(BodyText body, Row... headers) {
    return Plans.faults(request(body, headers)).stream().map(Fault::detail).toList();
  }

  private static BodyText json(Field... fields) {
    return new BodyText.JsonFields(List.of(fields));
  }

  private static BodyText form(Field... fields) {
    return new BodyText.FormFields(List.of(fields));
  }

  private static BodyText xml(Field... fields) {
    return new BodyText.XmlFields(List.of(fields), XmlNames.DEFAULT);
  }

  private static Field typed(String value, FieldType type) {
    return new Field("a", value, type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{n}}|STRING|\"7\"",
        "{{text}}|STRING|\"a & b\"",
        "{{number}}|NUMBER|12",
        "{{price}}|NUMBER|1.10",
        "-{{n}}.5e3|NUMBER|-7.5e3",
        "42|NUMBER|42",
        "{{paid}}|BOOLEAN|true",
        "false|BOOLEAN|false",
        "{{list}}|JSON|[1,{\"a\":\"x\"}]",
        "{{none}}|JSON|null",
        "{\"x\":{{n}},\"y\":\"<{{text}}>\"}|JSON|{\"x\":7,\"y\":\"<a & b>\"}",
      })
  void aTypeSaysWhatAValueIs(String value, FieldType type, String expected) {
    assertThat(made(json(typed(value, type)))).isEqualTo("{\"a\":" + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{text}}|NUMBER|{{text}} in body field a: the field's type is number, and this is none.",
        "{{n}}{{n}}.|NUMBER|{{n}}{{n}}. in body field a: the field's type is number",
        "0{{n}}|NUMBER|the field's type is number, and this is none.",
        "{{paid}}|NUMBER|{{paid}} in body field a: the field's type is number",
        "{{n}}|BOOLEAN|the field's type is boolean, and this is neither true nor false.",
        "{{none}}|NUMBER|{{none}} in body field a: the value is null",
        "{{list}}|STRING|{{list}} in body field a: the value is an array, and text is needed.",
      })
  void aWrongTypeFailsByName(String value, FieldType type, String expected) {
    for (BodyText body :
        List.of(json(typed(value, type)), form(typed(value, type)), xml(typed(value, type)))) {
      assertThat(failure(body)).contains(expected.startsWith("{{n}}{{n}}") ? "{{n}}" : expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x|NUMBER", "01|NUMBER", "TRUE|BOOLEAN", "{a}|JSON"})
  void aTypedValueThatCanNeverBeRightIsRefused(String value, FieldType type) {
    assertThat(Plans.faults(request(json(typed(value, type)))))
        .singleElement()
        .satisfies(fault -> assertThat(fault.at()).isEqualTo("/body/fields/0/value"));
  }

  @Test
  void aRowWithoutAValueThatMayBeAbsentIsLeftOut() {
    Field[] rows = {
      new Field("a", "{{x?}}"), new Field("b", "{{n}}"), new Field("c", "{{x?}}", FieldType.NUMBER)
    };
    assertThat(made(json(rows))).isEqualTo("{\"b\":7}");
    assertThat(made(form(rows))).isEqualTo("b=7");
    assertThat(made(xml(rows))).isEqualTo(XML + "<root><b>7</b></root>");
    assertThat(
            made(
                new BodyText.Multipart(
                    List.of(
                        new BodyText.FormPart(rows[0], null, null),
                        new BodyText.FormPart(rows[1], "{{x?}}", null)))))
        .matches("--(\\S+)\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n7\r\n--\\1--\r\n");
  }

  @Test
  void namesNestInXml() {
    assertThat(
            made(
                new BodyText.XmlFields(
                    List.of(
                        new Field("@version", "{{n}}"),
                        new Field("lines[0].@no", "1"),
                        new Field("lines[0].#text", "{{text}}"),
                        new Field("lines[1].sku", "B"),
                        new Field("[\"a.b\"].c", "<")),
                    new XmlNames("order", "line"))))
        .isEqualTo(
            XML
                + "<order version=\"7\"><lines><line no=\"1\">a &amp; b</line><line><sku>B</sku>"
                + "</line></lines><a.b><c>&lt;</c></a.b></order>");
    assertThat(
            made(
                new BodyText.XmlFields(
                    List.of(new Field("[0]", "1"), new Field("[1]", "{{n}}")),
                    new XmlNames("Values", "value"))))
        .isEqualTo(XML + "<Values><value>1</value><value>7</value></Values>");
    assertThat(
            made(
                new BodyText.XmlFields(
                    List.of(new Field("@xmlns:s", "urn:s"), new Field("s:Body.@s:id", "{{n}}")),
                    new XmlNames("s:Envelope", "item"))))
        .isEqualTo(XML + "<s:Envelope xmlns:s=\"urn:s\"><s:Body s:id=\"7\"></s:Body></s:Envelope>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1a|Expected the name of an element, but found 1a.",
        "p:a|There is no namespace for the prefix p; declare it with xmlns:p.",
        "@a b|Expected the name of an attribute, but found a b.",
        "@a.b|@a is a value; nothing can stand below it.",
        "#text.b|#text is a value; nothing can stand below it.",
        "[0]|Other fields have made the whole an object.",
        "{{a}}|Tokens may not stand in names.",
      })
  void wrongNamesInXmlAreRefused(String name, String expected) {
    assertThat(flaws(xml(new Field("ok", ""), new Field(name, "")))).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a/>",
        "<a>\n</a >",
        "<?xml version='1.0'?><a/>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\" ?>\n<!-- c --><a b='1' c=\"2\"/><?p q?>\n",
        "<a xmlns='urn:a' xmlns:b='urn:b'><b:c b:d='1' d='2'/></a>",
        "<a>&amp;&#65;&#x1F600;<![CDATA[<&]]>]]&gt;</a>",
        "<ä.b-c_1 é=''/>",
      })
  void whatIsTypedInXmlIsSentAsItIs(String template) {
    assertThat(made(new BodyText.XmlTemplate(template))).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~Line 1, column 1: Expected an element, but found the end.",
        "a~Line 1, column 1: Expected an element, but found a.",
        "{{n}}~Line 1, column 1: Expected an element, but found {.",
        "<a>~Line 1, column 1: Expected </a> to close the element that begins here.",
        "<a></b>~Line 1, column 4: Expected </a>, but found </b>.",
        "<a/><b/>~Line 1, column 5: Expected the end after the root element, but found <.",
        "<a>&nbsp;</a>~Line 1, column 4: Expected &amp; &lt; &gt; &quot; &apos; or a character's",
        "<a>x < y</a>~Line 1, column 7: Expected the name of an element after <;",
        "<a>]]></a>~Line 1, column 4: Expected no ]]> in text",
        "<a b=1/>~Line 1, column 6: Expected a value in quotes, but found 1.",
        "<a b='1' b='2'/>~Line 1, column 10: The element has an attribute b already.",
        "<a b='1'c='2'/>~Line 1, column 9: Expected a blank, > or />, but found c.",
        "<a b='<'/>~Line 1, column 7: Expected no < in an attribute",
        "<a {{n}}='1'/>~Line 1, column 4: Expected no token here",
        "<{{n}}/>~Line 1, column 2: Expected a name, but found a token",
        "<a xmlns:b='{{n}}'/>~Line 1, column 4: Tokens may not stand in the name of a namespace.",
        "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>~column 35: The element has an attribute q:x",
        "<a:b/>~Line 1, column 2: There is no namespace for the prefix a",
        "<!DOCTYPE a><a/>~Line 1, column 1: Expected no DOCTYPE; it is not supported.",
        "<?xml version=\"1.1\"?><a/>~Line 1, column 1: Expected <?xml version=\"1.0\"",
        "<?xml version=\"1.0\" encoding=\"latin1\"?><a/>~bodies are sent as UTF-8",
        "<a><!-- {{n}} --></a>~Line 1, column 9: Expected no token in a comment.",
        "<a><?p {{n}}?></a>~Line 1, column 8: Expected no token in an instruction.",
        "<a><![CDATA[{{n}}</a>~Line 1, column 4: Expected ]]> to close the CDATA section",
        "<a>{{n</a>~Line 1, column 4: Expected }} to close the token",
        "<a>{{#if n}}<b></a>{{/if}}~Expected </b>, but found </a>.",
        "<a>{{#if n}}</a>{{/if}}~Line 1, column 4: Expected {{/if}} to close the block",
        "<a>{{#if n}}<b>{{/if}}</b></a>~Line 1, column 13: Expected </b> before the block ends",
        "<a b='{{#if n}}'>{{/if}}</a>~Line 1, column 7: Expected {{/if}} to close the block",
        "<a><![CDATA[{{#if n}}]]>{{/if}}</a>~Expected {{/if}} to close the block",
        "<a>{{/if}}</a>~Line 1, column 4: Expected no {{/if}} here",
        "<a/>{{#if n}}<b/>{{/if}}~Line 1, column 5: Expected the end after the root element",
      })
  void brokenXmlIsRefused(String template, String expected) {
    assertThat(flaws(new BodyText.XmlTemplate(template)))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "<a>{{#each lines}}<l i='{{$index}}'>{{sku}}</l>{{/each}}</a>~<a><l i='0'>A</l><l i='1'>B&amp;C</l></a>",
        "<a>{{#if paid}}<b/>{{#else}}<c>{{n}}</c>{{/if}}</a>~<a><b/></a>",
        "<a>{{#if none}}<b/>{{#else}}<c>{{n}}</c>{{/if}}</a>~<a><c>7</c></a>",
        "<a b='{{#each lines}}{{sku}},{{/each}}'/>~<a b='A,B&amp;C,'/>",
        "<a><![CDATA[{{#each lines}}[{{sku}}]{{/each}}>]]></a>~<a><![CDATA[[A]]]><![CDATA[[B&C]]]><![CDATA[>]]></a>",
        "<a>{{#each empty}}<b/>{{/each}}</a>~<a></a>",
      })
  void blocksMakeElements(String template, String expected) {
    assertThat(made(new BodyText.XmlTemplate(template))).isEqualTo(expected);
  }

  @Test
  void blocksStandInFormsAndText() {
    assertThat(made(new BodyText.FormTemplate("n={{n}}{{#each lines}}&sku={{sku}}{{/each}}")))
        .isEqualTo("n=7&sku=A&sku=B%26C");
    assertThat(made(new BodyText.FormTemplate("{{#if paid}}a=1{{#else}}a=2{{/if}}&b=3")))
        .isEqualTo("a=1&b=3");
    assertThat(made(new BodyText.Raw("{{#each lines}}{{sku}}\n{{/each}}"))).isEqualTo("A\nB&C\n");
    assertThat(flaws(new BodyText.FormTemplate("a{{#if n}}=1{{/if}}&b=2"))).hasSize(1);
    assertThat(flaws(new BodyText.FormTemplate("{{#each lines}}a={{sku}}{{/each}}"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a=b c~Line 1, column 4: Expected characters of a form, but found a blank, which is written +.",
        "a=%zz~Line 1, column 3: Expected two hexadecimal digits after %",
        "a=\"x\"~Line 1, column 3: Expected characters of a form, but found \", which is written %22.",
        "a={{n}}&{{n}}=1~Line 1, column 9: Expected a name and = before the token",
      })
  void brokenFormsAreRefused(String template, String expected) {
    assertThat(flaws(new BodyText.FormTemplate(template)).getFirst()).contains(expected);
  }

  @Test
  void dataIsABodyOfAnyType() {
    String data = "{\"a\":{\"b c\":[1.10,\"<\"],\"@id\":true},\"x.y\":\"&\"}";
    assertThat(Plans.body(request(data(BodyText.Data.Kind.JSON)), data)).isEqualTo(data);
    assertThat(Plans.body(request(data(BodyText.Data.Kind.FORM)), data))
        .isEqualTo("a.b+c%5B0%5D=1.10&a.b+c%5B1%5D=%3C&a.%40id=true&%5B%22x.y%22%5D=%26");
    assertThat(
            Plans.body(
                request(new BodyText.Data(BodyText.Data.Kind.XML, new XmlNames("order", "line"))),
                "{\"a\":{\"b\":[1.10,{\"#text\":\"<\"}],\"@id\":true},\"none\":null,\"e\":[]}"))
        .isEqualTo(
            XML
                + "<order><a id=\"true\"><b><line>1.10</line><line>&lt;</line></b></a>"
                + "<none xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
                + "<e></e></order>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "FORM~{\"a\":{\"b\":null}}~a.b in the data is null, for which a form has no text",
        "FORM~{\"a\":[]}~a in the data is an empty list",
        "FORM~[1]~The data is an array, and a form needs names.",
        "MULTIPART~{\"a\\\"b\":1}~in the data cannot be in a part of a form: it has a double quote",
        "XML~{\"a b\":1}~a b in the data cannot be XML: Expected the name of an element",
        "XML~{\"a\":{\"@b\":[]}}~a.@b in the data cannot be XML: it is no text",
        "XML~{\"a\":\"\\u0001\"}~a in the data cannot be XML: it has the character U+0001",
        "XML~5 6~The event's data cannot be read.",
      })
  void dataThatATypeCannotHoldFailsByItsPlace(
      BodyText.Data.Kind kind, String data, String expected) {
    assertThat(Plans.failed(request(data(kind)), data).sentence()).contains(expected);
  }

  private static BodyText data(BodyText.Data.Kind kind) {
    return new BodyText.Data(kind, XmlNames.DEFAULT);
  }

  @Test
  void theTypeSaysTheContentType() {
    Map<BodyText, String> types =
        Map.of(
            json(new Field("a", "")),
            "application/json",
            form(new Field("a", "")),
            "application/x-www-form-urlencoded",
            xml(new Field("a", "")),
            "application/xml",
            data(BodyText.Data.Kind.XML),
            "application/xml",
            new BodyText.Raw("a"),
            "text/plain; charset=utf-8");
    types.forEach((body, type) ->
        assertThat(Plans.sent(request(body), "{}").head().headers())
            .containsExactly(new Header("Content-Type", type)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "application/xml~The header Content-Type says application/xml, and the body is JSON; the header is sent as it is.",
        "text/plain~The header Content-Type says text/plain, and the body is JSON; the header is sent as it is.",
        "application/json; charset=latin1~The header Content-Type names another character encoding, and the body is sent as UTF-8.",
      })
  void anOddContentTypeIsSentAndTold(String type, String note) {
    RequestPlan plan = Plans.plan(request(json(new Field("a", "")), new Row("content-type", type)));
    assertThat(plan.notes()).containsExactly(note);
    assertThat(((Rendered.Request) plan.render(Plans.facts("{}"))).head().headers())
        .containsExactly(new Header("content-type", type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/vnd.a+json; charset=UTF-8",
        "TEXT/JSON",
        "{{text}}"
      })
  void aFittingContentTypeIsNotTold(String type) {
    assertThat(Plans.plan(request(json(new Field("a", "")), new Row("Content-Type", type))).notes())
        .isEmpty();
  }

  @Test
  void aContentTypeThatCanNeverBeRightIsRefused() {
    BodyText parts =
        new BodyText.Multipart(List.of(new BodyText.FormPart(new Field("a", "{{n}}"), null, null)));
    Row typed = new Row("Content-Type", "multipart/form-data; boundary=x");
    assertThat(flaws(parts, typed)).singleElement().asString().startsWith("Leave out Content-Type");
    assertThat(flaws(data(BodyText.Data.Kind.MULTIPART), typed)).hasSize(1);
    assertThat(flaws(new BodyText.Raw("--x\r\n{{n}}"), typed)).hasSize(1);
    assertThat(flaws(new BodyText.Raw("--x--"), typed)).isEmpty();
    assertThat(flaws(new BodyText.Raw("a"), new Row("Content-Type", "{{t}}"))).hasSize(1);
    assertThat(flaws(new BodyText.Raw("a"), new Row("Content-Type", "text/plain; v={{t}}")))
        .isEmpty();
  }

  @Test
  void retriesOfAMultipartBodyAreTheSameBytes() {
    RequestPlan plan =
        Plans.plan(
            request(
                new BodyText.Multipart(
                    List.of(
                        new BodyText.FormPart(new Field("a", "{{n}}"), "f.txt", "text/plain")))));
    assertThat(plan.headRepeats()).isFalse();
    assertThat(plan.hasHeader("content-type")).isTrue();
    var first = (Rendered.Request) plan.render(Plans.facts(DATA, 1));
    var second = (Rendered.Request) plan.render(Plans.facts(DATA, 2));
    assertThat(Plans.body(first)).isEqualTo(Plans.body(second));
    assertThat(first.head()).isEqualTo(second.head());
  }

  @Test
  void secretsAreMaskedInEveryType() {
    var scope = new Scope("acme", "c", Set.of("key"), null);
    for (BodyText body :
        List.of(
            form(new Field("a", "{{$secret.key}}")),
            new BodyText.FormTemplate("a={{$secret.key}}"),
            xml(new Field("a", "{{$secret.key}}")),
            new BodyText.XmlTemplate("<a b='{{$secret.key}}'/>"),
            new BodyText.Raw("{{$secret.key}}"),
            form(new Field("a", "{\"k\":{{$secret.key}}}", FieldType.JSON)),
            new BodyText.Multipart(
                List.of(new BodyText.FormPart(new Field("a", "{{$secret.key}}"), null, null))))) {
      var ready = (RequestPlan.Compiled.Ready) RequestPlan.compile(request(body), scope);
      Facts plain = Plans.facts(DATA);
      var facts =
          new Facts(
              plain.delivery(),
              plain.event(),
              plain.eventType(),
              plain.occurredAt(),
              plain.attempt(),
              plain.now(),
              plain.data(),
              Map.of("key", "hunter2"));
      var sent = (Rendered.Request) ready.plan().render(facts);
      var made = (Rendered.Body.Made) sent.body();
      assertThat(new String(made.bytes(), StandardCharsets.UTF_8)).contains("hunter2");
      assertThat(new String(made.shown(), StandardCharsets.UTF_8))
          .contains("***")
          .doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A: 1|B: 2~A=1,B=2",
        " A : 1 | B:2 |~A=1,B=2",
        "A: x\\|y~A=x|y",
        "A: x\\\\|B: 2~A=x\\,B=2",
        "A: x\\\\\\|y~A=x\\|y",
        "A: c:\\dir\\~A=c:\\dir\\",
        "A: {{x | upper}}|B: {{y ?? \"|\"}}~A={{x | upper}},B={{y ?? \"|\"}}",
        "A:|B: a:b~A=,B=a:b",
        "Host: x|A: 1|content-LENGTH: 0|Connection: close~A=1",
      })
  void headersComeAsOneText(String text, String expected) {
    var faults = new Faults();
    HeaderText.Pasted pasted = HeaderText.read(text, "/headers", faults);
    assertThat(faults.list()).isEmpty();
    assertThat(
            String.join(
                ",", pasted.rows().stream().map(row -> row.name() + "=" + row.value()).toList()))
        .isEqualTo(expected);
    assertThat(pasted.notes()).hasSize(text.startsWith("Host") ? 3 : 0);
  }

  @Test
  void whatIsNoHeaderIsRefusedWithoutQuotingIt() {
    var faults = new Faults();
    var _ = HeaderText.read("A: 1\nsecret-token|: x", "/headers", faults);
    assertThat(faults.list()).extracting(Fault::at).containsExactly("/headers", "/headers");
    assertThat(faults.list().getFirst().detail())
        .startsWith("Line 2, column 1: Expected a header like Name: value")
        .doesNotContain("secret-token");
  }
}
