package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
