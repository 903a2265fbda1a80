package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import io.fairlead.http.Header;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPlanTest {
  private static final BodyText EMPTY_FIELDS = new BodyText.JsonFields(List.of());

  private static RequestText request(Method method, BodyText body, Row... headers) {
    return new RequestText(method, "https://h.example/", List.of(headers), List.of(), body);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void withoutABodyTheMethodDecides(Method method) {
    Rendered.Request sent = Plans.sent(request(method, BodyText.ByMethod.BY_METHOD), "{}");
    boolean event = List.of(Method.POST, Method.PUT, Method.PATCH).contains(method);
    assertThat(sent.body()).isEqualTo(event ? Rendered.Body.Event.EVENT : Rendered.Body.None.NONE);
    assertThat(sent.head().headers())
        .isEqualTo(event ? List.of(new Header("Content-Type", "application/json")) : List.of());
  }

  @Test
  void noneIsNone() {
    Rendered.Request sent = Plans.sent(request(Method.POST, BodyText.None.NONE), "{}");
    assertThat(sent.body()).isEqualTo(Rendered.Body.None.NONE);
    assertThat(sent.head().headers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"GET", "HEAD"})
  void aBodyWhereThereIsNoneIsRefused(Method method) {
    assertThat(Plans.faults(request(method, new BodyText.JsonTemplate("{}"))))
        .containsExactly(
            Fault.at("/body", "A %s request has no body; leave it out.".formatted(method)));
    assertThat(Plans.faults(request(method, EMPTY_FIELDS))).hasSize(1);
  }

  @Test
  void theAuthorsContentTypeWins() {
    Rendered.Request sent =
        Plans.sent(
            request(
                Method.POST,
                new BodyText.JsonTemplate("[]"),
                new Row("content-TYPE", "application/vnd.api+json")),
            "{}");
    assertThat(sent.head().headers())
        .containsExactly(new Header("content-TYPE", "application/vnd.api+json"));
  }

  @Test
  void aRequestWithoutTokensIsMadeOnce() {
    RequestPlan plan = Plans.plan(request(Method.POST, new BodyText.JsonTemplate("{\"a\": 1}")));
    assertThat(plan.headRepeats()).isTrue();
    assertThat(plan.render(Plans.facts("not even JSON")))
        .isSameAs(plan.render(Plans.facts("{}", 2)));
  }

  @Test
  void aHeadWithoutTokensIsMadeOnce() {
    RequestPlan plan = Plans.plan(Plans.template("{{v}}"));
    assertThat(plan.headRepeats()).isTrue();
    var first = (Rendered.Request) plan.render(Plans.facts("{\"v\":1}"));
    var second = (Rendered.Request) plan.render(Plans.facts("{\"v\":2}"));
    assertThat(first.head()).isSameAs(second.head());
    assertThat(first.shown()).isSameAs(first.head());
    assertThat(Plans.plan(Plans.header("{{$attempt}}")).headRepeats()).isFalse();
  }

  @Test
  void headersOfThePlanAreFoundInAnyCase() {
    RequestPlan plan =
        Plans.plan(request(Method.POST, BodyText.ByMethod.BY_METHOD, new Row("User-agent", "x")));
    assertThat(plan.hasHeader("USER-AGENT")).isTrue();
    assertThat(plan.hasHeader("content-type")).isTrue();
    assertThat(plan.hasHeader("webhook-id")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "EXPECT"})
  void computedHeadersAreRefused(String name) {
    assertThat(Plans.faults(request(Method.POST, EMPTY_FIELDS, new Row(name, "x"))))
        .containsExactly(
            Fault.at(
                "/headers/0/name",
                "The header %s is computed from the request and cannot be set.".formatted(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Connection", "keep-alive", "Proxy-Connection", "TE", "Trailer", "Upgrade"})
  void headersOfTheConnectionAreRefused(String name) {
    assertThat(Plans.faults(request(Method.POST, EMPTY_FIELDS, new Row(name, "x"))))
        .containsExactly(
            Fault.at(
                "/headers/0/name",
                "The header %s belongs to the connection and cannot be set.".formatted(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "é", "a\r\nb", "a\u0000", "{{a}}", "a(b)", "\"a\""})
  void wrongHeaderNamesAreRefused(String name) {
    assertThat(Plans.faults(request(Method.POST, EMPTY_FIELDS, new Row(name, "x"))))
        .singleElement()
        .satisfies(fault -> assertThat(fault.at()).isEqualTo("/headers/0/name"));
  }

  @Test
  void someHeadersStandOnce() {
    assertThat(
            Plans.faults(
                request(
                    Method.POST,
                    EMPTY_FIELDS,
                    new Row("Authorization", "a"),
                    new Row("X-A", "a"),
                    new Row("X-A", "b"),
                    new Row("AUTHORIZATION", "b"))))
        .containsExactly(
            Fault.at("/headers/3/name", "The header AUTHORIZATION may stand once only."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\u0000", "\u007f", "é", "😀", " a", "a\t", "\ud800"})
  void headerTextThatWouldNotArriveIsRefused(String value) {
    assertThat(Plans.faults(Plans.header(value)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.at()).isEqualTo("/headers/0/value"));
    String data =
        "{\"v\":%s}".formatted(io.fairlead.json.JsonWriter.text(io.fairlead.json.Json.of(value)));
    Rendered.Failed failed = Plans.failed(Plans.header("{{v}}"), data);
    assertThat(failed.place()).isEqualTo("header X-Value");
    assertThat(failed.sentence()).contains("header X-Value");
  }

  @Test
  void blanksInsideAHeaderArrive() {
    assertThat(
            Plans.sent(Plans.header("a{{v}}b"), "{\"v\":\" \\t \"}")
                .head()
                .headers()
                .getFirst()
                .value())
        .isEqualTo("a \t b");
    assertThat(
            Plans.sent(Plans.header("{{v}}"), "{\"v\":\"\"}").head().headers().getFirst().value())
        .isEmpty();
  }

  @Test
  void aHeaderHasAnEnd() {
    assertThat(
            Plans.failed(Plans.header("{{v}}"), "{\"v\":\"" + "x".repeat(16_385) + "\"}")
                .sentence())
        .isEqualTo("{{v}} in header X-Value: with this value it is longer than 16,384 characters.");
    assertThat(
            Plans.failed(Plans.header("{{v}}bc"), "{\"v\":\"" + "x".repeat(16_383) + "\"}")
                .sentence())
        .isEqualTo("Header X-Value is longer than 16,384 characters.");
  }

  @Test
  void tokensInJsonText() {
    String data =
        """
        {"s":"a\\"b\\\\c\\nd\\u2028","n":1.10,"big":12345678901234567890.0,"t":true,"z":null,
         "o":{"b":1,"a":[2,"x"]},"e":"😀","inner":"{{n}}"}
        """;
    Map<String, String> table =
        Map.ofEntries(
            Map.entry("{\"k\": {{s}}}", "{\"k\": \"a\\\"b\\\\c\\nd\\u2028\"}"),
            Map.entry("{\"k\": \"<{{s}}>\"}", "{\"k\": \"<a\\\"b\\\\c\\nd\\u2028>\"}"),
            Map.entry("{\"k\":{{n}},\"b\":{{big}}}", "{\"k\":1.10,\"b\":12345678901234567890.0}"),
            Map.entry("{\"k\":\"{{n}}\"}", "{\"k\":\"1.10\"}"),
            Map.entry("[{{t}},\"{{t}}\",{{z}}]", "[true,\"true\",null]"),
            Map.entry("{\"a\":{\"b\":{{o}}}}", "{\"a\":{\"b\":{\"b\":1,\"a\":[2,\"x\"]}}}"),
            Map.entry("{{o.a[1]}}", "\"x\""),
            Map.entry("{{e}}", "\"😀\""),
            Map.entry("\"{{inner}}\"", "\"{{n}}\""),
            Map.entry("{{$attempt}}", "1"),
            Map.entry("[\"{{$tenant.id}}\",{{$connector.name}}]", "[\"acme\",\"Billing\"]"),
            Map.entry(" {\"a\" :\t\"\\u00e9\\/\" }\n", " {\"a\" :\t\"\\u00e9\\/\" }\n"),
            Map.entry("{\"a\":{\"b\":{}}}", "{\"a\":{\"b\":{}}}"),
            Map.entry("[-0.5e+10, 0, 1E2]", "[-0.5e+10, 0, 1E2]"));
    table.forEach((template, body) ->
        assertThat(Plans.body(Plans.template(template), data)).as(template).isEqualTo(body));
  }

  @Test
  void objectsAndNullInsideAJsonStringFail() {
    assertThat(Plans.failed(Plans.template("{\"k\":\n \"{{z}}\"}"), "{\"z\":null}").sentence())
        .isEqualTo(
            "{{z}} in the JSON body at line 2, column 3: the value is null, and text is needed.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|column 1: Expected a JSON value, but found the end.",
        "{|Expected a member's name in quotes or }, but found the end.",
        "{\"a\"}|column 5: Expected :, but found }.",
        "{\"a\":}|column 6: Expected a JSON value, but found }.",
        "{\"a\":1,}|column 8: Expected a member's name in quotes, but found }.",
        "{\"a\":1 \"b\":2}|column 8: Expected , or }, but found \".",
        "{a:1}|column 2: Expected a member's name in quotes or }, but found a.",
        "{\"a\":1,\"\\u0061\":2}|column 8: Expected a name that is not in this object already.",
        "{{{k}}:1}|Expected a name; a token has two braces",
        "{ {{k}}:1}|column 3: Expected a member's name in quotes; tokens may not be names.",
        "{\"a\":1,{{k}}:1}|column 8: Expected a member's name in quotes; tokens may not be names.",
        "{\"a{{k}}\":1}|column 4: Expected a member's name without tokens",
        "{ {{#each a}}\"b\":1{{/each}} }|Expected no #each in an object",
        "[1,]|column 4: Expected a JSON value, but found ].",
        "[1 2]|column 4: Expected , or ], but found 2.",
        "[{{a}}{{b}}]|column 7: Expected , or ], but found {.",
        "[1{{b}}]|column 3: Expected the end of the number, but found {.",
        "[{{b}}1]|column 7: Expected , or ], but found 1.",
        "[01]|Expected the end of the number, but found 1.",
        "[1.]|Expected a digit, but found ].",
        "[-]|Expected a digit, but found ].",
        "[1e]|Expected a digit, but found ].",
        "[tru]|Expected a JSON value, but found t.",
        "[NaN]|Expected a JSON value, but found N.",
        "['a']|Expected a JSON value, but found '.",
        "[\"a]|column 2: Expected \" to close the string that begins here.",
        "[\"\\x\"]|column 4: Expected one of \" \\ / b f n r t u after a backslash, but found x.",
        "[\"\\u12g4\"]|column 7: Expected four hexadecimal digits after \\u, but found g.",
        "[\"{{a\"]|column 3: Expected }} to close the token that begins here.",
        "[\"{{a!}}\"]|Expected ., [, ?, | or }} after a, but found !.",
        "1 2|column 3: Expected the end after the JSON value, but found 2.",
        "{{a}} {{b}}|column 7: Expected the end after the JSON value, but found {.",
      })
  void aTemplateThatCouldComeOutBrokenIsRefused(String template, String expected) {
    assertThat(Plans.faults(Plans.template(template)))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.at()).isEqualTo("/body/template");
          assertThat(fault.detail()).contains(expected);
        });
  }

  @Test
  void rawControlCharactersHalfSurrogatesAndDepthAreRefused() {
    assertThat(Plans.faults(Plans.template("[\"a\nb\"]"))).hasSize(1);
    assertThat(Plans.faults(Plans.template("[\"\ud800\"]"))).hasSize(1);
    assertThat(Plans.faults(Plans.template("[".repeat(300) + "]".repeat(300))))
        .singleElement()
        .satisfies(fault -> assertThat(fault.detail()).contains("no deeper nesting than 200"));
    assertThat(Plans.faults(Plans.template("[".repeat(100_000)))).hasSize(1);
  }

  @Test
  void fieldsMakeAnObject() {
    String data = "{\"a\":1.50,\"o\":{\"x\":[]},\"z\":null,\"s\":\"\\\"\"}";
    assertThat(
            Plans.body(
                Plans.fields(
                    new Field("title", "Invoice {{a}} {{s}}"),
                    new Field("address.city", "{{s}}"),
                    new Field("lines[1].sku", "B"),
                    new Field("lines[0].sku", "{{a}}"),
                    new Field("address.zip", " {{a}}"),
                    new Field("[\"a.b\"]", "{{z}}"),
                    new Field("first name[\"x\"]", "{{o}}"),
                    new Field("m[0][0]", ""),
                    new Field("quote\"", "a\"\\\n")),
                data))
        .isEqualTo(
            "{\"title\":\"Invoice 1.50 \\\"\",\"address\":{\"city\":\"\\\"\",\"zip\":\" 1.50\"},"
                + "\"lines\":[{\"sku\":1.50},{\"sku\":\"B\"}],\"a.b\":null,"
                + "\"first name\":{\"x\":{\"x\":[]}},\"m\":[[\"\"]],\"quote\\\"\":\"a\\\"\\\\\\n\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|a|1|There is a field of this name already.",
        "a|a.b|1|Another field has made this name a value.",
        "a.b|a|1|Another field has made this name an object.",
        "a.b|a[0]|1|Another field has made this name an object.",
        "a[0]|a.b|1|Another field has made this name a list.",
        "a[0].b|a[0].b|1|There is a field of this name already.",
        "a[0]|a[2]|1|A list has no gaps: item [1] is missing before [2].",
        "a[1]|b|0|A list has no gaps: item [0] is missing before [1].",
        "a|[0]|1|begins with a member",
        "a|.b|1|Expected a name like title",
        "a|b.|1|Expected a name like title",
        "a|b..c|1|Expected a name like title",
        "a|b[|1|Expected a name like title",
        "a|b[x]|1|Expected a name like title",
        "a|b[-1]|1|Expected a name like title",
        "a|b]|1|Expected a name like title",
        "a|b[0]c|1|Expected a name like title",
        "a|b[99999]|1|Expected a name like title",
        "a|{{b}}|1|Tokens may not stand in names.",
      })
  void fieldNamesThatDoNotFitAreRefused(String first, String second, int at, String expected) {
    assertThat(Plans.faults(Plans.fields(new Field(first, "1"), new Field(second, "2"))))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.at()).isEqualTo("/body/fields/" + at + "/name");
          assertThat(fault.detail()).contains(expected);
        });
  }

  @Test
  void aBodyHasAnEnd() {
    String half = "\"" + "x".repeat(600_000) + "\"";
    assertThat(Plans.failed(Plans.template("[{{v}},{{v}}]"), "{\"v\":" + half + "}").sentence())
        .isEqualTo(
            "{{v}} in the JSON body at line 1, column 8: with this value it is longer than 1,048,576"
                + " characters.");
    String wide = "\"" + "é".repeat(600_000) + "\"";
    assertThat(Plans.failed(Plans.template("{{v}}"), "{\"v\":" + wide + "}").sentence())
        .isEqualTo("The body is longer than 1,048,576 bytes.");
    assertThat(Plans.faults(Plans.template("[{{v}},\"" + "é".repeat(600_000) + "\"]"))).hasSize(1);
  }

  @Test
  void everyFaultIsToldAtOnce() {
    var text =
        new RequestText(
            Method.GET,
            "https://h.example/{{a",
            List.of(new Row("Host", "x"), new Row("X-A", "{{}}")),
            List.of(new Row("q", "{{?}}"), new Row("{{n}}", "\ud800")),
            new BodyText.JsonFields(List.of(new Field("a", "{{|}}"), new Field("a.b", "x"))));
    assertThat(Plans.faults(text).stream().map(Fault::at))
        .containsExactlyInAnyOrder(
            "/url",
            "/headers/0/name",
            "/headers/1/value",
            "/query/0/value",
            "/query/1/name",
            "/query/1/value",
            "/body",
            "/body/fields/0/value",
            "/body/fields/1/name");
  }
}
