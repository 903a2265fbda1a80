package io.fairlead.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.secrets.SecretBox.Opened;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretBoxTest {
  private static final byte[] PLAIN = "{\"password\":\"hunter2\"}".getBytes(UTF_8);

  private final SecretBox box = new SecretBox("0123456789abcdef", List.of());

  @Test
  void opensWhatItSealed() {
    byte[] sealed = box.seal(PLAIN, 1, 2);
    assertThat(new String(sealed, UTF_8)).doesNotContain("hunter2");
    assertThat(plain(box.open(sealed, 1, 2))).isEqualTo(PLAIN);
    assertThat(box.seal(PLAIN, 1, 2)).isNotEqualTo(sealed);
    assertThat(plain(box.open(box.seal(new byte[0], 1, 2), 1, 2))).isEmpty();
  }

  @Test
  void opensNowhereElse() {
    byte[] sealed = box.seal(PLAIN, 1, 2);
    assertThat(box.open(sealed, 1, 3)).isEqualTo(Opened.Broken.BROKEN);
    assertThat(box.open(sealed, 2, 2)).isEqualTo(Opened.Broken.BROKEN);
  }

  @Test
  void everyChangeIsSeen() {
    byte[] sealed = box.seal(PLAIN, 1, 2);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(box.open(changed, 1, 2)).as("byte " + i).isNotInstanceOf(Opened.Plain.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(box.open(java.util.Arrays.copyOf(sealed, length), 1, 2))
          .isNotInstanceOf(Opened.Plain.class);
    }
  }

  @Test
  void saysWhichKeyIsMissing() {
    byte[] sealed = box.seal(PLAIN, 1, 2);
    var other = new SecretBox("fedcba9876543210", List.of());
    assertThat(other.open(sealed, 1, 2)).isEqualTo(new Opened.KeyMissing(box.keyId()));
    var both = new SecretBox("fedcba9876543210", List.of("0123456789abcdef"));
    assertThat(plain(both.open(sealed, 1, 2))).isEqualTo(PLAIN);
    assertThat(box.open(both.seal(PLAIN, 1, 2), 1, 2)).isInstanceOf(Opened.KeyMissing.class);
  }

  @Test
  void refusesAShortKey() {
    assertThatThrownBy(() -> new SecretBox("short", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] plain(Opened opened) {
    return ((Opened.Plain) opened).bytes();
  }
}
