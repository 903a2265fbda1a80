package io.fairlead.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Passwords as they are stored, and how often they may be guessed.
final class PasswordsTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final Passwords passwords = new Passwords(new Passwords.Cost(64, 1), 2);

  @Test
  void whatIsStoredSaysHowItWasMadeAndNotFromWhat() {
    String stored = passwords.hash(PASSWORD);
    assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$").doesNotContain(PASSWORD);
    assertThat(passwords.hash(PASSWORD)).as("another salt").isNotEqualTo(stored);
    assertThat(passwords.isRight(PASSWORD, stored)).isTrue();
    assertThat(passwords.isRight(PASSWORD + " ", stored)).isFalse();
    assertThat(passwords.isRight("", stored)).isFalse();
  }

  @Test
  void theCostOfItsTimeIsKept() {
    String stored = new Passwords(new Passwords.Cost(128, 2), 1).hash(PASSWORD);
    assertThat(passwords.isRight(PASSWORD, stored)).isTrue();
  }

  @Test
  void nobodyHasNoRightPassword() {
    assertThat(passwords.isRight(PASSWORD, null)).isFalse();
    assertThat(passwords.isRight("", null)).isFalse();
  }

  @Test
  void itDoesNotMatterHowAKeyboardComposesALetter() {
    String stored = passwords.hash("Gru\u0308nwald und So\u0308hne");
    assertThat(passwords.isRight("Grünwald und Söhne", stored)).isTrue();
  }

  @Test
  void theParametersThatProductionUsesAreThoseOfOwasp() {
    String stored = new Passwords(Passwords.Cost.OWASP, 1).hash(PASSWORD);
    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.isRight(PASSWORD, stored)).isTrue();
  }

  @Test
  void guessesAreLimitedByPairByEmailAndByNetwork() {
    var clock = new HandClock(0);
    var limits = new SignInLimits(clock);
    for (int i = 0; i < 5; i++) {
      assertThat(limits.begin("a@b.c", "10.0.0.1")).isZero();
    }
    assertThat(limits.begin("a@b.c", "10.0.0.1")).isEqualTo(Duration.ofMinutes(5));
    assertThat(limits.begin("a@b.c", "10.0.0.2")).as("its owner, from elsewhere").isZero();
    assertThat(limits.begin("b@b.c", "10.0.0.1")).as("a neighbour").isZero();
    for (int i = 0; i < 44; i++) {
      assertThat(limits.begin("n" + i + "@b.c", "10.0.0.1")).isZero();
    }
    assertThat(limits.begin("z@b.c", "10.0.0.1")).as("one name after another").isPositive();
    for (int i = 0; i < 44; i++) {
      assertThat(limits.begin("a@b.c", "10.1.0." + i)).isZero();
    }
    assertThat(limits.begin("a@b.c", "10.2.0.1")).as("from one place after another").isPositive();
    clock.advance(Duration.ofMinutes(15));
    assertThat(limits.begin("a@b.c", "10.0.0.1")).isZero();
  }

  @Test
  void whoSucceedsHasNotFailed() {
    var limits = new SignInLimits(new HandClock(0));
    for (int i = 0; i < 200; i++) {
      assertThat(limits.begin("a@b.c", "10.0.0.1")).isZero();
      limits.succeeded("a@b.c", "10.0.0.1");
    }
  }

  @Test
  void anIpv6NetworkIsOneAddress() {
    String one = SignIn.network(InetAddress.ofLiteral("2001:db8:1:2::1"));
    assertThat(SignIn.network(InetAddress.ofLiteral("2001:db8:1:2:ffff::9"))).isEqualTo(one);
    assertThat(SignIn.network(InetAddress.ofLiteral("2001:db8:1:3::1"))).isNotEqualTo(one);
  }
}
