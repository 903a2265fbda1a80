package io.fairlead.response;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date in one of the three forms that HTTP
/// has had.
final class RetryAfter {
  /// Nobody is waited for longer.
  static final long LONGEST_MILLIS = Duration.ofHours(24).toMillis();

  private static final List<DateTimeFormatter> DATES =
      List.of(
          // Some write the day with one digit, Java's RFC_1123_DATE_TIME for one.
          DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1990, 1, 1))
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /// How long to wait from now, 0 to 24 h; null when the text says nothing that can be understood.
  static @Nullable Long millis(@Nullable String text, long nowMillis) {
    if (text == null) {
      return null;
    }
    String value = text.strip();
    if (value.isEmpty() || value.length() > 64) {
      return null;
    }
    if (isDigits(value)) {
      return seconds(value);
    }
    return date(value, nowMillis);
  }

  private static boolean isDigits(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long seconds(String digits) {
    return digits.length() > 9
        ? LONGEST_MILLIS
        : Math.min(Long.parseLong(digits) * 1_000, LONGEST_MILLIS);
  }

  private static @Nullable Long date(String value, long nowMillis) {
    for (DateTimeFormatter format : DATES) {
      try {
        long at = ZonedDateTime.parse(value, format).toInstant().toEpochMilli();
        return Math.clamp(at - nowMillis, 0, LONGEST_MILLIS);
      } catch (DateTimeException e) {
        // Not in this form.
      }
    }
    return null;
  }
}
