package io.fairlead.base;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// Makes time-ordered 63-bit numbers (41 bits of milliseconds since 2020, 10 of node, 12 of
/// sequence) and writes them as public ids: a prefix and 13 characters of Crockford's base32, so
/// that ids sort as their numbers do.
///
/// When more than 4,096 are asked for within a millisecond the numbers run ahead of the clock
/// rather than wait for it.
public final class Ids {
  /// 2020-01-01T00:00:00Z.
  private static final long EPOCH_MILLIS = 1_577_836_800_000L;

  private static final int SEQUENCE_BITS = 12;
  private static final int TIME_SHIFT = 22;
  private static final int LENGTH = 13;
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Clock clock;
  private final long node;

  /// Milliseconds and sequence without the node, so that one addition takes a whole block.
  private final AtomicLong last = new AtomicLong();

  /// @param node this node's number, 0 to 1,023
  /// @param after no number made will be at or below this one, so that a clock set back between two
  ///   runs makes no number twice
  public Ids(Clock clock, int node, long after) {
    if (node < 0 || node > 1023) {
      throw new IllegalArgumentException("node must be 0 to 1023, not " + node);
    }
    this.clock = clock;
    this.node = (long) node << SEQUENCE_BITS;
    last.set(ticks(after) + 1);
  }

  /// The next number.
  public long next() {
    return block(1);
  }

  /// The first of `count` numbers that follow one another without a gap. `count` may be up to
  /// 4,096: a block never crosses a millisecond, so its numbers are first, first + 1, and so on.
  public long block(int count) {
    if (count < 1 || count > 1 << SEQUENCE_BITS) {
      throw new IllegalArgumentException("a block has 1 to 4096 numbers, not " + count);
    }
    long now = (clock.millis() - EPOCH_MILLIS) << SEQUENCE_BITS;
    long taken = last.updateAndGet(previous -> startOfBlock(previous, now, count) + count - 1);
    return number(taken - count + 1);
  }

  private static long startOfBlock(long previous, long now, int count) {
    long start = Math.max(previous + 1, now);
    long room = (1 << SEQUENCE_BITS) - (start & ((1 << SEQUENCE_BITS) - 1));
    return room >= count ? start : start + room;
  }

  private long number(long ticks) {
    long millis = ticks >> SEQUENCE_BITS;
    long sequence = ticks & ((1 << SEQUENCE_BITS) - 1);
    return millis << TIME_SHIFT | node | sequence;
  }

  private static long ticks(long number) {
    return (number >> TIME_SHIFT) << SEQUENCE_BITS | (number & ((1 << SEQUENCE_BITS) - 1));
  }

  /// When a number was made, in milliseconds since the Unix epoch.
  public static long millisOf(long number) {
    return (number >> TIME_SHIFT) + EPOCH_MILLIS;
  }

  /// The smallest number that can be made at or after a time; times before 2020 give 0.
  public static long firstAt(long epochMillis) {
    long millis = Math.clamp(epochMillis - EPOCH_MILLIS, 0, (1L << 41) - 1);
    return millis << TIME_SHIFT;
  }

  /// The public form, e.g. `evt_01k9…`.
  public static String text(String prefix, long number) {
    char[] out = new char[LENGTH];
    long rest = number;
    for (int i = LENGTH - 1; i >= 0; i--) {
      out[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return prefix.concat(new String(out));
  }

  /// The number of a public id, or empty when the text is not one with that prefix.
  public static OptionalLong parse(String prefix, String text) {
    if (text.length() != prefix.length() + LENGTH || !text.startsWith(prefix)) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = prefix.length(); i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0 || (i == prefix.length() && digit > 7)) {
        return OptionalLong.empty();
      }
      number = number << 5 | digit;
    }
    return OptionalLong.of(number);
  }
}
