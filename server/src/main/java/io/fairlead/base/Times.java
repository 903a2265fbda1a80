package io.fairlead.base;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How times and durations are written.
public final class Times {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /// A moment as RFC 3339 in UTC with three decimals.
  public static String text(long epochMillis) {
    return MILLIS.format(Instant.ofEpochMilli(epochMillis));
  }

  /// A duration of whole seconds in the largest unit that holds it exactly: `90s`, `2m`, `24h`.
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    if (seconds != 0 && seconds % 60 == 0) {
      return seconds / 60 + "m";
    }
    return seconds + "s";
  }

  /// A whole number without leading zeros and one of `s`, `m`, `h`; null when the text is not that.
  public static @Nullable Duration duration(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > 9 || (digits > 1 && text.charAt(0) == '0')) {
      return null;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      number = number * 10 + c - '0';
    }
    return switch (text.charAt(digits)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> null;
    };
  }
}
