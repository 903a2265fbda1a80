package io.fairlead.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatsTest {
  private static final long NOW = 1_772_000_000_000L;

  private static String write(String format, @Nullable String zone, Json value) {
    return switch (DateFormats.parse(format, zone)) {
      case DateFormats.Parsed.Bad(boolean inZone, String detail) ->
          throw new AssertionError(detail);
      case DateFormats.Parsed.Good(var dates) ->
          switch (dates.write(value, NOW)) {
            case Filtered.Value(Json made) -> JsonWriter.text(made);
            case Filtered.Absent absent -> "absent";
            case Filtered.Refused(String reason) -> reason;
          };
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default|\"2026-03-02 16:05:09\"",
        "datetime|\"2026-03-02 16:05:09\"",
        "date|\"2026-03-02\"",
        "us|\"03/02/2026\"",
        "verbose|\"Monday, March 2, 2026 4:05 PM\"",
        "short|\"2-03-26\"",
        "compact|\"20260302\"",
        "dotted|\"03.02.26\"",
        "us12|\"03/02/2026 04:05:09 PM\"",
        "us24|\"03/02/2026 16:05:09\"",
        "long|\"March 2, 2026\"",
        "iso|\"2026-03-02T16:05:09+01:00\"",
        "compactUtc|\"20260302T150509Z\"",
        "http|\"Mon, 02 Mar 2026 15:05:09 GMT\"",
        "unix|1772463909",
        "unixMillis|1772463909000",
        "EEE d MMM yy, H'h'mm|\"Mon 2 Mar 26, 16h05\"",
      })
  void everyFormatOfTheManual(String format, String expected) {
    assertThat(write(format, "Europe/Berlin", Json.of("2026-03-02T15:05:09Z"))).isEqualTo(expected);
  }

  @Test
  void theNamesAreKnown() {
    for (String name : DateFormats.names()) {
      assertThat(DateFormats.parse(name, null)).isInstanceOf(DateFormats.Parsed.Good.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T15:05:09Z",
        "2026-03-02T15:05:09.000000000Z",
        "2026-03-02T16:05:09+01:00",
        "2026-03-02T16:05:09+0100",
        "2026-03-02T16:05:09+01",
        "2026-03-02T15:05:09",
        "2026-03-02 15:05:09",
        "20260302T150509Z",
        "20260302T150509",
        "1772463909",
        "1772463909000",
      })
  void oneMomentWrittenInManyWays(String text) {
    assertThat(write("unix", null, Json.of(text))).isEqualTo("1772463909");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1772463909", "1772463909000", "1772463909.0", "1.772463909e9"})
  void numbersAreSecondsOrMilliseconds(String number) {
    assertThat(write("unix", null, new Json.JsonNumber(number))).isEqualTo("1772463909");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-3-2",
        "2026-13-01",
        "2026-02-30",
        "2026-03-02T",
        "2026-03-02T24:00",
        "2026-03-02T10",
        "2026-03-02T10:00:00.",
        "2026-03-02T10:00:00+",
        "2026-03-02T10:00:00+25:00",
        "2026-03-02T10:00:00Zx",
        "2026-03-02x",
        "02.03.2026",
        "20260302 101010",
        "99999-01-01",
        "٢٠٢٦-٠٣-٠٢",
        "123456789012345678901234567890"
      })
  void whatIsNoDateIsRefused(String text) {
    assertThat(write("date", null, Json.of(text)))
        .startsWith("the value is not a date such as 2026-03-02");
  }

  @Test
  void hugeNumbersAreRefusedAtOnce() {
    for (String number : new String[] {"1e999999999", "-1e999999999", "1e-999999999", "1e15"}) {
      assertThat(write("date", null, new Json.JsonNumber(number))).startsWith("the value is not");
    }
  }
}
