package io.fairlead.condition;

import io.fairlead.json.Json.JsonNumber;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers compared by their value, however they are written: `1`, `1.0` and `1e0` are the same.
///
/// Nothing is ever written out, so that `1e999999999` costs no more than `1`.
final class Numbers {
  private static final int MAX_LENGTH = 1_000;

  private Numbers() {}

  /// The value in the shortest form that is equal to it, or null when there is none that can be
  /// reckoned with: more than 1,000 characters, or an exponent beyond 32 bits.
  static @Nullable BigDecimal of(JsonNumber number) {
    if (number.text().length() > MAX_LENGTH) {
      return null;
    }
    try {
      return number.decimal().stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
