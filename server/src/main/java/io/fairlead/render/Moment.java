package io.fairlead.render;

import io.fairlead.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// A date or a time as it stands in data: ISO 8601 (`2026-03-02`, `2026-03-02T10:15:03Z`,
/// `2026-03-02 10:15`, `20260302T101503Z`), or seconds or milliseconds since 1970. The years are 0
/// to 9999.
sealed interface Moment {
  /// A point in time.
  record Point(Instant instant) implements Moment {}

  /// Date and time without a zone.
  record Local(LocalDateTime time) implements Moment {}

  /// A date without a time.
  record Day(LocalDate date) implements Moment {}

  /// What a right one is, for a sentence.
  String EXPECTED =
      "a date such as 2026-03-02, a time such as 2026-03-02T10:15:03Z, or seconds or milliseconds"
          + " since 1970";

  /// Numbers from here on are milliseconds; as seconds they would be the year 5138.
  BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

  BigDecimal MOST_MILLIS = BigDecimal.valueOf(253_402_300_799_999L);
  BigDecimal FEWEST_MILLIS = BigDecimal.valueOf(-62_167_219_200_000L);

  /// The moment that a value is, or null.
  static @Nullable Moment read(Json value) {
    return switch (value) {
      case Json.JsonNumber(String text) -> text.length() > 40 ? null : epoch(text);
      case Json.JsonString(String text) -> read(text);
      case Json.JsonBool bool -> null;
      case Json.JsonNull nothing -> null;
      case Json.JsonArray array -> null;
      case Json.JsonObject object -> null;
    };
  }

  private static @Nullable Moment read(String text) {
    try {
      return text.length() > 40 ? null : new Reader(text).read();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Moment epoch(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
    if (number.precision() > 40 || Math.abs((long) number.scale()) > 40) {
      return null;
    }
    BigDecimal millis = number.abs().compareTo(MILLIS_FROM) < 0 ? number.movePointRight(3) : number;
    return millis.compareTo(FEWEST_MILLIS) < 0 || millis.compareTo(MOST_MILLIS) > 0
        ? null
        : new Point(Instant.ofEpochMilli(millis.longValue()));
  }

  /// The moment in a zone.
  ///
  /// @param unzoned the zone of a time that names none; a date begins in `zone`
  default ZonedDateTime in(ZoneId zone, ZoneId unzoned) {
    return switch (this) {
      case Point(Instant instant) -> instant.atZone(zone);
      case Local(LocalDateTime time) -> time.atZone(unzoned).withZoneSameInstant(zone);
      case Day(LocalDate date) -> date.atStartOfDay(zone);
    };
  }

  /// Reads a text from left to right.
  final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    @Nullable Moment read() {
      int digits = run();
      if (digits == text.length() && (digits == 10 || digits == 13)) {
        return epoch(text);
      }
      boolean isCompact = digits == 8;
      if (digits != 4 && !isCompact) {
        return null;
      }
      int year = number(4);
      boolean marked = isCompact || take('-');
      int month = number(2);
      marked = marked && (isCompact || take('-'));
      int day = number(2);
      if (!marked || year < 0 || month < 0 || day < 0) {
        return null;
      }
      LocalDate date = LocalDate.of(year, month, day);
      if (at == text.length()) {
        return new Day(date);
      }
      if (!take('T') && (isCompact || !take(' '))) {
        return null;
      }
      LocalTime time = time(isCompact);
      return time == null ? null : zoned(LocalDateTime.of(date, time));
    }

    private int run() {
      int end = 0;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      return end;
    }

    private @Nullable LocalTime time(boolean isCompact) {
      int hour = number(2);
      boolean marked = isCompact || take(':');
      int minute = number(2);
      int second = 0;
      int nano = 0;
      if (isCompact || take(':')) {
        second = number(2);
        if (take('.')) {
          nano = fraction();
        }
      }
      return marked && hour >= 0 && minute >= 0 && second >= 0 && nano >= 0
          ? LocalTime.of(hour, minute, second, nano)
          : null;
    }

    /// One to nine decimals as nanoseconds, or -1.
    private int fraction() {
      int start = at;
      int nano = 0;
      while (at < text.length() && at - start < 9 && isDigit(text.charAt(at))) {
        nano = nano * 10 + text.charAt(at) - '0';
        at++;
      }
      for (int i = at - start; i < 9; i++) {
        nano *= 10;
      }
      return at == start ? -1 : nano;
    }

    private @Nullable Moment zoned(LocalDateTime time) {
      if (at == text.length()) {
        return new Local(time);
      }
      if (take('Z')) {
        return at == text.length() ? new Point(time.toInstant(ZoneOffset.UTC)) : null;
      }
      int sign = take('-') ? -1 : take('+') ? 1 : 0;
      int hours = number(2);
      int minutes = 0;
      if (at < text.length()) {
        var _ = take(':');
        minutes = number(2);
      }
      if (sign == 0 || hours < 0 || minutes < 0 || minutes > 59 || at != text.length()) {
        return null;
      }
      return new Point(time.toInstant(ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes)));
    }

    private boolean take(char c) {
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    /// The number that so many digits make, or -1.
    private int number(int digits) {
      int number = 0;
      for (int i = 0; i < digits; i++, at++) {
        if (at >= text.length() || !isDigit(text.charAt(at))) {
          return -1;
        }
        number = number * 10 + text.charAt(at) - '0';
      }
      return number;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
