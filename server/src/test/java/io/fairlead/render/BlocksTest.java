package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
  private static final String DATA =
      """
      {"name":"Ada","lines":[{"sku":"A","n":1,"tags":["x","y"]},{"sku":"B\\"<&","n":2,"tags":[]}],
       "none":null,"no":false,"empty":"","zero":0,"list":[],"object":{},"words":["a","b"],
       "member":{"a":1}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{{#each lines}}{\"sku\": {{sku}}}{{/each}}]|[{\"sku\": \"A\"},{\"sku\": \"B\\\"<&\"}]",
        "[{{#each lines}}{{sku}}, {{n}}{{/each}}]|[\"A\",1,\"B\\\"<&\",2]",
        "[{{#each lines}}{{sku}},{{/each}}]|[\"A\",\"B\\\"<&\"]",
        "[0{{#each lines}},{{n}}{{/each}}]|[0,1,2]",
        "[0, {{#each lines}}{{n}}{{/each}}, 3]|[0,1,2,3]",
        "[0 {{#each lines}}{{n}}{{/each}} 3]|[0,1,2,3]",
        "[0,{{#each list}}1{{/each}}]|[0]",
        "[{{#each list}}1{{/each}},{{#each list}}1{{/each}}]|[]",
        "[{{#each lines}}[{{#each tags}}{{$item}}{{/each}}]{{/each}}]|[[\"x\",\"y\"],[]]",
        "[{{#each lines}}{{$root.name}},{{$index}},{{$first}},{{$last}}{{/each}}]|[\"Ada\",0,true,false,\"Ada\",1,false,true]",
        "[{{#each words}}{{$item}}{{/each}}]|[\"a\",\"b\"]",
        "`[{{#each $root.words}}{{$item | upper}}{{/each}}]`|[\"A\",\"B\"]",
        "[{{#each absent?}}1{{/each}}]|[]",
        "[{{#each none?}}1{{/each}}]|[]",
        "[{{#each lines}}{{absent ?? 7}}{{/each}}]|[7,7]",
        "{\"a\":1{{#if name}},\"b\":{{name}}{{/if}}}|{\"a\":1,\"b\":\"Ada\"}",
        "{{{#if absent}}\"a\":1{{#else}}\"b\":2{{/if}}}|-",
        "{ {{#if absent}}\"a\":1{{#else}}\"b\":2{{/if}} }|{\"b\":2}",
        "{ {{#if absent}}\"a\":1{{/if}}, {{#if name}}\"b\":2, \"c\":3{{/if}}, \"d\":4 }|{\"b\":2,\"c\":3,\"d\":4}",
        "{ {{#if name}}\"a\":1{{#else}}\"a\":2{{/if}} }|{\"a\":1}",
        "{\"a\":{{#if name}}{\"x\":1}{{#else}}[]{{/if}}}|{\"a\":{\"x\":1}}",
        "{\"a\": {{#if absent}}1{{#else}}{{name}}{{/if}} }|{\"a\": \"Ada\" }",
        "\"{{#each lines}}{{sku}}{{#if $last}}{{#else}}, {{/if}}{{/each}}\"|\"A, B\\\"<&\"",
        "{\"a\":\"x{{#if absent}}y{{/if}}z\"}|{\"a\":\"xz\"}",
        "[{{#if name}}{{#each words}}{{#if $first}}{{$item}}{{/if}}{{/each}}{{/if}}]|[\"a\"]",
      })
  void inJson(String template, String expected) {
    if (expected.equals("-")) {
      assertThat(Plans.faults(Plans.template(template))).isNotEmpty();
    } else {
      assertThat(Plans.body(Plans.template(template), DATA)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "name,true",
    "absent,false",
    "none,false",
    "no,false",
    "empty,false",
    "zero,true",
    "list,false",
    "object,false",
    "lines,true",
    "member,true",
    "member.b,false",
    "lines[5],false",
    "$root,true"
  })
  void whatIsTrue(String subject, boolean expected) {
    String template = "{{#if " + subject + "}}true{{#else}}false{{/if}}";
    assertThat(Plans.body(Plans.template(template), DATA)).isEqualTo(String.valueOf(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{{#each lines}}1]|column 2: Expected {{/each}} to close the block that begins here",
        "[{{#if lines}}1]|column 2: Expected {{/if}} to close the block that begins here",
        "[{{#if lines}}1{{/each}}]|column 2: Expected {{/if}} to close the block that begins here, but found {{/each}}.",
        "[{{#if a}}1{{#else}}2{{#else}}3{{/if}}]|column 2: Expected {{/if}} to close the block that begins here, but found {{#else}}.",
        "[{{#each a}}1{{#else}}2{{/each}}]|column 2: Expected {{/each}} to close the block that begins here, but found {{#else}}.",
        "[1{{/if}}]|column 3: Expected no {{/if}} here: no block is open that it belongs to.",
        "{\"a\":{{#if b}}1{{/if}}}|column 6: Expected one value, {{#else}}, another value and {{/if}}",
        "{\"a\":{{#each b}}1{{/each}}}|column 6: Expected one value here: #each stands inside of [ ].",
        "{ {{#each a}}\"b\":1{{/each}} }|column 3: Expected no #each in an object: its members would have the same names.",
        "{\"b\":1,{{#if a}}\"b\":1{{/if}}}|column 17: Expected a name that is not in this object already.",
        "{ {{#if a}}\"b\":1{{/if}},\"b\":1}|column 25: Expected a name that is not in this object already.",
        "[{{#if a}}\"x\"{{#else}}]{{/if}}]|column 2: Expected {{/if}} to close the block",
        "[{{#if a}}1 2{{/if}}]|column 13: Expected , or ], but found 2.",
        "[1,,{{#if a}}1{{/if}}]|column 4: Expected a JSON value, but found ,.",
        "[\"{{#if a}}x\"{{/if}}]|column 3: Expected {{/if}} to close the block that begins here, but found the end.",
        "[{{#if}}1{{/if}}]|column 7: Expected a name, but found }}.",
        "[{{#if $now}}1{{/if}}]|column 8: Expected a name in the data: #if looks at data only.",
        "[{{#if a == \"b\"}}1{{/if}}]|column 10: Expected }} after a, but found =.",
        "[{{#each $index}}1{{/each}}]|column 10: Expected no $index here: it stands inside of #each.",
        "[{{#each $secret.a}}1{{/each}}]|column 10: Expected no $secret here",
        "[{{#unless a}}1{{/unless}}]|column 4: Expected #if, #each or #else.",
        "[{{#each a}}1{{/for}}]|column 16: Expected /if or /each.",
        "[{{$item}}]|column 4: Expected no $item here: it stands inside of #each.",
        "[{{#if a}}1{{else}}2{{/if}}]|column 12: Expected {{#else}}; data of that name is written",
      })
  void whatDoesNotFitIsRefused(String template, String expected) {
    assertThat(Plans.faults(Plans.template(template)))
        .as(template)
        .first()
        .satisfies(fault -> assertThat(fault.detail()).contains(expected));
  }

  @Test
  void blocksHaveADepth() {
    String eight = "[" + "{{#if a}}".repeat(8) + "1" + "{{/if}}".repeat(8) + "]";
    String nine = "[" + "{{#if a}}".repeat(9) + "1" + "{{/if}}".repeat(9) + "]";
    assertThat(Plans.faults(Plans.template(eight))).isEmpty();
    assertThat(Plans.faults(Plans.template(nine)).getFirst().detail())
        .contains("no more than 8 blocks in one another");
  }

  @Test
  void blocksStandInBodiesOnly() {
    assertThat(Plans.faults(Plans.header("{{#if a}}x{{/if}}")).getFirst().detail())
        .contains("#if and #each stand in the template of a body only");
    assertThat(Plans.faults(Plans.fields(new Field("a", "{{#each b}}x{{/each}}", null))))
        .isNotEmpty();
    assertThat(Plans.faults(Plans.url("https://h.example/{{#if a}}x{{/if}}"))).isNotEmpty();
  }

  @Test
  void whatCannotBeRunOverFailsByName() {
    assertThat(Plans.failed(Plans.template("[{{#each line}}1{{/each}}]"), DATA).sentence())
        .isEqualTo(
            "{{#each line}} in the JSON body at line 1, column 2: the data has no line; did you"
                + " mean lines?");
    assertThat(Plans.failed(Plans.template("[{{#each name}}1{{/each}}]"), DATA).sentence())
        .endsWith("the value is a string, and a list is needed.");
    assertThat(Plans.failed(Plans.template("[{{#each none}}1{{/each}}]"), DATA).sentence())
        .endsWith("the value is null, and a list is needed.");
    assertThat(Plans.failed(Plans.template("[{{#each lines}}{{SKU}}{{/each}}]"), DATA).sentence())
        .endsWith("lines[0] has no SKU; did you mean sku?");
  }

  @Test
  void loopsEndWhateverTheData() {
    String many = "{\"a\":[" + "0,".repeat(20_000) + "0],\"big\":\"" + "x".repeat(900_000) + "\"}";
    String idle = "{{#each $root.a}}".repeat(7) + "{{#if $root.b}}1{{/if}}" + "{{/each}}".repeat(7);
    assertThat(Plans.failed(Plans.template("[" + idle + "]"), many).sentence())
        .contains("there is too much to do for one request");
    String busy = "[{{#each a}}{{$root.big | sha256 | substring:0,0}}{{/each}}]";
    assertThat(Plans.failed(Plans.template(busy), many).sentence())
        .contains("there is too much to do for one request");
    String wide = "[{{#each a}}{{$root.a}}{{/each}}]";
    assertThat(Plans.failed(Plans.template(wide), many).sentence())
        .contains("longer than 1,048,576");
    String text = "[{{#each a}}\"" + "x".repeat(1_000) + "\"{{/each}}]";
    assertThat(Plans.failed(Plans.template(text), many).sentence())
        .contains("longer than 1,048,576");
  }

  @Test
  void inXmlFormsAndRawText() {
    String url = "https://h.example/";
    var xml =
        new BodyText.XmlTemplate(
            "<r>{{#each lines}}<l n=\"{{n}}\">{{sku}}</l>{{/each}}"
                + "{{#if absent}}<a/>{{#else}}<b c=\"{{#if name}}1{{/if}}\"/>{{/if}}</r>");
    assertThat(Plans.body(Plans.request(url, xml), DATA))
        .isEqualTo("<r><l n=\"1\">A</l><l n=\"2\">B&quot;&lt;&amp;</l><b c=\"1\"/></r>");
    var form =
        new BodyText.FormTemplate(
            "a=1{{#each lines}}&sku={{sku}}{{/each}}{{#if absent}}&b=2{{/if}}");
    assertThat(Plans.body(Plans.request(url, form), DATA)).isEqualTo("a=1&sku=A&sku=B%22%3C%26");
    var raw = new BodyText.Raw("{{#each lines}}{{n}};{{/each}}");
    assertThat(Plans.body(Plans.request(url, raw), DATA)).isEqualTo("1;2;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<r>{{#if a}}<b>{{/if}}</b></r>|Expected </b> before the block ends",
        "<r><b>{{#if a}}</b>{{/if}}</r>|Expected {{/if}} to close the block",
        "<r {{#if a}}b=\"1\"{{/if}}/>|Expected no token here",
        "<r b=\"{{#if a}}1\"{{/if}}/>|Expected {{/if}} to close the block",
        "<r>{{/if}}</r>|Expected no {{/if}} here",
        "<r>{{#each a}}1</r>|Expected {{/each}} to close the block",
        "{{#if a}}<r/>{{/if}}|Expected an element",
      })
  void whatWouldBreakXmlIsRefused(String template, String expected) {
    var text = Plans.request("https://h.example/", new BodyText.XmlTemplate(template));
    assertThat(Plans.faults(text))
        .as(template)
        .first()
        .satisfies(fault -> assertThat(fault.detail()).contains(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{{#if b}}=1{{/if}}|Expected a block around whole pairs",
        "a=1{{#each b}}&c{{/each}}|Expected a block around whole pairs",
        "a=1{{#if b}}&c=1{{#else}}&d{{/if}}|Expected a block around whole pairs",
        "a{{#if b}}{{c}}{{/if}}=1|Expected a name and = before the token",
      })
  void whatWouldBreakAFormIsRefused(String template, String expected) {
    var text = Plans.request("https://h.example/", new BodyText.FormTemplate(template));
    assertThat(Plans.faults(text))
        .as(template)
        .first()
        .satisfies(fault -> assertThat(fault.detail()).contains(expected));
  }
}
