package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.http.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Keeps ingest from starving delivery: many senders can take all of an event loop's time, and what
/// they send would then wait in memory for calls that the loop has no time to make.
///
/// While the loops run late *and* deliveries wait for third parties that answer quickly, new events
/// wait at the door, for a moment at most. A third party that is slow by itself holds nobody up.
public final class Backpressure {
  /// More deliveries than this waiting for quick third parties close the door; fewer than a half of
  /// it open it.
  private static final int CLOSES_AT = 192;

  private static final long LATE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();

  private record Held(Runnable work, long since) {}

  private final Clock clock;
  private final List<Loop> loops;
  private final List<Queue<Held>> held = new ArrayList<>();
  private final AtomicIntegerArray waiting;
  private volatile boolean closed;

  /// Stands at the doors of some loops.
  public Backpressure(List<Loop> loops, Clock clock) {
    this.clock = clock;
    this.loops = loops;
    this.waiting = new AtomicIntegerArray(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      held.add(new ArrayDeque<>());
    }
  }

  /// Lets work in, now or in a moment. To be called on the loop, where the work then runs.
  public void enter(Loop loop, Runnable work) {
    Queue<Held> before = held.get(loop.index());
    if (closed || !before.isEmpty()) {
      before.add(new Held(work, clock.nanos()));
    } else {
      work.run();
    }
  }

  /// Whether new events wait.
  boolean isClosed() {
    return closed;
  }

  /// Hears how a loop is doing.
  ///
  /// @param quick deliveries that wait in memory for third parties that answer quickly
  /// @param lateNanos how late the loop came to what it was last told to do
  void update(Loop loop, int quick, long lateNanos) {
    waiting.set(loop.index(), quick);
    int all = 0;
    for (int i = 0; i < waiting.length(); i++) {
      all += waiting.get(i);
    }
    if (closed) {
      if (all < CLOSES_AT / 2) {
        closed = false;
        for (Loop other : loops) {
          other.execute(() -> release(other));
        }
      }
    } else if (all > CLOSES_AT && lateNanos > LATE_NANOS) {
      closed = true;
    }
  }

  /// Lets in what may go, and what has waited long enough.
  void release(Loop loop) {
    Queue<Held> waitingHere = held.get(loop.index());
    Held next = waitingHere.peek();
    while (next != null && (!closed || clock.nanos() - next.since() > LONGEST_NANOS)) {
      waitingHere.remove();
      next.work().run();
      next = waitingHere.peek();
    }
  }
}
