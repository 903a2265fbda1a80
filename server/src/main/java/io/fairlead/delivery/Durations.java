package io.fairlead.delivery;

import java.util.SortedMap;

/// Durations in classes, from which percentiles can be told without keeping every duration. A class
/// reaches from the bound of the one before to its own, which is √2 times as long: half a
/// millisecond is the first, and what is told is wrong by at most a fifth.
final class Durations {
  private static final double FIRST_MICROS = 500;

  private Durations() {}

  /// The class of a duration.
  static int classOf(long micros) {
    return micros <= FIRST_MICROS ? 0 : (int) Math.ceil(2 * log2(micros / FIRST_MICROS));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /// What stands for a class: the middle of it, in milliseconds.
  static double millis(int durationClass) {
    double upper = FIRST_MICROS * Math.pow(2, durationClass / 2.0);
    double lower = durationClass == 0 ? 0 : FIRST_MICROS * Math.pow(2, (durationClass - 1) / 2.0);
    return (lower + upper) / 2_000;
  }

  /// A percentile.
  ///
  /// @param counts by class, not empty
  /// @param share 0.5 for the median
  /// @return milliseconds
  static double percentile(SortedMap<Integer, Long> counts, double share) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (var counted : counts.entrySet()) {
      seen += counted.getValue();
      if (seen >= wanted) {
        return millis(counted.getKey());
      }
    }
    return millis(counts.lastKey());
  }
}
