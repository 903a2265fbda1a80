package io.fairlead.delivery;

import io.fairlead.connector.LeastDelay.Mark;
import io.fairlead.delivery.Timing.Used;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/// When the last delivery was due for each trigger and key, inside one transaction. The rows are
/// locked before they are read, always in the same order, so that several nodes neither let two
/// through nor wait for each other in a circle.
final class CoolDowns {
  private static final String LOCK =
      """
      INSERT INTO cool_down (connector, trigger_hash, key_high, key_low, last_at, free_at)
      VALUES (?, ?, ?, ?, ?, 0)
      ON CONFLICT (connector, trigger_hash, key_high, key_low)
      DO UPDATE SET last_at = cool_down.last_at
      """;
  private static final String READ =
      """
      SELECT last_at FROM cool_down
      WHERE connector = ? AND trigger_hash = ? AND key_high = ? AND key_low = ?
      """;
  private static final String USE =
      """
      UPDATE cool_down SET last_at = ?, free_at = ?
      WHERE connector = ? AND trigger_hash = ? AND key_high = ? AND key_low = ?
      """;

  private final Statements statements;
  private final Map<Mark, Long> last = new HashMap<>();
  private final Map<Mark, Used> used = new HashMap<>();

  CoolDowns(Statements statements) {
    this.statements = statements;
  }

  /// Locks and reads.
  void begin(Connection connection, SortedSet<Mark> marks) throws SQLException {
    last.clear();
    used.clear();
    if (marks.isEmpty()) {
      return;
    }
    PreparedStatement lock = statements.on(connection, LOCK);
    PreparedStatement read = statements.on(connection, READ);
    for (Mark mark : marks) {
      bind(lock, 1, mark);
      lock.setLong(5, Timing.NEVER_YET);
      lock.executeUpdate();
      bind(read, 1, mark);
      try (ResultSet row = read.executeQuery()) {
        last.put(mark, row.next() ? row.getLong(1) : Timing.NEVER_YET);
      }
    }
  }

  /// When the last one was due, or {@link Timing#NEVER_YET}.
  long last(Mark mark) {
    return last.getOrDefault(mark, Timing.NEVER_YET);
  }

  /// Notes a delivery that is made.
  void use(Used one) {
    last.put(one.mark(), one.at());
    used.put(one.mark(), one);
  }

  /// Writes what was noted.
  void end(Connection connection) throws SQLException {
    if (used.isEmpty()) {
      return;
    }
    PreparedStatement use = statements.on(connection, USE);
    for (Used one : used.values()) {
      use.setLong(1, one.at());
      use.setLong(2, one.freeAt());
      bind(use, 3, one.mark());
      use.addBatch();
    }
    var _ = use.executeBatch();
  }

  private static void bind(PreparedStatement row, int first, Mark mark) throws SQLException {
    row.setLong(first, mark.connector());
    row.setLong(first + 1, mark.trigger());
    row.setLong(first + 2, mark.high());
    row.setLong(first + 3, mark.low());
  }
}
