package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.connector.LeastDelay.Mark;
import io.fairlead.storage.Database;

/// What is remembered of past deliveries for the sake of least delays: read, and forgotten when it
/// means nothing more.
public final class CoolDownLog {
  /// To be filled with the time and how many at most.
  static final String FORGET =
      """
      DELETE FROM cool_down
      WHERE (connector, trigger_hash, key_high, key_low) IN (
        SELECT connector, trigger_hash, key_high, key_low FROM cool_down
        WHERE free_at < %1$d LIMIT %2$d)
      AND free_at < %1$d
      """;

  private static final int CHUNK = 1_000;

  private final Database database;
  private final Clock clock;

  /// Works on a database's rows.
  public CoolDownLog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// When the last delivery under a mark was due, or {@link Timing#NEVER_YET}.
  long last(Mark mark) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT last_at FROM cool_down
                WHERE connector = :connector AND trigger_hash = :trigger
                  AND key_high = :high AND key_low = :low
                """)
            .bind("connector", mark.connector())
            .bind("trigger", mark.trigger())
            .bind("high", mark.high())
            .bind("low", mark.low())
            .mapTo(Long.class)
            .findOne()
            .orElse(Timing.NEVER_YET));
  }

  /// Forgets whatever holds nothing back any more, in chunks.
  public void forgetOld() {
    int forgotten;
    do {
      forgotten = database.write(handle -> handle.execute(FORGET.formatted(clock.millis(), CHUNK)));
    } while (forgotten == CHUNK);
  }
}
