package io.fairlead.render;

import io.fairlead.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Filters that write a text's UTF-8 in another way, or hash it.
final class HashFilters {
  /// The namespace of URLs, RFC 9562, 6.6.
  private static final UUID URLS = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  private static final List<String> ENCODINGS = List.of("hex", "base64");

  private HashFilters() {}

  static Filter base64(Arguments arguments) throws Flawed {
    boolean url = arguments.word(0, List.of("standard", "url")).equals("url");
    Base64.Encoder encoder = url ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder();
    return Filter.ofBytes(encoder::encodeToString);
  }

  static Filter hex() {
    return Filter.ofBytes(HexFormat.of()::formatHex);
  }

  static Filter sha256(Arguments arguments) throws Flawed {
    boolean hex = arguments.word(0, ENCODINGS).equals("hex");
    return Filter.ofBytes(utf8 -> encoded(digest("SHA-256", utf8, new byte[0]), hex));
  }

  static Filter hmacSha256(Arguments arguments) throws Flawed {
    boolean hex = arguments.word(1, ENCODINGS).equals("hex");
    String secret = arguments.secret(0);
    if (secret != null) {
      return new Hmac(secret, "", hex);
    }
    String key = arguments.text(0);
    if (key.isEmpty()) {
      throw new Flawed(arguments.at(0), "Expected a key, but found an empty text.");
    }
    return new Hmac(null, key, hex);
  }

  /// HMAC-SHA256 (RFC 2104) over the text.
  ///
  /// @param secret the name of the secret that is the key; null: `key` is
  private record Hmac(@Nullable String secret, String key, boolean hex) implements Filter {
    @Override
    public Filtered apply(Json value, Attempt attempt) {
      String own = secret == null ? key : attempt.secrets().get(secret);
      if (own == null || own.isEmpty()) {
        return new Filtered.Refused("the authorization has no $secret.%s".formatted(secret));
      }
      return Filter.ofBytes(utf8 -> encoded(hmac(own, utf8), hex)).apply(value, attempt);
    }

    private static byte[] hmac(String key, byte[] utf8) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(utf8);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException("every JDK has HmacSHA256 and takes any key", e);
      }
    }
  }

  /// A version 5 UUID of the text: the same text gives the same one.
  static Filter uuid(Arguments arguments) throws Flawed {
    String given = arguments.text(0, URLS.toString());
    UUID namespace = read(given);
    if (namespace == null) {
      throw new Flawed(
          arguments.at(0),
          "Expected a UUID as the namespace, such as 6ba7b811-9dad-11d1-80b4-00c04fd430c8.");
    }
    return Filter.ofBytes(utf8 -> uuid(bytes(namespace), utf8).toString());
  }

  private static @Nullable UUID read(String text) {
    try {
      UUID uuid = text.length() == 36 ? UUID.fromString(text) : null;
      return uuid != null && uuid.toString().equalsIgnoreCase(text) ? uuid : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /// A name-based UUID (RFC 9562, 5.5).
  static UUID uuid(byte[] namespace, byte[] name) {
    ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", namespace, name));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }

  private static byte[] digest(String algorithm, byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String encoded(byte[] hash, boolean hex) {
    return hex ? HexFormat.of().formatHex(hash) : Base64.getEncoder().encodeToString(hash);
  }
}
