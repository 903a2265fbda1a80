package io.fairlead;

import io.fairlead.base.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until a test moves it.
public final class HandClock implements Clock {
  private final long startMillis;
  private final AtomicLong nanos = new AtomicLong();

  /// @param startMillis the wall time it begins at, in epoch milliseconds
  public HandClock(long startMillis) {
    this.startMillis = startMillis;
  }

  /// Moves it on.
  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long millis() {
    return startMillis + nanos.get() / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
