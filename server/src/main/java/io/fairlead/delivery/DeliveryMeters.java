package io.fairlead.delivery;

import io.fairlead.call.Attempt;
import io.fairlead.call.CallTimer;
import io.fairlead.response.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What delivery counts.
public final class DeliveryMeters {
  private final Map<Outcome, Timer> attempts = new EnumMap<>(Outcome.class);
  private final Map<DeliveryState, Counter> ended = new EnumMap<>(DeliveryState.class);
  private final AtomicLong waiting = new AtomicLong();
  private final List<AtomicInteger> windowed = new ArrayList<>();
  private final List<AtomicInteger> deepest = new ArrayList<>();

  /// @param loops how many event loops there are
  public DeliveryMeters(MeterRegistry meters, int loops) {
    for (Outcome outcome : Outcome.values()) {
      attempts.put(outcome, attemptTimer(meters, outcome));
    }
    for (DeliveryState state : DeliveryState.values()) {
      if (state.isEnd()) {
        ended.put(state, endedCounter(meters, state));
      }
    }
    Gauge.builder("fairlead.deliveries.waiting", waiting, AtomicLong::get)
        .description("Deliveries that are unfinished, held ones included")
        .register(meters);
    for (int i = 0; i < loops; i++) {
      String loop = Integer.toString(i);
      windowed.add(new AtomicInteger());
      deepest.add(new AtomicInteger());
      Gauge.builder("fairlead.lane.window", windowed.get(i), AtomicInteger::get)
          .description("Deliveries that wait in the memory of an event loop's lanes")
          .tag("loop", loop)
          .register(meters);
      Gauge.builder("fairlead.lane.depth.max", deepest.get(i), AtomicInteger::get)
          .description("Deliveries that wait in the memory of an event loop's deepest lane")
          .tag("loop", loop)
          .register(meters);
    }
  }

  private static Timer attemptTimer(MeterRegistry meters, Outcome outcome) {
    return CallTimer.of("fairlead.attempt.duration")
        .description("Time of one HTTP exchange with a third party")
        .tag("outcome", outcome.name())
        .register(meters);
  }

  private static Counter endedCounter(MeterRegistry meters, DeliveryState state) {
    return Counter.builder("fairlead.deliveries.ended")
        .description("Deliveries that have ended")
        .tag("state", state.name())
        .register(meters);
  }

  void attempted(Attempt attempt) {
    Timer timer = attempts.get(attempt.outcome());
    if (timer != null) {
      timer.record(attempt.micros(), TimeUnit.MICROSECONDS);
    }
  }

  /// Counts deliveries that are there and unfinished: those of the store at start, then what comes.
  public void waiting(long more) {
    waiting.addAndGet(more);
  }

  /// Counts deliveries that ended as they were made.
  void suppressed(int count) {
    Counter counter = ended.get(DeliveryState.SUPPRESSED);
    if (counter != null && count > 0) {
      counter.increment(count);
    }
  }

  void ended(DeliveryState state, int count) {
    Counter counter = ended.get(state);
    if (counter != null) {
      counter.increment(count);
    }
    waiting.addAndGet(-count);
  }

  void lanes(int loop, int inWindows, int inDeepest) {
    windowed.get(loop).set(inWindows);
    deepest.get(loop).set(inDeepest);
  }
}
