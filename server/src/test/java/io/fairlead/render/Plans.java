package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Problem.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Short ways to compile and render.
final class Plans {
  static final long EVENT = 0x0123_4567_89ab_cdefL;

  private Plans() {}

  static RequestText request(String url, BodyText body) {
    return new RequestText(Method.POST, url, List.of(), List.of(), body);
  }

  static RequestText url(String url) {
    return request(url, BodyText.None.NONE);
  }

  static RequestText header(String value) {
    return new RequestText(
        Method.GET,
        "https://h.example/",
        List.of(new Row("X-Value", value)),
        List.of(),
        BodyText.None.NONE);
  }

  static RequestText query(String url, Row... rows) {
    return new RequestText(Method.GET, url, List.of(), List.of(rows), BodyText.None.NONE);
  }

  static RequestText template(String template) {
    return request("https://h.example/", new BodyText.JsonTemplate(template));
  }

  static RequestText fields(Field... fields) {
    return request("https://h.example/", new BodyText.JsonFields(List.of(fields)));
  }

  static RequestPlan plan(RequestText text) {
    return switch (RequestPlan.compile(text, Scope.of("acme", "Billing"))) {
      case RequestPlan.Compiled.Ready(var plan) -> plan;
      case RequestPlan.Compiled.Faulty(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  static List<Fault> faults(RequestText text) {
    return switch (RequestPlan.compile(text, Scope.of("acme", "Billing"))) {
      case RequestPlan.Compiled.Ready(var _) -> List.of();
      case RequestPlan.Compiled.Faulty(var faults) -> faults;
    };
  }

  static Facts facts(String data) {
    return facts(data, 1);
  }

  static Facts facts(String data, int attempt) {
    return new Facts(
        EVENT + 1,
        EVENT,
        "invoice.paid",
        1_772_000_000_123L,
        attempt,
        1_772_000_001_000L + attempt,
        Data.received(data.getBytes(StandardCharsets.UTF_8)),
        Map.of());
  }

  static Rendered.Request sent(RequestText text, String data) {
    Rendered rendered = plan(text).render(facts(data));
    assertThat(rendered).isInstanceOf(Rendered.Request.class);
    return (Rendered.Request) rendered;
  }

  static Rendered.Failed failed(RequestText text, String data) {
    Rendered rendered = plan(text).render(facts(data));
    assertThat(rendered).isInstanceOf(Rendered.Failed.class);
    return (Rendered.Failed) rendered;
  }

  static String target(RequestText text, String data) {
    return sent(text, data).head().target();
  }

  static String body(RequestText text, String data) {
    return body(sent(text, data));
  }

  static String body(Rendered.Request request) {
    return request.body() instanceof Rendered.Body.Made made
        ? new String(made.bytes(), StandardCharsets.UTF_8)
        : request.body().toString();
  }
}
