package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Templates and data made at random: what is saved renders to well-formed JSON or to a sentence,
/// and what is not saved is refused with a sentence, never with an exception.
class HostileBlocksTest {
  private static final List<String> SCRAPS =
      List.of(
          "{{#each l}}",
          "{{/each}}",
          "{{#if a}}",
          "{{#else}}",
          "{{/if}}",
          "{{a}}",
          "{{$item}}",
          "{{b?}}",
          "{{c ?? 1}}",
          "{{a | json}}",
          "{{$root.a}}",
          "{{",
          "}}",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\"a\"",
          "\"b\":",
          "1",
          "null",
          " ",
          "\\",
          "{{#each $root}}",
          "{{else}}",
          "{{#if",
          "{{$index}}",
          "{{a | date:\"x\"}}",
          "{{$secret.a}}",
          "-",
          "tr",
          "\u0000");

  private final Random random = new Random(20_260_304L);
  private final JsonReader reader = new JsonReader();

  private static void rendersOrRefuses(String template, String data, JsonReader reader) {
    switch (RequestPlan.compile(Plans.template(template), Scope.of("acme", "Billing"))) {
      case RequestPlan.Compiled.Faulty(var faults) ->
          assertThat(faults)
              .as(template)
              .isNotEmpty()
              .allSatisfy(
                  fault -> assertThat(fault.detail()).matches("Line \\d+, column \\d+: [^\\n]+"));
      case RequestPlan.Compiled.Ready(var plan) -> {
        switch (plan.render(Plans.facts(data))) {
          case Rendered.Request request ->
              assertThat(reader.read(Plans.body(request)))
                  .as("%s with %s gives %s", template, data, Plans.body(request))
                  .isInstanceOf(JsonReader.Result.Read.class);
          case Rendered.Failed(String token, String place, String sentence) ->
              assertThat(sentence).as(template).contains(place).contains(token);
        }
        assertThat(plan.explain(Plans.facts(data)).rendered()).isNotNull();
      }
    }
  }

  @Test
  void scrapsOfTemplates() {
    for (int i = 0; i < 20_000; i++) {
      var template = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        template.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
      }
      rendersOrRefuses(template.toString(), "{\"a\":\"x\",\"l\":[1,\"\\\"\"]}", reader);
      var text = TemplateText.of(template.toString(), "/x", "x", Scope.of("t", "c"));
      assertThat(TemplateParser.parse(text)).isNotNull();
      var xml = TemplateText.of("<r>" + template + "</r>", "/x", "x", Scope.of("t", "c"));
      assertThat(XmlTemplate.read(xml)).isNotNull();
      var form = TemplateText.of("a=" + template, "/x", "x", Scope.of("t", "c"));
      assertThat(FormTemplate.read(form)).isNotNull();
    }
  }

  @Test
  void templatesThatAreRight() {
    List<String> texts = HostileTexts.values(random);
    int sent = 0;
    for (int i = 0; i < 4_000; i++) {
      String template = value(3, false);
      String data = JsonWriter.text(data(texts));
      RequestText text = Plans.template(template);
      assertThat(Plans.faults(text)).as(template).isEmpty();
      rendersOrRefuses(template, data, reader);
      sent += Plans.plan(text).render(Plans.facts(data)) instanceof Rendered.Request ? 1 : 0;
    }
    assertThat(sent).isGreaterThan(2_000);
  }

  private Json data(List<String> texts) {
    var list = new ArrayList<Json>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(
          Json.object().put("a", texts.get(random.nextInt(texts.size()))).put("l", EMPTY).build());
    }
    Json.Builder data = Json.object().put("a", texts.get(random.nextInt(texts.size())));
    return data.put("l", Json.array(list)).build();
  }

  private static final JsonArray EMPTY = new JsonArray(List.of());

  private String value(int depth, boolean inLoop) {
    return switch (random.nextInt(depth <= 0 ? 4 : 8)) {
      case 0 -> "{{a}}";
      case 1 -> "{{b?}}";
      case 2 -> "\"x{{a ?? \"none\"}}{{#if a}}{{a | upper}}{{#else}}\\\"{{/if}}\"";
      case 3 -> inLoop ? "{{$item}}" : "{{$root.a | size}}";
      case 4 -> "{{#if l}} " + value(depth - 1, inLoop) + " {{#else}} 0 {{/if}}";
      case 5 -> object(depth, inLoop);
      default -> "[" + items(depth, inLoop) + "]";
    };
  }

  private String items(int depth, boolean inLoop) {
    var out = new StringBuilder();
    boolean wantsComma = false;
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean block = depth > 0 && random.nextInt(3) == 0;
      if (wantsComma && (!block || random.nextBoolean())) {
        out.append(',');
      }
      wantsComma = true;
      if (!block) {
        out.append(value(depth - 1, inLoop));
      } else if (random.nextBoolean()) {
        out.append("{{#each l}}").append(items(depth - 1, true)).append("{{/each}}");
      } else {
        out.append("{{#if a}}").append(items(depth - 1, inLoop)).append("{{#else}}1{{/if}}");
      }
    }
    return out.toString();
  }

  private String object(int depth, boolean inLoop) {
    return "{\"a\":"
        + value(depth - 1, inLoop)
        + (random.nextBoolean() ? "" : "{{#if l}},\"b\":" + value(depth - 1, inLoop) + "{{/if}}")
        + (random.nextBoolean() ? "" : ",{{#if b}}{{#else}}\"c\": 1{{/if}}")
        + "}";
  }
}
