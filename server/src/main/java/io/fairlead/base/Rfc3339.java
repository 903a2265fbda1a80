package io.fairlead.base;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads times as people and programs give them: RFC 3339 with any offset up to 14 hours, in upper
/// case, without leap seconds. What is below the millisecond is cut.
public final class Rfc3339 {
  /// What a right one is, as the end of a sentence.
  public static final String EXPECTED =
      "is a time such as 2026-03-02T10:15:03Z or 2026-03-02T10:15:03.250+01:00";

  private static final int MAX_LENGTH = 35;
  private static final int SECONDS_END = 19;
  private static final int MAX_DECIMALS = 9;
  private static final int MAX_OFFSET_HOURS = 14;
  private static final long FIRST = -62_167_219_200_000L;
  private static final long LAST = 253_402_300_799_999L;

  private Rfc3339() {}

  /// Epoch milliseconds, or null when the text is not a time of the years 0000 to 9999.
  public static @Nullable Long parse(String text) {
    if (text.length() <= SECONDS_END || text.length() > MAX_LENGTH || !hasMarks(text)) {
      return null;
    }
    int decimals = decimals(text);
    if (decimals < 0) {
      return null;
    }
    int offsetAt = decimals == 0 ? SECONDS_END : SECONDS_END + 1 + decimals;
    int offset = offsetMinutes(text, offsetAt);
    if (offset == Integer.MIN_VALUE) {
      return null;
    }
    try {
      long seconds =
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 5, 7),
                  number(text, 8, 10),
                  number(text, 11, 13),
                  number(text, 14, 16),
                  number(text, 17, 19))
              .toEpochSecond(ZoneOffset.UTC);
      long millis = (seconds - offset * 60L) * 1000 + millis(text, decimals);
      return millis < FIRST || millis > LAST ? null : millis;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean hasMarks(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /// How many digits follow a decimal point; -1 when there is a point and not 1 to 9 digits.
  private static int decimals(String text) {
    if (text.charAt(SECONDS_END) != '.') {
      return 0;
    }
    int end = SECONDS_END + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int count = end - SECONDS_END - 1;
    return count == 0 || count > MAX_DECIMALS ? -1 : count;
  }

  private static int millis(String text, int decimals) {
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      millis = millis * 10 + (i < decimals ? text.charAt(SECONDS_END + 1 + i) - '0' : 0);
    }
    return millis;
  }

  private static int offsetMinutes(String text, int at) {
    String offset = text.substring(Math.min(at, text.length()));
    if (offset.equals("Z")) {
      return 0;
    }
    boolean formed =
        offset.length() == 6
            && (offset.charAt(0) == '+' || offset.charAt(0) == '-')
            && offset.charAt(3) == ':';
    if (!formed) {
      return Integer.MIN_VALUE;
    }
    int hours = number(offset, 1, 3);
    int minutes = number(offset, 4, 6);
    if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return (offset.charAt(0) == '-' ? -1 : 1) * (hours * 60 + minutes);
  }

  /// The number that digits make, or -1, which is no part of any time.
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
