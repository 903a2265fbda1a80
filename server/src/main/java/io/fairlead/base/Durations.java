package io.fairlead.base;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Durations as people write them: a whole number and a unit, `30s`, `10m`, `6h`.
public final class Durations {
  private static final int MAX_DIGITS = 7;

  private Durations() {}

  /// The duration, or null when the text is not one. There is no zero, no sign, no leading zero.
  public static @Nullable Duration parse(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > MAX_DIGITS || text.charAt(0) == '0') {
      return null;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return switch (text.charAt(digits)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> null;
    };
  }

  /// The shortest text of a whole number of seconds: `90s`, `2m`, `24h`.
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
