package io.fairlead.render;

import io.fairlead.base.Times;
import io.fairlead.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Filters over dates and times; see {@link Moment} for what they take.
final class DateFilters {
  private DateFilters() {}

  /// A date or time in a format, in UTC or the zone given. A time that names no zone is in UTC.
  static Filter date(Arguments arguments) throws Flawed {
    return formatted(arguments, arguments.text(0), 1);
  }

  /// Whole years from a date until now, by the calendar of UTC or of the zone given.
  static Filter age(Arguments arguments) throws Flawed {
    return formatted(arguments, "age", 0);
  }

  private static Filter formatted(Arguments arguments, String format, int zoneAt) throws Flawed {
    String zone = arguments.has(zoneAt) ? arguments.text(zoneAt) : null;
    return switch (DateFormats.parse(format, zone)) {
      case DateFormats.Parsed.Good(var good) -> new Formatted(good);
      case DateFormats.Parsed.Bad(boolean inZone, String detail) ->
          throw new Flawed(arguments.at(inZone ? zoneAt : 0), detail);
    };
  }

  private record Formatted(DateFormats format) implements Filter {
    @Override
    public Filtered apply(Json value, Attempt attempt) {
      return format.write(value, attempt.now());
    }

    @Override
    public boolean needsAttempt() {
      return format.needsNow();
    }
  }

  /// A time in UTC, ISO 8601; the argument is the zone of a time that names none.
  static Filter toUtc(Arguments arguments) throws Flawed {
    ZoneId zone = arguments.has(0) ? DateFormats.zone(arguments.text(0)) : ZoneOffset.UTC;
    if (zone == null) {
      throw new Flawed(
          arguments.at(0), "Expected a time zone such as Europe/Berlin, UTC or +01:00.");
    }
    return (value, _) -> {
      Moment moment = Moment.read(value);
      if (moment == null || moment instanceof Moment.Day) {
        return new Filtered.Refused(
            "it takes a time such as 2026-03-02T10:15:03+01:00, but the value is %s"
                .formatted(moment == null ? "none" : "a date without a time"));
      }
      Instant instant = moment.in(ZoneOffset.UTC, zone).toInstant();
      return Filtered.text(instant.truncatedTo(ChronoUnit.MILLIS).toString());
    };
  }

  /// The time of the attempt, whatever the value.
  record Now() implements Filter {
    @Override
    public Filtered apply(Json value, Attempt attempt) {
      return absent(attempt);
    }

    @Override
    public Filtered absent(Attempt attempt) {
      return Filtered.text(Times.text(attempt.now()));
    }

    @Override
    public boolean needsAttempt() {
      return true;
    }
  }
}
