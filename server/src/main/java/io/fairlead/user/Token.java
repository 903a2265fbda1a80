package io.fairlead.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A random text of 256 bits by which its holder is known: of a session, or of a setup link. The
/// hub keeps its SHA-256, which needs no salt.
///
/// @param text 43 characters of `A-Z a-z 0-9 - _`
public record Token(String text) {
  private static final int BYTES = 32;
  private static final String CSRF = "fairlead csrf ";

  /// The SHA-256 of a token.
  ///
  /// @param base64 the hash as text, to be compared by value
  record Hash(String base64) {
    static Hash of(byte[] sha256) {
      return new Hash(Base64.getEncoder().encodeToString(sha256));
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  static Token random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  Hash hash() {
    return Hash.of(sha256(text));
  }

  /// What a page of the session's own origin can read and a page of another can't: sent back in a
  /// header, it shows that the session's own page makes the call. It tells nothing about the token.
  public String csrf() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(CSRF + text));
  }

  /// Whether a text is this session's {@link #csrf}; its time tells nothing.
  public boolean isCsrf(String given) {
    return MessageDigest.isEqual(
        csrf().getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "Token[]";
  }
}
