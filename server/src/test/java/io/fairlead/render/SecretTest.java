package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fairlead.base.Problem.Fault;
import io.fairlead.http.Header;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
  private static final String SECRET = "s3cr3t/\"<&é";
  private static final Scope SCOPE = new Scope("acme", "Billing", Set.of("key", "token"), null);

  private static RequestPlan plan(RequestText text) {
    return switch (RequestPlan.compile(text, SCOPE)) {
      case RequestPlan.Compiled.Ready(var plan) -> plan;
      case RequestPlan.Compiled.Faulty(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static Facts facts(String data, Map<String, String> secrets) {
    Facts plain = Plans.facts(data);
    return new Facts(
        plain.delivery(),
        plain.event(),
        plain.eventType(),
        plain.occurredAt(),
        plain.attempt(),
        plain.now(),
        plain.data(),
        secrets);
  }

  private static Rendered.Request sent(RequestText text, String data) {
    return (Rendered.Request) plan(text).render(facts(data, Map.of("key", SECRET)));
  }

  private static String shown(Rendered.Request request) {
    return request.body() instanceof Rendered.Body.Made made
        ? new String(made.shown(), StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void aSecretIsWrittenWhereItIsAskedForAndShownAsStars() {
    var text =
        new RequestText(
            Method.POST,
            "https://h.example/{{$secret.key}}/x?a={{$secret.key}}",
            List.of(
                new Row("X-Sign", "v1={{v | hmacSha256:$secret.key}}"),
                new Row("X-Key", "{{ $secret.key | base64 }}")),
            List.of(new Row("k", "{{$secret.key}}"), new Row("v", "{{v}}")),
            new BodyText.JsonTemplate(
                "{\"a\":{{$secret.key}},\"b\":\"<{{$secret[\"key\"] | base64}}>\",\"c\":{{v}}}"));
    Rendered.Request request = sent(text, "{\"v\":\"***\"}");
    String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    String percent = "s3cr3t%2F%22%3C%26%C3%A9";
    assertThat(request.head().target())
        .isEqualTo("/" + percent + "/x?a=" + percent + "&k=" + percent + "&v=%2A%2A%2A");
    assertThat(request.shown().target()).isEqualTo("/***/x?a=***&k=***&v=%2A%2A%2A");
    assertThat(request.head().headers())
        .contains(new Header("X-Key", base64))
        .anyMatch(header -> header.value().matches("v1=[0-9a-f]{64}"));
    assertThat(request.shown().headers())
        .contains(new Header("X-Key", "***"), new Header("X-Sign", "v1=***"));
    assertThat(Plans.body(request))
        .isEqualTo("{\"a\":\"s3cr3t/\\\"<&é\",\"b\":\"<" + base64 + ">\",\"c\":\"***\"}");
    assertThat(shown(request)).isEqualTo("{\"a\":\"***\",\"b\":\"<***>\",\"c\":\"***\"}");
  }

  @Test
  void inEveryKindOfBody() {
    String url = "https://h.example/";
    var field = new Field("k", "{{$secret.key}}", null);
    List<BodyText> bodies =
        List.of(
            new BodyText.JsonFields(List.of(field)),
            new BodyText.JsonFields(List.of(new Field("k", "{{$secret.key}}", FieldType.STRING))),
            new BodyText.FormFields(List.of(field)),
            new BodyText.FormTemplate("k={{$secret.key}}"),
            new BodyText.XmlFields(List.of(field), new XmlNames("r", "i")),
            new BodyText.XmlTemplate("<r a=\"{{$secret.key}}\">{{$secret.key}}</r>"),
            new BodyText.Multipart(List.of(new BodyText.FormPart(field, null, null))),
            new BodyText.Raw("{{#each l}}{{$secret.key}}{{/each}}"),
            new BodyText.JsonTemplate("[{{#if l}}{{$secret.key}}{{/if}}]"));
    for (BodyText body : bodies) {
      Rendered.Request request = sent(Plans.request(url, body), "{\"l\":[1]}");
      assertThat(Plans.body(request)).contains("s3cr3t");
      assertThat(shown(request)).as(body.toString()).contains("***").doesNotContain("s3cr3t");
      assertThat(request.shown().toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void aPlanWithoutSecretsIsWrittenOnce() {
    Rendered.Request request = sent(Plans.template("[{{v}}]"), "{\"v\":1}");
    assertThat(request.shown()).isSameAs(request.head());
    assertThat(request.body())
        .isInstanceOfSatisfying(
            Rendered.Body.Made.class, made -> assertThat(made.shown()).isSameAs(made.bytes()));
    assertThat(plan(Plans.template("[{{v}}]")).usesSecret()).isFalse();
    assertThat(plan(Plans.header("{{v | hmacSha256:$secret.key}}")).usesSecret()).isTrue();
  }

  @Test
  void aSecretThatIsNotThereFailsByName() {
    for (String token :
        List.of(
            "{{$secret.token}}", "{{$secret.token | base64}}", "{{v|hmacSha256:$secret.token}}")) {
      assertThat(plan(Plans.header(token)).render(facts("{\"v\":1}", Map.of("key", SECRET))))
          .isInstanceOfSatisfying(
              Rendered.Failed.class,
              failed ->
                  assertThat(failed.sentence())
                      .endsWith("the authorization has no $secret.token."));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{$secret.tokn}};column 3: The authorization has no tokn; did you mean $secret.token?",
        "{{$secret.password}};The authorization has no password; it has key, token.",
        "{{$secret}};Expected one name after $secret: $secret.NAME.",
        "{{$secret.a.b}};Expected one name after $secret: $secret.NAME.",
        "{{$secret.key | upper}};column 17: Expected no filter but base64 and hmacSha256 after a secret, but found upper.",
        "{{$secret.key | base64 | substring:0,4}};column 26: Expected no filter but base64 and hmacSha256",
        "{{v | hmacSha256:$secret.key | lower}};column 32: Expected no filter but base64 and hmacSha256",
        "{{$secret.key?}};Expected neither ? nor ?? after a secret",
        "{{$secret.key ?? \"x\"}};Expected neither ? nor ?? after a secret",
        "{{v ?? $secret.key}};Expected a text in double quotes, a number, true, false or null after ??",
        "{{v | default:$secret.key}};Expected default:VALUE.",
        "{{v | replace:\"a\",$secret.key}};Expected replace:",
      })
  void whatASecretMayNotDo(String token, String expected) {
    assertThat(RequestPlan.compile(Plans.header(token), SCOPE))
        .isInstanceOfSatisfying(
            RequestPlan.Compiled.Faulty.class,
            faulty ->
                assertThat(faulty.faults())
                    .extracting(Fault::detail)
                    .singleElement()
                    .asString()
                    .contains(expected));
  }

  @Test
  void explainingShowsNoSecret() {
    RequestPlan plan =
        plan(Plans.template("[{{$secret.key}},{{v | hmacSha256:$secret.key}},{{w ?? 1}},{{x?}}]"));
    Explained explained = plan.explain(facts("{\"v\":1}", Map.of("key", SECRET)));
    assertThat(explained.tokens())
        .extracting(TokenUse::source, TokenUse::value)
        .containsExactly(
            tuple("a secret of the authorization", "***"),
            tuple("the event's data at v", "***"),
            tuple("the default", "1"),
            tuple("absent", "null"));
  }

  /// Whatever the data, a secret that no token asks for is nowhere in a request.
  @Test
  void dataNeverReachesASecret() {
    var text =
        new RequestText(
            Method.POST,
            "https://h.example/?q={{v ?? \"x\"}}",
            List.of(),
            List.of(new Row("r", "{{v | trim | default:\"y\"}}")),
            new BodyText.JsonTemplate(
                "[{{#each l}}{{$item}}{{#if $root.v}}\"{{$root.v | json}}\"{{/if}}{{/each}}]"));
    RequestPlan plan = plan(text);
    for (String value : HostileTexts.values(new Random(20_260_305L))) {
      String inner =
          JsonWriter.text(Json.of("{{$secret.key}}{{v | hmacSha256:$secret.key}}" + value));
      String data = "{\"v\":%s,\"l\":[%s,\"{{#each l}}\"]}".formatted(inner, inner);
      if (plan.render(facts(data, Map.of("key", SECRET))) instanceof Rendered.Request request) {
        assertThat(request.head().target()).doesNotContain("s3cr3t");
        assertThat(Plans.body(request)).doesNotContain("s3cr3t");
      }
    }
  }
}
