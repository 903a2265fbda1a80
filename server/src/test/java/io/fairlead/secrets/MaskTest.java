package io.fairlead.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MaskTest {
  private static final String SECRET = "p/a\"s s+w<ö>rd&'\\1";

  private final Mask mask = Mask.of(List.of(SECRET));

  @Test
  void findsASecretAsItIs() {
    assertThat(mask.mask("x" + SECRET + "y" + SECRET)).isEqualTo("x***y***");
    assertThat(mask.mask("nothing here")).isSameAs("nothing here");
    byte[] clean = "nothing here".getBytes(UTF_8);
    assertThat(mask.mask(clean, true)).isSameAs(clean);
  }

  @Test
  void findsASecretAsItIsWritten() {
    String percent = URLEncoder.encode(SECRET, UTF_8);
    for (String written :
        List.of(
            percent,
            percent.replace("+", "%20"),
            percent.toLowerCase(Locale.ROOT),
            "p/a\\\"s s+w<ö>rd&'\\\\1",
            "p\\/a\\\"s s+w<ö>rd&'\\\\1",
            "p/a\\\"s s+w<\\u00f6>rd&'\\\\1",
            "p/a\\\"s s+w\\u003c\\u00f6\\u003erd\\u0026\\u0027\\\\1",
            "p/a\"s s+w&lt;ö&gt;rd&amp;'\\1",
            "p/a&quot;s s+w&lt;ö&gt;rd&amp;&apos;\\1",
            new String(SECRET.getBytes(UTF_8), ISO_8859_1),
            java.util.HexFormat.of().formatHex(SECRET.getBytes(UTF_8)))) {
      assertThat(mask.mask("<" + written + ">")).as(written).isEqualTo("<***>");
    }
    assertThat(mask.mask(SECRET.getBytes(ISO_8859_1), false)).isEqualTo("***".getBytes(UTF_8));
  }

  @Test
  void findsASecretInsideOfLongerBase64() {
    for (String before : List.of("", "a", "ab", "abc", "user:")) {
      for (String after : List.of("", "z", "zy", "zyx")) {
        byte[] whole = (before + SECRET + after).getBytes(UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
          String masked = mask.mask(encoder.encodeToString(whole));
          assertThat(masked).contains("***");
          assertThat(masked.length())
              .isLessThan(encoder.encodeToString((before + after).getBytes(UTF_8)).length() + 9);
        }
      }
    }
  }

  @Test
  void aSecretThatIsCutOffIsStillFound() {
    byte[] cut = ("..." + SECRET.substring(0, 9)).getBytes(UTF_8);
    assertThat(new String(mask.mask(cut, true), UTF_8)).isEqualTo("...***");
    assertThat(mask.mask(cut, false)).isSameAs(cut);
  }

  @Test
  void theLongerOfTwoSecretsIsFoundWhole() {
    assertThat(Mask.of(List.of("secret", "secret-and-more")).mask("a secret-and-more b secret"))
        .isEqualTo("a *** b ***");
  }

  @Test
  void tooShortOnesAreNotSearched() {
    assertThat(Mask.of(List.of("abc", ""))).isSameAs(Mask.NONE);
    assertThat(Mask.NONE.mask("abc")).isEqualTo("abc");
  }

  @Test
  void noSecretOfAnyKindSurvives() {
    var random = new Random(7);
    for (int round = 0; round < 500; round++) {
      var secret = new StringBuilder();
      for (int i = 0; i < 8 + random.nextInt(20); i++) {
        secret.append((char) (33 + random.nextInt(94)));
      }
      String s = secret.toString();
      Mask one = Mask.of(List.of(s));
      String text = "{\"a\":\"" + s + "\"}" + s + URLEncoder.encode(s, UTF_8) + s + "end";
      assertThat(one.mask(text)).doesNotContain(s).endsWith("end");
    }
  }
}
