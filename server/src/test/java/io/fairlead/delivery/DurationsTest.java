package io.fairlead.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @ValueSource(longs = {600, 1_000, 7_300, 99_000, 1_000_000, 29_900_000, 180_000_000})
  void whatStandsForAClassIsRightToAFifth(long micros) {
    double millis = Durations.millis(Durations.classOf(micros));

    assertThat(millis).isCloseTo(micros / 1_000.0, within(micros / 1_000.0 / 5));
  }

  @Test
  void classesGrowWithTheDuration() {
    assertThat(Durations.classOf(0)).isZero();
    assertThat(Durations.classOf(500)).isZero();
    assertThat(Durations.classOf(501)).isEqualTo(1);
    assertThat(Durations.classOf(1_000)).isEqualTo(2);
    assertThat(Durations.classOf(1_001)).isEqualTo(3);
  }

  @Test
  void aPercentileIsTheClassThatReachesIt() {
    var counts = new TreeMap<Integer, Long>();
    counts.put(0, 90L);
    counts.put(10, 9L);
    counts.put(20, 1L);

    assertThat(Durations.percentile(counts, 0.5)).isEqualTo(Durations.millis(0));
    assertThat(Durations.percentile(counts, 0.95)).isEqualTo(Durations.millis(10));
    assertThat(Durations.percentile(counts, 0.999)).isEqualTo(Durations.millis(20));
  }
}
