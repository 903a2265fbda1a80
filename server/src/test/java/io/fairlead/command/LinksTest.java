package io.fairlead.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.command.Links.Link;
import io.fairlead.command.Links.Opened;
import io.fairlead.json.Json;
import io.fairlead.secrets.SecretBox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Links that run commands")
final class LinksTest {
  private final HandClock clock = new HandClock(1_700_000_000_000L);
  private final Links links = links("0123456789abcdef");
  private final Asker maker = new Asker(Asker.Kind.KEY, 77L, "the portal's key");
  private final Link link =
      links.link(
          5,
          "GetInvoiceImage",
          Json.object().put("InvoiceNumber", "INV/1?#%").build(),
          Duration.ofMinutes(10),
          maker);

  private Links links(String key) {
    return new Links(new SecretBox(key, List.of()), clock);
  }

  @Test
  void saysWhatItWasMadeFor() {
    assertThat(links.open(links.token(link))).isEqualTo(new Opened.Good(link));
    assertThat(link.asker()).isEqualTo(new Asker(Asker.Kind.LINK, 77L, "the portal's key"));
  }

  @Test
  void fitsIntoAPathAndShowsNothing() {
    String token = links.token(link);
    assertThat(token).matches("[A-Za-z0-9_-]+").doesNotContain("INV");
    assertThat(links.token(link)).as("no two are alike").isNotEqualTo(token);
  }

  @Test
  void staysShortEnoughForAUrl() {
    String text = "x".repeat(Links.MOST_INPUTS - 10);
    var longest =
        new Link(
            Long.MAX_VALUE,
            "C".repeat(64),
            Json.object().put("a", text).build(),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            "n".repeat(200));
    assertThat(links.token(longest)).hasSizeLessThan(3_800);
    assertThat(links.open(links.token(longest))).isEqualTo(new Opened.Good(longest));
  }

  @Test
  void endsByItself() {
    String token = links.token(link);
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(links.open(token)).isInstanceOf(Opened.Good.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(links.open(token)).isInstanceOf(Opened.Expired.class);
  }

  @Test
  void cannotBeMadeUpOrChanged() {
    String token = links.token(link);
    assertThat(links("another key of the hub").open(token)).isEqualTo(Opened.Wrong.WRONG);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      if (i < token.length() - 1) {
        assertThat(links.open(changed)).as("place %d", i).isEqualTo(Opened.Wrong.WRONG);
      }
    }
    for (String wrong : List.of("", "A", "====", "ä", "%2e", token + "A", "x".repeat(100_000))) {
      assertThat(links.open(wrong)).as("%.20s", wrong).isEqualTo(Opened.Wrong.WRONG);
    }
  }

  @Test
  void isNoSecretOfARowAndNoRowsSecretIsALink() {
    var box = new SecretBox("0123456789abcdef", List.of());
    byte[] ofRow =
        box.seal(
            "[1,\"GetInvoiceImage\",{},9999999999999,null,null]".getBytes(StandardCharsets.UTF_8),
            0,
            0);
    assertThat(links.open(Base64.getUrlEncoder().withoutPadding().encodeToString(ofRow)))
        .isEqualTo(Opened.Wrong.WRONG);
  }
}
