package io.fairlead.render;

import io.fairlead.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A way to write dates and times, by name (`iso`, `us12`, `unix`, …) or by pattern letters
/// (`dd.MM.yyyy HH:mm`), in a zone. Names of months and days are English. Immutable.
public final class DateFormats {
  private static final int LONGEST_PATTERN = 60;
  private static final String LETTERS = "yuMdDEHhmsSaXxzV";

  private static final Map<String, String> PATTERNS = patterns();

  private static final List<String> COMPUTED = List.of("unix", "unixMillis", "age");

  private final String format;
  private final @Nullable DateTimeFormatter formatter;
  private final ZoneId zone;

  private DateFormats(String format, @Nullable DateTimeFormatter formatter, ZoneId zone) {
    this.format = format;
    this.formatter = formatter;
    this.zone = zone;
  }

  private static Map<String, String> patterns() {
    var patterns = new LinkedHashMap<String, String>();
    patterns.put("default", "yyyy-MM-dd HH:mm:ss");
    patterns.put("datetime", "yyyy-MM-dd HH:mm:ss");
    patterns.put("date", "yyyy-MM-dd");
    patterns.put("us", "MM/dd/yyyy");
    patterns.put("verbose", "EEEE, MMMM d, yyyy h:mm a");
    patterns.put("short", "d-MM-yy");
    patterns.put("compact", "yyyyMMdd");
    patterns.put("dotted", "MM.dd.yy");
    patterns.put("us12", "MM/dd/yyyy hh:mm:ss a");
    patterns.put("us24", "MM/dd/yyyy HH:mm:ss");
    patterns.put("long", "MMMM d, yyyy");
    patterns.put("iso", "yyyy-MM-dd'T'HH:mm:ssXXX");
    patterns.put("compactUtc", "yyyyMMdd'T'HHmmss'Z'");
    patterns.put("http", "EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    return patterns;
  }

  /// What reading a format came to.
  public sealed interface Parsed {
    /// It is one.
    record Good(DateFormats format) implements Parsed {}

    /// It is none.
    ///
    /// @param inZone whether the zone is at fault, not the format
    /// @param detail a sentence with what was expected
    record Bad(boolean inZone, String detail) implements Parsed {}
  }

  /// The formats that have a name.
  public static List<String> names() {
    var names = new java.util.ArrayList<>(PATTERNS.keySet());
    names.addAll(COMPUTED);
    return List.copyOf(names);
  }

  /// Reads a format.
  ///
  /// @param format a name or a pattern of Java's letters
  /// @param zone an IANA name such as `Europe/Berlin`, or an offset; null: UTC
  public static Parsed parse(String format, @Nullable String zone) {
    ZoneId where = zone == null ? ZoneOffset.UTC : zone(zone);
    if (where == null) {
      return new Parsed.Bad(true, "Expected a time zone such as Europe/Berlin, UTC or +01:00.");
    }
    if (COMPUTED.contains(format)) {
      return new Parsed.Good(new DateFormats(format, null, where));
    }
    if (format.equals("compactUtc") || format.equals("http")) {
      where = ZoneOffset.UTC;
    }
    String pattern = PATTERNS.getOrDefault(format, format);
    String wrong = wrong(pattern);
    if (wrong != null) {
      return new Parsed.Bad(false, wrong);
    }
    try {
      return new Parsed.Good(
          new DateFormats(format, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH), where));
    } catch (IllegalArgumentException e) {
      return new Parsed.Bad(false, expected());
    }
  }

  private static String expected() {
    return "Expected a format such as yyyy-MM-dd HH:mm, or one of %s."
        .formatted(String.join(", ", names()));
  }

  static @Nullable ZoneId zone(String name) {
    try {
      return name.length() > 60 ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// What is wrong with the letters of a pattern, or null.
  private static @Nullable String wrong(String pattern) {
    if (pattern.isBlank() || pattern.length() > LONGEST_PATTERN) {
      return expected();
    }
    boolean quoted = false;
    boolean hasLetter = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == 'Y') {
        return "Expected yyyy for the year; Y is the year that a week belongs to.";
      } else if (!quoted && c < 0x80 && (Character.isLetter(c) || "[]{}#".indexOf(c) >= 0)) {
        if (LETTERS.indexOf(c) < 0) {
          return "Expected the letters %s in a format, but found %s; other text stands in '…'. Or one of %s."
              .formatted(LETTERS, c, String.join(", ", names()));
        }
        hasLetter = true;
      }
    }
    return quoted || !hasLetter ? expected() : null;
  }

  /// Writes a date or time, as text or, for `unix`, `unixMillis` and `age`, as a number.
  ///
  /// @param now the time that `age` goes by, epoch milliseconds
  public Filtered write(Json value, long now) {
    Moment moment = Moment.read(value);
    if (moment == null) {
      return new Filtered.Refused(
          value instanceof Json.JsonString || value instanceof Json.JsonNumber
              ? "the value is not " + Moment.EXPECTED
              : "it takes a date or time, but the value is %s".formatted(value.kind()));
    }
    return write(moment, now);
  }

  private Filtered write(Moment moment, long now) {
    ZonedDateTime time = moment.in(zone, ZoneOffset.UTC);
    if (formatter != null) {
      try {
        return time.getYear() < 0 || time.getYear() > 9999
            ? new Filtered.Refused("the value is not a time of the years 0 to 9999")
            : Filtered.text(formatter.format(time));
      } catch (DateTimeException e) {
        return new Filtered.Refused("the format %s cannot write it".formatted(format));
      }
    }
    return switch (format) {
      case "unix" -> new Filtered.Value(Json.of(time.toEpochSecond()));
      case "unixMillis" -> new Filtered.Value(Json.of(time.toInstant().toEpochMilli()));
      default -> age(time.toLocalDate(), Instant.ofEpochMilli(now).atZone(zone).toLocalDate());
    };
  }

  private static Filtered age(LocalDate from, LocalDate today) {
    return from.isAfter(today)
        ? new Filtered.Refused("the date %s lies in the future".formatted(from))
        : new Filtered.Value(Json.of(Period.between(from, today).getYears()));
  }

  /// Whether the same value may be written differently at another time.
  boolean needsNow() {
    return format.equals("age");
  }
}
