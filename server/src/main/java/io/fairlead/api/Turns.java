package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Lets only so many of a tenant's calls be under way at once. From any thread.
final class Turns {
  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  private final int most;
  private final String what;
  private final Map<Long, Integer> underWay = new ConcurrentHashMap<>();

  /// @param what these are called, in a sentence
  Turns(int most, String what) {
    this.most = most;
    this.what = what;
  }

  /// Does something when it is not too much.
  ///
  /// @throws Refused with a 429 when it is
  <T> T take(long tenant, Supplier<T> work) {
    if (underWay.merge(tenant, 1, Integer::sum) > most) {
      end(tenant);
      throw new Refused(
          new Problem(
              Kind.TOO_MANY_REQUESTS,
              "%d %s are under way already. Wait until one has ended.".formatted(most, what),
              List.of(),
              COME_AGAIN));
    }
    try {
      return work.get();
    } finally {
      end(tenant);
    }
  }

  private void end(long tenant) {
    var _ = underWay.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }
}
