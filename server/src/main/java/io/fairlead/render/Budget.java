package io.fairlead.render;

/// How much work one rendering may be: it ends however large data and template are. One unit is
/// about what a character costs.
final class Budget {
  /// The price of one step whatever its length.
  static final int STEP = 16;

  private static final long WHOLE = 32L << 20;

  private long left = WHOLE;

  /// Takes units away; false when there are none left.
  boolean spend(long units) {
    left -= units;
    return left >= 0;
  }
}
