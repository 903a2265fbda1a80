package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever a value is: what was rendered, read by a parser of somebody else's, gives the value
/// back; or rendering fails and names the token.
class HostileValuesTest {
  private static final long SEED = 20_260_302L;

  private final Random random = new Random(SEED);
  private final JsonReader reader = new JsonReader();

  private List<String> values() {
    return HostileTexts.values(random);
  }

  private static Rendered render(RequestPlan plan, String value) {
    return plan.render(Plans.facts(JsonWriter.text(Json.object().put("v", value).build())));
  }

  /// Fails the test unless rendering failed by name.
  private static Rendered.@Nullable Request sentOrNamed(Rendered rendered, String place) {
    return switch (rendered) {
      case Rendered.Request request -> request;
      case Rendered.Failed(String token, String where, String sentence) -> {
        assertThat(where).isEqualTo(place);
        assertThat(token).isIn("{{v}}", "");
        assertThat(sentence).contains(place).matches("[^\\p{Cntrl}\\p{Cs}]*");
        yield null;
      }
    };
  }

  private static boolean isWhole(String value) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  @Test
  void inAPathSegment() {
    RequestPlan plan = Plans.plan(Plans.url("https://h.example/a/{{v}}/b"));
    for (String value : values()) {
      Rendered.Request request = sentOrNamed(render(plan, value), "the URL's path");
      boolean possible =
          isWhole(value) && !value.isEmpty() && !value.equals(".") && !value.equals("..");
      assertThat(request != null).as(Quote.of(value)).isEqualTo(possible);
      if (request != null) {
        String target = request.head().target();
        URI uri = URI.create("https://h.example" + target).normalize();
        assertThat(uri.getRawPath()).isEqualTo(target);
        String[] segments = target.split("/", -1);
        assertThat(segments).hasSize(4);
        assertThat(QueryStringDecoder.decodeComponent(segments[2].replace("+", "%2B")))
            .isEqualTo(value);
      }
    }
  }

  @Test
  void inAQuery() {
    List<RequestPlan> plans =
        List.of(
            Plans.plan(Plans.url("https://h.example/?p={{v}}&z=1")),
            Plans.plan(
                Plans.query("https://h.example/", new Row("p", "{{v}}"), new Row("z", "1"))));
    List<String> places = List.of("the URL's query", "query parameter p");
    for (int i = 0; i < plans.size(); i++) {
      for (String value : values()) {
        Rendered.Request request = sentOrNamed(render(plans.get(i), value), places.get(i));
        assertThat(request != null).as(Quote.of(value)).isEqualTo(isWhole(value));
        if (request != null) {
          var decoder = new QueryStringDecoder(request.head().target());
          assertThat(decoder.parameters())
              .containsOnlyKeys("p", "z")
              .containsEntry("p", List.of(value));
        }
      }
    }
  }

  @Test
  void inAHeader() {
    RequestPlan plan = Plans.plan(Plans.header("{{v}}"));
    for (String value : values()) {
      Rendered.Request request = sentOrNamed(render(plan, value), "header X-Value");
      boolean possible =
          value.matches("[\\t -~]*") && value.equals(value.replaceAll("^[ \t]+|[ \t]+$", ""));
      assertThat(request != null).as(Quote.of(value)).isEqualTo(possible);
      if (request != null) {
        String line =
            "GET %s HTTP/1.1\r\nX-Value: %s\r\nX-Last: 1\r\n\r\n"
                .formatted(request.head().target(), request.head().headers().getFirst().value());
        var channel = new EmbeddedChannel(new HttpRequestDecoder());
        channel.writeInbound(Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
        HttpRequest parsed = channel.readInbound();
        assertThat(parsed.decoderResult().isSuccess()).isTrue();
        assertThat(parsed.headers().names()).containsExactlyInAnyOrder("X-Value", "X-Last");
        assertThat(parsed.headers().get("X-Value")).isEqualTo(value);
        channel.finishAndReleaseAll();
      }
    }
  }

  @Test
  void inJson() {
    List<RequestPlan> plans =
        List.of(
            Plans.plan(Plans.template("{\"p\":{{v}},\"z\":1}")),
            Plans.plan(Plans.template("{\"p\":\"{{v}}\",\"z\":1}")),
            Plans.plan(Plans.fields(new Field("p", "{{v}}"), new Field("z", "{{$attempt}}"))));
    for (RequestPlan plan : plans) {
      for (String value : values()) {
        Rendered.Request request = sentOrNamed(render(plan, value), "the body");
        assertThat(request).isNotNull();
        assertThat(parsed(request)).isEqualTo(Json.object().put("p", value).put("z", 1).build());
      }
    }
  }

  @Test
  void amongTextInJson() {
    RequestPlan plan = Plans.plan(Plans.fields(new Field("p", "\"<{{v}}>{{v}}\\")));
    for (String value : values()) {
      Rendered.Request request = sentOrNamed(render(plan, value), "body field p");
      assertThat(request).isNotNull();
      // A half at the end of one value and a half at the beginning of the next make a whole.
      assertThat(parsed(request))
          .isEqualTo(Json.object().put("p", "\"<" + value + ">" + value + "\\").build());
    }
  }

  private JsonObject parsed(Rendered.@Nullable Request request) {
    if (request != null && request.body() instanceof Rendered.Body.Made made) {
      return (JsonObject) reader.readTrusted(made.bytes());
    }
    throw new AssertionError("no body");
  }

  @Test
  void aMillionCharacters() {
    String value = "\u0001".repeat(170_000);
    Rendered.Request request =
        sentOrNamed(render(Plans.plan(Plans.template("{{v}}")), value), "the body");
    assertThat(request).isNotNull();
    String more = "😀\"".repeat(350_000);
    for (String place : List.of("{{v}}", "\"{{v}}\"")) {
      assertThat(render(Plans.plan(Plans.template(place)), more))
          .isInstanceOf(Rendered.Failed.class);
    }
    for (RequestText text :
        List.of(
            Plans.header("{{v}}"),
            Plans.url("https://h.example/{{v}}"),
            Plans.query("https://h.example/", new Row("q", "{{v}}")))) {
      assertThat(render(Plans.plan(text), "x".repeat(1 << 20))).isInstanceOf(Rendered.Failed.class);
    }
  }

  @Test
  void anyTextIsATemplateOrIsRefused() {
    String[] bits = {
      "{{",
      "}}",
      "{",
      "}",
      "[",
      "]",
      "\"",
      "a",
      ".",
      "$",
      "event",
      "?",
      "|",
      "#",
      ":",
      ",",
      "\\",
      " ",
      "1",
      "https://h.example/",
      "/",
      "%",
      "\u0000",
      "\ud83d",
      "é"
    };
    for (int i = 0; i < 4_000; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(10); k >= 0; k--) {
        text.append(bits[random.nextInt(bits.length)]);
      }
      String template = text.toString();
      for (RequestText request :
          List.of(
              Plans.url("https://h.example/" + template),
              Plans.header(template),
              Plans.template(template),
              Plans.fields(new Field("f", template)),
              Plans.fields(new Field(template, "")))) {
        if (RequestPlan.compile(request, Scope.of("t", "c"))
            instanceof RequestPlan.Compiled.Ready(var plan)) {
          assertThat(render(plan, "v")).isNotNull();
          if (render(plan, "v") instanceof Rendered.Request sent
              && sent.body() instanceof Rendered.Body.Made made) {
            assertThat(reader.read(made.bytes())).isInstanceOf(JsonReader.Result.Read.class);
          }
        }
      }
    }
  }
}
