package io.fairlead.tenant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of an API key. The key is 256 random bits, so its hash needs no salt, and comparing
/// hashes tells nothing about a key.
record KeyHash(long a, long b, long c, long d) {
  private static final int LENGTH = 32;

  static KeyHash of(String key) {
    try {
      byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
      return of(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyHash of(byte[] sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(sha256);
    return new KeyHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /// Compares without telling by its time how much is equal.
  boolean isSame(KeyHash other) {
    return MessageDigest.isEqual(bytes(), other.bytes());
  }
}
