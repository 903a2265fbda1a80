package io.fairlead.delivery;

import io.fairlead.call.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a delivery is attempted again, and when no more. Arithmetic alone.
public final class RetryPolicy {
  /// No wait is longer, whatever a receiver asks for.
  static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  /// @param random spreads the waits by 20 %, so that what failed together does not come back
  ///   together
  public RetryPolicy(RandomGenerator random) {
    this.random = random;
  }

  /// What follows an attempt.
  ///
  /// @param attemptsInRound how many attempts there have been since the schedule began, this one
  ///   included
  /// @param schedule the waits between attempts
  /// @param now when the attempt ended, in epoch milliseconds
  public Next after(Attempt attempt, int attemptsInRound, List<Duration> schedule, long now) {
    return switch (attempt.outcome()) {
      case SUCCESS -> new Next.Ended(DeliveryState.SUCCEEDED);
      case IGNORE -> new Next.Ended(DeliveryState.IGNORED);
      case FAIL, DISABLE -> new Next.Ended(DeliveryState.FAILED);
      // Its connector is halted: it is held, and due when people have set that going again.
      case AUTH_EXPIRED -> new Next.Again(now);
      case RETRY, RATE_LIMITED ->
          attemptsInRound > schedule.size()
              ? new Next.Ended(DeliveryState.FAILED)
              : new Next.Again(now + wait(attempt, schedule.get(attemptsInRound - 1)));
    };
  }

  /// How long a lane pauses after a receiver said that it gets too much.
  public long pause(Attempt attempt, List<Duration> schedule) {
    Duration first = schedule.isEmpty() ? Duration.ofSeconds(5) : schedule.getFirst();
    Long ruled = attempt.delayMillis();
    Long asked = ruled == null ? attempt.retryAfterMillis() : ruled;
    return Math.min(asked == null ? first.toMillis() : asked, LONGEST_WAIT.toMillis());
  }

  /// A rule's delay holds whatever the schedule says: its author knows the third party.
  private long wait(Attempt attempt, Duration scheduled) {
    Long ruled = attempt.delayMillis();
    if (ruled != null) {
      return Math.min(ruled, LONGEST_WAIT.toMillis());
    }
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    long jittered = (long) (scheduled.toMillis() * factor);
    Long asked = attempt.retryAfterMillis();
    return Math.min(Math.max(jittered, asked == null ? 0 : asked), LONGEST_WAIT.toMillis());
  }
}
