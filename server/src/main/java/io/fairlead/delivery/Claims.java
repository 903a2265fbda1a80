package io.fairlead.delivery;

import io.fairlead.delivery.LaneAction.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The verb *claim*: reads what is due for a connector. Nothing is marked: a delivery belongs to
/// the node that owns its row, and there to the lane of its connector.
public final class Claims {
  /// When a delivery is due that was kept back: never by itself.
  static final long PARKED = Long.MAX_VALUE;

  private static final String DUE =
      """
      SELECT p.id, p.tenant, p.event, p.attempts, p.round, e.type, e.occurred_at, e.data
      FROM pending p JOIN event e ON e.id = p.event
      WHERE p.connector = ? AND p.due_at <= ? AND p.node = ?
      ORDER BY p.due_at, p.id LIMIT ?
      """;
  private static final String NEXT_DUE =
      """
      SELECT due_at FROM pending WHERE connector = ? AND due_at > ? AND due_at < ? AND node = ?
      ORDER BY due_at LIMIT 1
      """;

  private static final int FETCH = 100;

  private final int node;

  /// @param node whose deliveries are read
  public Claims(int node) {
    this.node = node;
  }

  /// Reads what is due now, as far as the claim allows: always one row that is not known, if there
  /// is one.
  Claimed read(Connection connection, Claim claim, long now) throws SQLException {
    var due = new ArrayList<Delivery>();
    boolean more = readDue(connection, claim, now, due);
    return new Claimed(due, more, more ? Long.MAX_VALUE : nextDue(connection, claim, now));
  }

  private boolean readDue(Connection connection, Claim claim, long now, List<Delivery> due)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(DUE)) {
      int limit = claim.limit() + claim.known().size();
      select.setLong(1, claim.connector());
      select.setLong(2, now);
      select.setInt(3, node);
      select.setInt(4, limit);
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        return take(row, claim, limit, due);
      }
    }
  }

  private static boolean take(ResultSet row, Claim claim, int limit, List<Delivery> due)
      throws SQLException {
    long bytes = 0;
    int rows = 0;
    while (row.next()) {
      rows++;
      if (claim.known().contains(row.getLong(1))) {
        continue;
      }
      if (due.size() == claim.limit() || (!due.isEmpty() && bytes >= claim.bytes())) {
        return true;
      }
      Delivery delivery = delivery(row, claim.connector());
      bytes += delivery.weight();
      due.add(delivery);
    }
    return rows == limit;
  }

  private static Delivery delivery(ResultSet row, long connector) throws SQLException {
    return new Delivery(
        row.getLong(1),
        row.getLong(2),
        connector,
        row.getLong(3),
        row.getString(6),
        row.getLong(7),
        row.getBytes(8),
        row.getInt(4),
        row.getInt(5));
  }

  private long nextDue(Connection connection, Claim claim, long now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT_DUE)) {
      select.setLong(1, claim.connector());
      select.setLong(2, now);
      select.setLong(3, PARKED);
      select.setInt(4, node);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : Long.MAX_VALUE;
      }
    }
  }
}
