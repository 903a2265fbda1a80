package io.fairlead.user;

import io.fairlead.base.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often signing in may fail: by email address from one network address 5 times in 5 minutes,
/// by email address from everywhere, and by network address, 50 times in 15 minutes. An attempt
/// counts when it begins, so that many at once count too, and not any more when it succeeds.
public final class SignInLimits {
  private static final int MOST_COUNTED = 20_000;

  private record Limit(int most, Duration within) {}

  private static final Limit PAIR = new Limit(5, Duration.ofMinutes(5));
  private static final Limit ONE = new Limit(50, Duration.ofMinutes(15));

  private record Count(int failures, long endsAt) {}

  private final Clock clock;

  /// The oldest first, so that a flood of names forgets the oldest and memory stays bounded.
  private final LinkedHashMap<String, Count> counts = new LinkedHashMap<>();

  /// Starts without failures.
  public SignInLimits(Clock clock) {
    this.clock = clock;
  }

  private static Map<String, Limit> limits(String email, String address) {
    var limits = new HashMap<String, Limit>();
    limits.put("pair " + address + " " + email, PAIR);
    limits.put("email " + email, ONE);
    limits.put("address " + address, ONE);
    return limits;
  }

  /// Counts an attempt, unless there were too many.
  ///
  /// @param email in lower case
  /// @param address the caller's network
  /// @return zero when it may go on, else how long to wait
  public synchronized Duration begin(String email, String address) {
    long now = clock.millis();
    Map<String, Limit> limits = limits(email, address);
    long wait = 0;
    for (var entry : limits.entrySet()) {
      Count count = counts.get(entry.getKey());
      if (count != null && count.endsAt() > now && count.failures() >= entry.getValue().most()) {
        wait = Math.max(wait, count.endsAt() - now);
      }
    }
    if (wait == 0) {
      limits.forEach((key, limit) -> count(key, limit, now));
    }
    return Duration.ofMillis(wait);
  }

  private void count(String key, Limit limit, long now) {
    Count before = counts.remove(key);
    counts.put(
        key,
        before == null || before.endsAt() <= now
            ? new Count(1, now + limit.within().toMillis())
            : new Count(before.failures() + 1, before.endsAt()));
    if (counts.size() > MOST_COUNTED) {
      counts.remove(counts.firstEntry().getKey());
    }
  }

  /// Forgets the failures of an email address from one network address: the password was right.
  public synchronized void succeeded(String email, String address) {
    counts.remove("pair " + address + " " + email);
    for (String key : List.of("email " + email, "address " + address)) {
      Count count = counts.get(key);
      if (count != null) {
        counts.put(key, new Count(Math.max(0, count.failures() - 1), count.endsAt()));
      }
    }
  }
}
