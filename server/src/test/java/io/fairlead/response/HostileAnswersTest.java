package io.fairlead.response;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fairlead.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bombs die harmlessly: each of these answers is read, or refused with a sentence, quickly.
final class HostileAnswersTest {
  private static final int FULL = ResponseSettings.LARGEST;

  private static Reading read(ResponseType type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var settings = new ResponseSettings(type, null, null, null, List.of());
    return assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> Reading.of(settings, null, bytes, bytes.length));
  }

  private static void refused(ResponseType type, String body) {
    Reading reading = read(type, body);
    assertThat(reading.value()).isNull();
    assertThat(reading.note()).isNotBlank().hasSizeLessThan(400);
  }

  private static String full(String unit) {
    return unit.repeat(FULL / unit.length());
  }

  @Test
  void anExternalEntityIsNotFetched(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret.txt"), "the secret");
    for (String body :
        List.of(
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>".formatted(file.toUri()),
            "<!DOCTYPE a [<!ENTITY %% p SYSTEM \"%s\"> %%p;]><a/>".formatted(file.toUri()),
            "<!DOCTYPE a SYSTEM \"%s\"><a/>".formatted(file.toUri()),
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\"><a/>")) {
      refused(ResponseType.XML, body);
      assertThat(JsonWriter.text(io.fairlead.json.Json.of(read(ResponseType.XML, body).note())))
          .doesNotContain("the secret");
    }
  }

  @Test
  void aBillionLaughsAreNotLaughed() {
    var dtd = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      dtd.append("<!ENTITY lol%d \"%s\">".formatted(i, "&lol%d;".formatted(i - 1).repeat(10)));
    }
    refused(ResponseType.XML, dtd + "]><a>&lol9;</a>");
    refused(
        ResponseType.XML,
        "<!DOCTYPE a [<!ENTITY x \"" + "x".repeat(50_000) + "\">]><a>" + full("&x;") + "</a>");
    refused(ResponseType.XML, "<a>&undefined;</a>");
  }

  @Test
  void depthIsBounded() {
    refused(ResponseType.XML, "<a>".repeat(100_000) + "</a>".repeat(100_000));
    refused(ResponseType.XML, full("<a>"));
    refused(ResponseType.JSON, "[".repeat(100_000) + "]".repeat(100_000));
    refused(ResponseType.JSON, full("["));
    refused(ResponseType.JSON, full("{\"a\":"));
    refused(ResponseType.JSON, full("{a:"));
  }

  @Test
  void countsAreBounded() {
    refused(ResponseType.XML, "<a>" + "<b/>".repeat(200_000) + "</a>");
    var attributes = new StringBuilder("<a");
    for (int i = 0; i < 60_000; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    refused(ResponseType.XML, attributes + "/>");
    refused(ResponseType.TEXT, full(","));
  }

  @Test
  void numbersMayBeHuge() {
    refused(ResponseType.JSON, "9".repeat(FULL));
    Reading exponent = read(ResponseType.JSON, "{\"a\": 1e999999999}");
    assertThat(JsonWriter.text(requireNonNull(exponent.value()))).isEqualTo("{\"a\":1e999999999}");
    Reading bare = read(ResponseType.JSON, "{a: " + "9".repeat(5_000) + "}");
    assertThat(bare.lenient()).isTrue();
  }

  @Test
  void longTextsAreRead() {
    assertThat(read(ResponseType.JSON, "\"" + "x".repeat(FULL - 2) + "\"").value()).isNotNull();
    assertThat(read(ResponseType.XML, "<a>" + "x".repeat(FULL - 7) + "</a>").value()).isNotNull();
    assertThat(read(ResponseType.JSON, "{" + "x".repeat(FULL - 4) + ":1}").value()).isNotNull();
    assertThat(read(ResponseType.TEXT, "x".repeat(FULL)).value()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void noiseIsNeverAnException(ResponseType type) {
    var random = new Random(4);
    String marks = "{}[]<>\"':,=&;!?-/\\ax1\n\t\0€\ud83d\ude00%";
    for (int i = 0; i < 3_000; i++) {
      var body = new StringBuilder();
      for (int n = random.nextInt(40); n >= 0; n--) {
        body.append(marks.charAt(random.nextInt(marks.length())));
      }
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      var settings =
          new ResponseSettings(type, null, random.nextBoolean() ? "=" : null, null, List.of());
      Reading reading = Reading.of(settings, "application/json; charset=x", bytes, bytes.length);
      assertThat(
              reading.value() != null
                  || reading.note() != null
                  || reading.type() == ResponseType.BINARY)
          .isTrue();
    }
  }
}
