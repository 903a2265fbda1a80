package io.fairlead.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T10:15:03Z",
        "2026-03-02T10:15:03.2Z",
        "2026-03-02T10:15:03.123456789+14:00",
        "2026-03-02T23:59:59.999-14:59",
        "2024-02-29T00:00:00+00:00",
        "0001-01-01T00:00:00-00:30"
      })
  void readsATime(String text) {
    assertThat(Rfc3339.parse(text))
        .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-02",
        "2026-03-02T10:15:03",
        "2026-03-02T10:15Z",
        "2026-03-02 10:15:03Z",
        "2026-03-02t10:15:03z",
        "2026-02-30T10:15:03Z",
        "2026-13-02T10:15:03Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T10:15:60Z",
        "2026-03-02T10:15:03.Z",
        "2026-03-02T10:15:03.1234567890Z",
        "2026-03-02T10:15:03+1:00",
        "2026-03-02T10:15:03+15:00",
        "2026-03-02T10:15:03+01:60",
        "2026-03-02T10:15:03+0100",
        "2026-03-02T10:15:03Zx",
        "+2026-03-02T10:15:03Z",
        "０026-03-02T10:15:03Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00"
      })
  void refusesAnythingElse(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }
}
