package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.api.HubClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final Pattern URL = Pattern.compile("http://[^' ]+");
  private static final Pattern KEY = Pattern.compile("-H 'Authorization: Bearer ([^']+)'");
  private static final Pattern DATA = Pattern.compile("-d '([^']+)'");

  @Test
  void showsEveryTemperAndPrintsLinesThatWork() {
    var bytes = new ByteArrayOutputStream();
    try (var demo =
        new Demo(
            Demo.newFolder(), "0", new PrintStream(bytes, true, StandardCharsets.UTF_8), false)) {
      demo.show();
      String shown = bytes.toString(StandardCharsets.UTF_8);

      assertThat(shown).containsPattern("Billing +answers at once +36 +0 +0 +36 ");
      assertThat(shown).containsPattern("CRM +takes 400 ms +36 +0 +0 +36 ");
      assertThat(shown).containsPattern("Tickets +503 twice, then heals +36 +0 +0 +108 ");
      assertThat(shown).containsPattern("Fax +never answers +0 +0 +36 +108 ");
      assertThat(shown).contains("Authorization: Bearer ***").doesNotContain("nobody-will-see");
      assertThat(shown).doesNotContain("\033");

      List<String> lines = shown.lines().filter(line -> line.startsWith("curl ")).toList();
      assertThat(lines).hasSize(2);
      HubClient.Answer sent = client(lines.get(0)).post("/v1/events", found(DATA, lines.get(0)));
      assertThat(sent.status()).isEqualTo(202);
      assertThat(sent.json().path("deliveries").asInt()).isEqualTo(4);
      URI list = URI.create(found(URL, lines.get(1)));
      HubClient.Answer listed = client(lines.get(1)).get(list.getPath() + "?" + list.getQuery());
      assertThat(listed.status()).isEqualTo(200);
      assertThat(listed.json().path("data").get(0).path("event").asString())
          .isEqualTo(sent.json().path("id").asString());
    }
  }

  private static HubClient client(String line) {
    URI url = URI.create(found(URL, line));
    return new HubClient("http://" + url.getAuthority(), found(KEY, line));
  }

  private static String found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
  }
}
