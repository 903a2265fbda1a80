package io.fairlead.connector;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When a trigger is open: on some weekdays, between two times of the day, from one date to
/// another.
///
/// It is open while the clocks on the wall of its zone show a time from `from` up to, and without,
/// `to`. So where clocks are put forward, a window that would open in the hour that is left out
/// opens right after it; and an hour that comes twice counts twice. A window that ends at or before
/// the time it begins goes over midnight, and belongs to the day on which it opens.
///
/// @param weekdays on which it opens; at least one
/// @param from minutes since midnight, 0 to 1,439
/// @param to minutes since midnight, 1 to 1,440
/// @param firstDate the first day on which it opens, or null
/// @param lastDate the last day on which it opens, or null
public record Window(
    Set<DayOfWeek> weekdays,
    int from,
    int to,
    ZoneId zone,
    @Nullable LocalDate firstDate,
    @Nullable LocalDate lastDate,
    Outside outside) {
  /// What becomes of an event that comes while the window is shut.
  public enum Outside {
    /// It is delivered when the window opens.
    HOLD,
    /// It is not delivered, and the log says so.
    DROP
  }

  /// The moment that never comes.
  public static final long NEVER = Long.MAX_VALUE;

  /// A whole day.
  public static final int DAY = 24 * 60;

  /// Where a window is left out by a change of the clocks, it opens in a later week.
  private static final int DAYS_LOOKED_AT = 100;

  public Window {
    weekdays = Set.copyOf(weekdays);
  }

  /// When it is open next: `now` while it is open, {@link #NEVER} when it does not open again.
  ///
  /// @param now epoch milliseconds
  public long opens(long now) {
    Instant moment = Instant.ofEpochMilli(now);
    LocalDate day = LocalDate.ofInstant(moment, zone).minusDays(2);
    if (firstDate != null && firstDate.isAfter(day)) {
      day = firstDate;
    }
    long earliest = NEVER;
    int daysLeft = DAYS_LOOKED_AT;
    for (int i = 0; i < daysLeft && (lastDate == null || !day.isAfter(lastDate)); i++) {
      if (weekdays.contains(day.getDayOfWeek())) {
        earliest = Math.min(earliest, opens(day, moment));
        if (earliest < NEVER) {
          // Where clocks are put back over midnight, the day after may be open earlier.
          daysLeft = Math.min(daysLeft, i + 3);
        }
      }
      day = day.plusDays(1);
    }
    return earliest;
  }

  private long opens(LocalDate day, Instant now) {
    LocalDateTime opening = day.atStartOfDay().plusMinutes(from);
    LocalDateTime closing = day.atStartOfDay().plusMinutes(to > from ? to : to + DAY);
    ZoneRules rules = zone.getRules();
    Instant stretch = opening.minusDays(1).toInstant(ZoneOffset.UTC);
    Instant last = closing.plusDays(1).toInstant(ZoneOffset.UTC);
    // Between two changes of the clocks local time is a fixed distance from UTC.
    while (stretch.isBefore(last)) {
      ZoneOffset offset = rules.getOffset(stretch);
      ZoneOffsetTransition change = rules.nextTransition(stretch);
      Instant end = change == null ? last : change.getInstant();
      Instant open = later(later(stretch, opening.toInstant(offset)), now);
      Instant shut = earlier(end, closing.toInstant(offset));
      if (open.isBefore(shut)) {
        return open.toEpochMilli();
      }
      stretch = end;
    }
    return NEVER;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /// The window in words, for sentences: `Mon, Tue 09:00 to 17:30, Europe/Oslo`.
  public String text() {
    var out = new StringBuilder();
    if (weekdays.size() < DayOfWeek.values().length) {
      out.append(
              EnumSet.copyOf(weekdays).stream()
                  .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                  .collect(Collectors.joining(", ")))
          .append(' ');
    }
    out.append(time(from)).append(" to ").append(time(to)).append(", ").append(zone.getId());
    if (firstDate != null) {
      out.append(", from ").append(firstDate);
    }
    if (lastDate != null) {
      out.append(", last on ").append(lastDate);
    }
    return out.toString();
  }

  /// A time of the day as it is written: `09:00`.
  static String time(int minutes) {
    return "%02d:%02d".formatted(minutes / 60, minutes % 60);
  }
}
