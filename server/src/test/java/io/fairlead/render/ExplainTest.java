package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fairlead.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainTest {
  @Test
  void eachTokenTellsWhereItsValueCameFrom() {
    var text =
        new RequestText(
            Method.POST,
            "https://h.example/{{id}}",
            List.of(new Row("X-Event", "{{$event.type}}")),
            List.of(new Row("q", "a {{customer.name}}")),
            new BodyText.JsonTemplate("{\"a\": {{lines}}}"));
    Facts facts = Plans.facts("{\"id\":7,\"customer\":{\"name\":\"Ada\"},\"lines\":[1]}");
    RequestPlan plan = Plans.plan(text);
    Explained explained = plan.explain(facts);
    assertThat(explained.rendered()).isInstanceOf(Rendered.Request.class);
    assertThat(explained.tokens())
        .containsExactly(
            new TokenUse("{{id}}", "/url", "the URL's path", "the event's data at id", "7"),
            new TokenUse(
                "{{customer.name}}",
                "/query/0/value",
                "query parameter q",
                "the event's data at customer.name",
                "Ada"),
            new TokenUse(
                "{{$event.type}}",
                "/headers/0/value",
                "header X-Event",
                "$event.type",
                "invoice.paid"),
            new TokenUse(
                "{{lines}}",
                "/body/template",
                "the JSON body at line 1, column 7",
                "the event's data at lines",
                "[1]"));
  }

  @Test
  void inALoopEachTurnIsToldWithItsPlaceInTheData() {
    RequestPlan plan =
        Plans.plan(
            Plans.template(
                "[{{#each lines}}{{sku | lower}},{{$index}},{{none?}},{{$root.id ?? 7}}{{/each}}]"));
    Explained explained =
        plan.explain(Plans.facts("{\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}"));
    assertThat(explained.tokens())
        .extracting(TokenUse::source, TokenUse::value)
        .containsExactly(
            tuple("the event's data at lines[0].sku", "\"a\""),
            tuple("$index", "0"),
            tuple("absent", "null"),
            tuple("the default", "7"),
            tuple("the event's data at lines[1].sku", "\"b\""),
            tuple("$index", "1"),
            tuple("absent", "null"),
            tuple("the default", "7"));
  }

  @Test
  void afterAFailureTheOtherTokensAreToldToo() {
    var text =
        new RequestText(
            Method.POST,
            "https://h.example/{{A}}",
            List.of(new Row("X-B", "{{b}}")),
            List.of(new Row("q", "{{q?}}")),
            new BodyText.JsonTemplate("[{{#each c}}1{{/each}},{{d}}]"));
    RequestPlan plan = Plans.plan(text);
    Explained explained =
        plan.explain(
            new Facts(
                2,
                1,
                "t",
                0,
                1,
                0,
                Data.adapted(Json.object().put("a", "x").put("b", "y".repeat(300)).build()),
                Map.of()));
    assertThat(explained.rendered())
        .isInstanceOfSatisfying(
            Rendered.Failed.class,
            failed -> assertThat(failed.sentence()).contains("did you mean a?"));
    assertThat(explained.tokens())
        .containsExactly(
            new TokenUse("{{A}}", "/url", "the URL's path", "the adaptor's output at A", null),
            new TokenUse("{{q?}}", "/query/0/value", "query parameter q", "absent", ""),
            new TokenUse(
                "{{b}}",
                "/headers/0/value",
                "header X-B",
                "the adaptor's output at b",
                "y".repeat(200) + "…"),
            new TokenUse(
                "{{d}}",
                "/body/template",
                "the JSON body at line 1, column 24",
                "the adaptor's output at d",
                null));
  }
}
