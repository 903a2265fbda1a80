package io.fairlead.connector;

import java.time.Duration;
import java.util.List;

/// How hard a connector tries.
///
/// @param timeout for a whole call, 1 second to 2 minutes
/// @param retrySchedule the waits after the first, second ... attempt, each 1 second to 24 hours,
///   at most 20; empty means one attempt
/// @param concurrency calls at once, 1 to 1,000
public record Policy(Duration timeout, List<Duration> retrySchedule, int concurrency) {
  /// What holds where the author says nothing.
  public static final Policy DEFAULT =
      new Policy(
          Duration.ofSeconds(30),
          List.of(
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofMinutes(2),
              Duration.ofMinutes(10),
              Duration.ofHours(1),
              Duration.ofHours(3),
              Duration.ofHours(6),
              Duration.ofHours(12)),
          16);

  public Policy {
    retrySchedule = List.copyOf(retrySchedule);
  }
}
