package io.fairlead.user;

import io.fairlead.base.Problem;
import io.fairlead.base.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// Hashes passwords with Argon2id (RFC 9106) and compares them, few at once, so that log-in
/// attempts can neither exhaust the memory nor keep the processors from everything else. A password
/// is hashed in Unicode's NFKC, so that it does not matter which keyboard wrote it.
public final class Passwords {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_WAITING = 64;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Pattern STORED =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /// What one hash costs.
  ///
  /// @param memory in KiB
  /// @param passes over that memory
  public record Cost(int memory, int passes) {
    /// The first choice of OWASP's Password Storage Cheat Sheet for little memory: 19 MiB, two
    /// passes.
    public static final Cost OWASP = new Cost(19 * 1024, 2);
  }

  private final Cost cost;
  private final Semaphore room;
  private final SecureRandom random = new SecureRandom();
  private final String nobody;

  /// @param atOnce how many hashes may be made at the same time
  public Passwords(Cost cost, int atOnce) {
    this.cost = cost;
    this.room = new Semaphore(atOnce, true);
    this.nobody = text(cost, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  /// The text to store for a password: algorithm, cost, salt and hash, in the PHC string format.
  ///
  /// @throws Refused with a 503 when too many wait
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(cost, salt, inTurn(password, cost, salt));
  }

  /// Whether a password is the one that a text was stored for. It takes as long when there is none.
  ///
  /// @param stored null when nobody is there or has a password; then the answer is no
  /// @throws Refused with a 503 when too many wait
  public boolean isRight(String password, @Nullable String stored) {
    Matcher parts = STORED.matcher(stored == null ? nobody : stored);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored password has no known form");
    }
    var then = new Cost(number(parts, 1), number(parts, 2));
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] expected = Base64.getDecoder().decode(parts.group(4));
    boolean same = MessageDigest.isEqual(inTurn(password, then, salt), expected);
    return same && stored != null;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group), 10);
  }

  private byte[] inTurn(String password, Cost cost, byte[] salt) {
    if (!entered()) {
      throw new Refused(
          Problem.unavailable(
              "Too many people sign in at once. Try again in a moment.", Duration.ofSeconds(5)));
    }
    try {
      return argon2id(password, cost, salt);
    } finally {
      room.release();
    }
  }

  private boolean entered() {
    if (room.getQueueLength() >= MOST_WAITING) {
      return false;
    }
    try {
      return room.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static byte[] argon2id(String password, Cost cost, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    var _ = generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String text(Cost cost, byte[] salt, byte[] hash) {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            cost.memory(), cost.passes(), base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
