package io.fairlead.connector;

import io.fairlead.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much time lies between two deliveries that a trigger makes, at least: for each key, where it
/// has one.
///
/// @param least from one delivery's due time to the next one's
/// @param key what sets events apart, or null where all count together
/// @param trigger tells the trigger from others, also after a change of the connector that leaves
///   the trigger's type, filter and key as they are
public record LeastDelay(Duration least, @Nullable DelayKey key, long trigger) {
  /// What a past delivery is remembered by.
  ///
  /// @param connector the connector's number
  /// @param trigger as above
  /// @param high half of the key's hash
  /// @param low the other half
  public record Mark(long connector, long trigger, long high, long low)
      implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
      int order = Long.compare(connector, other.connector);
      order = order == 0 ? Long.compare(trigger, other.trigger) : order;
      order = order == 0 ? Long.compare(high, other.high) : order;
      return order == 0 ? Long.compare(low, other.low) : order;
    }
  }

  /// The key's text for an event; null where the trigger has no key, or the event has no value for
  /// it: such events count together.
  public @Nullable String keyOf(Json data) {
    return key == null ? null : key.of(data);
  }

  /// What deliveries of a connector under a key are remembered by.
  public Mark mark(long connector, @Nullable String text) {
    byte[] hash = hash(text == null ? "none" : "key " + text);
    return new Mark(connector, trigger, number(hash, 0), number(hash, 8));
  }

  /// Tells one trigger from another.
  static long identity(String... parts) {
    var whole = new StringBuilder();
    for (String part : parts) {
      whole.append(part.length()).append(' ').append(part);
    }
    return number(hash(whole.toString()), 0);
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(byte[] hash, int from) {
    long number = 0;
    for (int i = from; i < from + 8; i++) {
      number = number << 8 | (hash[i] & 0xff);
    }
    return number;
  }
}
