package io.fairlead.base;

/// What time it is, passed in everywhere so that a test can hold the hand of the clock.
public interface Clock {
  /// The clock of the machine.
  Clock SYSTEM =
      new Clock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /// Wall time in milliseconds since the Unix epoch.
  long millis();

  /// Monotonic time in nanoseconds, for durations and deadlines; its origin means nothing.
  long nanos();
}
