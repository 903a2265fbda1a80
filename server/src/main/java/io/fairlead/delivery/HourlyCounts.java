package io.fairlead.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts attempts by hour in the commit that logs them, so that what is counted is what is in the
/// log. A group is added up in memory first: it costs a few rows a commit, not one an attempt.
final class HourlyCounts {
  static final long HOUR_MILLIS = 3_600_000;

  /// In place of a connector: all of the tenant's.
  static final long ALL = 0;

  private static final String ADD =
      """
      INSERT INTO attempt_hour (tenant, hour, connector, state, duration, attempts)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant, hour, connector, state, duration)
      DO UPDATE SET attempts = attempt_hour.attempts + excluded.attempts
      """;

  private record Cell(long tenant, long hour, long connector, int state, int duration) {
    Cell ofAll() {
      return new Cell(tenant, hour, ALL, state, duration);
    }
  }

  private final Statements statements;

  HourlyCounts(Statements statements) {
    this.statements = statements;
  }

  /// Counts the attempts of settlements in an open transaction.
  void add(Connection connection, List<Settlement> settlements) throws SQLException {
    if (settlements.isEmpty()) {
      return;
    }
    PreparedStatement row = statements.on(connection, ADD);
    for (Map.Entry<Cell, Integer> counted : counted(settlements).entrySet()) {
      Cell cell = counted.getKey();
      row.setLong(1, cell.tenant());
      row.setLong(2, cell.hour());
      row.setLong(3, cell.connector());
      row.setInt(4, cell.state());
      row.setInt(5, cell.duration());
      row.setInt(6, counted.getValue());
      row.addBatch();
    }
    var _ = row.executeBatch();
  }

  private static Map<Cell, Integer> counted(List<Settlement> settlements) {
    var byConnector = new HashMap<Cell, Integer>();
    for (Settlement settlement : settlements) {
      byConnector.merge(cell(settlement), 1, Integer::sum);
    }
    var counts = new HashMap<>(byConnector);
    byConnector.forEach((cell, attempts) -> counts.merge(cell.ofAll(), attempts, Integer::sum));
    return counts;
  }

  private static Cell cell(Settlement settlement) {
    Delivery delivery = settlement.delivery();
    return new Cell(
        delivery.tenant(),
        Math.floorDiv(settlement.endedAt(), HOUR_MILLIS),
        delivery.connector(),
        settlement.state().code(),
        Durations.classOf(settlement.attempt().micros()));
  }
}
