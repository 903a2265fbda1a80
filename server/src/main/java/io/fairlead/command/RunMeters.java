package io.fairlead.command;

import io.fairlead.call.CallTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What runs of commands count. From any thread.
public final class RunMeters {
  private final MeterRegistry meters;
  private final Counter unlogged;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String command, RunOutcome outcome) {}

  /// @param turns knows how many runs are under way
  public RunMeters(MeterRegistry meters, RunTurns turns) {
    this.meters = meters;
    this.unlogged =
        Counter.builder("fairlead.command.runs.unlogged")
            .description("Runs of commands that are missing in the log: the database was away")
            .register(meters);
    Gauge.builder("fairlead.command.runs.active", turns, RunTurns::all)
        .description("Runs of commands that are under way")
        .register(meters);
  }

  /// A run is over.
  ///
  /// @param command the name of a command that there is
  void ended(String command, RunOutcome outcome, long micros) {
    count(command, outcome);
    timers.computeIfAbsent(command, this::timer).record(micros, TimeUnit.MICROSECONDS);
  }

  /// A run was refused before it began.
  ///
  /// @param command the name of a command that there is
  void refused(String command) {
    count(command, RunOutcome.REFUSED);
  }

  /// Runs that will never be logged.
  void unlogged(int runs) {
    unlogged.increment(runs);
  }

  private void count(String command, RunOutcome outcome) {
    counters.computeIfAbsent(new Key(command, outcome), this::counter).increment();
  }

  private Counter counter(Key key) {
    return Counter.builder("fairlead.command.runs")
        .description("Runs of commands that have ended")
        .tag("command", key.command())
        .tag("outcome", key.outcome().name())
        .register(meters);
  }

  private Timer timer(String command) {
    return CallTimer.of("fairlead.command.run.duration")
        .description("Time of one run of a command, its answer's way to the caller included")
        .tag("command", command)
        .register(meters);
  }
}
