package io.fairlead.call;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Timers of what third parties take, so that all of them have the same buckets.
public final class CallTimer {
  private CallTimer() {}

  /// A timer with buckets from 5 ms to a minute.
  public static Timer.Builder of(String name) {
    return Timer.builder(name)
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
  }
}
