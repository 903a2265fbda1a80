package io.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.connector.Window.Outside;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A window is open while the clocks on the wall show a time in it, whatever is done to the clocks.
class WindowTest {
  private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

  private static Window window(
      String days, String times, String zone, @Nullable String first, @Nullable String last) {
    Set<DayOfWeek> weekdays =
        days.equals("*")
            ? ALL
            : EnumSet.copyOf(Arrays.stream(days.split(" ")).map(WindowTest::weekday).toList());
    String[] ends = times.split("-");
    return new Window(
        weekdays,
        minutes(ends[0]),
        minutes(ends[1]),
        ZoneId.of(zone),
        first == null ? null : LocalDate.parse(first),
        last == null ? null : LocalDate.parse(last),
        Outside.HOLD);
  }

  private static DayOfWeek weekday(String name) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static int minutes(String time) {
    String[] parts = time.split(":");
    return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }

  private static String opens(Window window, String now) {
    long opens = window.opens(Instant.parse(now).toEpochMilli());
    return opens == Window.NEVER ? "never" : Instant.ofEpochMilli(opens).toString();
  }

  @ParameterizedTest(name = "{0} {1} {2} at {3}: {4}")
  @CsvSource({
    // Within, before, after, at both ends.
    "*, 09:00-17:30, UTC, 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
    "*, 09:00-17:30, UTC, 2026-03-02T08:59:59.999Z, 2026-03-02T09:00:00Z",
    "*, 09:00-17:30, UTC, 2026-03-02T09:00:00Z, 2026-03-02T09:00:00Z",
    "*, 09:00-17:30, UTC, 2026-03-02T17:29:59.999Z, 2026-03-02T17:29:59.999Z",
    "*, 09:00-17:30, UTC, 2026-03-02T17:30:00Z, 2026-03-03T09:00:00Z",
    // Weekdays: 2026-03-06 is a Friday.
    "MON TUE WED THU FRI, 09:00-17:30, UTC, 2026-03-06T18:00:00Z, 2026-03-09T09:00:00Z",
    "SUN, 00:00-24:00, UTC, 2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "SUN, 00:00-24:00, UTC, 2026-03-08T23:59:59Z, 2026-03-08T23:59:59Z",
    "*, 00:00-24:00, UTC, 2026-03-02T00:00:00Z, 2026-03-02T00:00:00Z",
    // The weekday is the zone's own.
    "MON, 00:00-24:00, Asia/Tokyo, 2026-03-01T15:00:00Z, 2026-03-01T15:00:00Z",
    "MON, 00:00-24:00, America/Los_Angeles, 2026-03-02T07:59:00Z, 2026-03-02T08:00:00Z",
    // Over midnight it belongs to the day on which it opens.
    "FRI, 22:00-06:00, UTC, 2026-03-07T05:59:00Z, 2026-03-07T05:59:00Z",
    "FRI, 22:00-06:00, UTC, 2026-03-06T05:59:00Z, 2026-03-06T22:00:00Z",
    "FRI, 22:00-06:00, UTC, 2026-03-07T06:00:00Z, 2026-03-13T22:00:00Z",
    "*, 22:00-06:00, Europe/Oslo, 2026-03-02T12:00:00Z, 2026-03-02T21:00:00Z",
    // Oslo puts the clocks forward on 29 March at 01:00Z: 02:00 to 03:00 is left out.
    "*, 02:30-04:00, Europe/Oslo, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
    "*, 02:10-02:50, Europe/Oslo, 2026-03-28T12:00:00Z, 2026-03-30T00:10:00Z",
    "*, 09:00-10:00, Europe/Oslo, 2026-03-28T12:00:00Z, 2026-03-29T07:00:00Z",
    "SUN, 02:10-02:50, Europe/Oslo, 2026-03-28T12:00:00Z, 2026-04-05T00:10:00Z",
    // And back on 25 October at 01:00Z: 02:00 to 03:00 comes twice.
    "*, 02:30-02:50, Europe/Oslo, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
    "*, 02:30-02:50, Europe/Oslo, 2026-10-25T00:50:00Z, 2026-10-25T01:30:00Z",
    "*, 02:30-02:50, Europe/Oslo, 2026-10-25T01:40:00Z, 2026-10-25T01:40:00Z",
    "*, 02:30-02:50, Europe/Oslo, 2026-10-25T01:50:00Z, 2026-10-26T01:30:00Z",
    // New York, 8 March at 07:00Z; Lord Howe moves by half an hour, on 4 October at 15:30Z.
    "*, 02:30-04:00, America/New_York, 2026-03-08T06:00:00Z, 2026-03-08T07:00:00Z",
    "*, 02:15-02:45, Australia/Lord_Howe, 2026-10-03T15:00:00Z, 2026-10-03T15:30:00Z",
    // Cairo leaves out the first hour of a day, 24 April 2026.
    "FRI, 00:00-24:00, Africa/Cairo, 2026-04-23T21:00:00Z, 2026-04-23T22:00:00Z",
    // Samoa left out a whole day, Friday 30 December 2011.
    "FRI, 09:00-10:00, Pacific/Apia, 2011-12-30T00:00:00Z, 2012-01-05T19:00:00Z",
    // Kathmandu is a quarter of an hour off.
    "*, 09:00-10:00, Asia/Kathmandu, 2026-03-02T00:00:00Z, 2026-03-02T03:15:00Z",
  })
  void opensWhenTheWallClockSaysSo(
      String days, String times, String zone, String now, String opens) {
    assertThat(opens(window(days, times, zone, null, null), now)).isEqualTo(opens);
  }

  @Test
  void datesAreDaysOnWhichItOpens() {
    Window window = window("*", "22:00-06:00", "Europe/Oslo", "2027-06-01", "2027-06-02");

    assertThat(opens(window, "2026-03-02T00:00:00Z")).isEqualTo("2027-06-01T20:00:00Z");
    assertThat(opens(window, "2027-06-01T03:00:00Z")).isEqualTo("2027-06-01T20:00:00Z");
    assertThat(opens(window, "2027-06-03T03:59:00Z")).isEqualTo("2027-06-03T03:59:00Z");
    assertThat(opens(window, "2027-06-03T04:00:00Z")).isEqualTo("never");
    assertThat(opens(window, "2199-06-03T04:00:00Z")).isEqualTo("never");
  }

  @Test
  void anOpeningThatNeverComesIsSaidSo() {
    assertThat(
            opens(
                window("MON", "09:00-10:00", "UTC", "2026-03-03", "2026-03-08"),
                "2026-03-01T00:00:00Z"))
        .isEqualTo("never");
  }

  @Test
  @Timeout(10)
  void farDatesCostNothing() {
    Window window = window("MON", "09:00-10:00", "Europe/Oslo", "9999-01-01", null);
    assertThat(window.opens(0)).isLessThan(Window.NEVER);
    Window old = window("*", "09:00-10:00", "Europe/Oslo", "1970-01-01", "1970-01-02");
    assertThat(old.opens(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli()))
        .isEqualTo(Window.NEVER);
  }

  /// What it answers is held against the definition, minute by minute, around changes of the
  /// clocks.
  @Test
  void opensAtTheFirstMinuteThatTheDefinitionNames() {
    var random = new Random(8);
    List<String> zones =
        List.of(
            "Europe/Oslo",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Havana",
            "Pacific/Apia",
            "Asia/Kathmandu",
            "America/Asuncion");
    for (int i = 0; i < 400; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Instant change =
          zone.getRules()
                      .nextTransition(
                          Instant.parse("2011-0" + (1 + random.nextInt(9)) + "-01T00:00:00Z"))
                  == null
              ? Instant.parse("2011-06-01T00:00:00Z")
              : zone.getRules()
                  .nextTransition(
                      Instant.parse("2011-0" + (1 + random.nextInt(9)) + "-01T00:00:00Z"))
                  .getInstant();
      int from = random.nextInt(96) * 15;
      int to = (from + 15 * (1 + random.nextInt(94))) % (24 * 60);
      var window =
          new Window(
              random.nextBoolean() ? ALL : EnumSet.of(DayOfWeek.of(1 + random.nextInt(7))),
              from,
              to == 0 ? Window.DAY : to,
              zone,
              null,
              null,
              Outside.HOLD);
      long now = change.toEpochMilli() + (random.nextInt(400) - 200) * 15L * 60_000;
      assertThat(window.opens(now))
          .as("%s at %s", window, Instant.ofEpochMilli(now))
          .isEqualTo(byDefinition(window, now));
    }
  }

  /// Changes of the clocks and windows are at quarters of an hour here.
  private static long byDefinition(Window window, long now) {
    for (long moment = now; moment < now + 40L * 86_400_000; moment += 15 * 60_000) {
      LocalDateTime wall = LocalDateTime.ofInstant(Instant.ofEpochMilli(moment), window.zone());
      int minute = wall.getHour() * 60 + wall.getMinute();
      boolean overMidnight = window.to() <= window.from();
      DayOfWeek today = wall.getDayOfWeek();
      boolean open =
          overMidnight
              ? (minute >= window.from() && window.weekdays().contains(today))
                  || (minute < window.to() && window.weekdays().contains(today.minus(1)))
              : minute >= window.from()
                  && minute < window.to()
                  && window.weekdays().contains(today);
      if (open) {
        return moment;
      }
    }
    return Window.NEVER;
  }
}
