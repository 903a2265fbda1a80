package io.fairlead.delivery;

import io.fairlead.base.Ids;
import io.fairlead.call.Attempt;
import io.fairlead.call.Occasion;
import io.fairlead.call.Sent;
import io.fairlead.connector.Connector;
import io.fairlead.response.Outcome;
import io.fairlead.storage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Writes tests of connectors into the log: a delivery with one attempt that nothing follows from,
/// and the event that was given for it. They are in no queue and no count.
public final class TestLog {
  private static final String INSERT_EVENT =
      """
      INSERT INTO event (id, tenant, type, occurred_at, deliveries, data, test)
      VALUES (?, ?, ?, ?, 1, ?, 1)
      """;
  private static final String INSERT_DELIVERY =
      """
      INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at, last_status,
        last_class, last_error, last_result, test, %s)
      VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, 1, %s)
      """
          .formatted(AttemptColumns.NAMES, AttemptColumns.MARKS);

  private final Database database;
  private final Ids ids;

  /// @param ids gives the tests their numbers
  public TestLog(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// The number of an event that is given for a test; its delivery has the next one.
  public long newEvent() {
    return ids.block(2);
  }

  /// The number of a test of an event that is there.
  public long newDelivery() {
    return ids.next();
  }

  /// Writes a test that is over.
  ///
  /// @param given whether its event was given for it, and is written too
  public void write(Connector connector, Occasion occasion, boolean given, Attempt attempt) {
    database.write(handle -> {
      if (given) {
        writeEvent(handle.getConnection(), connector.tenant(), occasion);
      }
      writeDelivery(handle.getConnection(), connector, occasion, attempt);
      return occasion.delivery();
    });
  }

  private static void writeEvent(Connection connection, long tenant, Occasion occasion)
      throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(INSERT_EVENT)) {
      row.setLong(1, occasion.event());
      row.setLong(2, tenant);
      row.setString(3, occasion.eventType());
      row.setLong(4, occasion.occurredAt());
      row.setBytes(5, occasion.data());
      row.executeUpdate();
    }
  }

  private static void writeDelivery(
      Connection connection, Connector connector, Occasion occasion, Attempt attempt)
      throws SQLException {
    var columns = new AttemptColumns();
    writeHead(connection, columns, attempt.sent());
    try (PreparedStatement row = connection.prepareStatement(INSERT_DELIVERY)) {
      row.setLong(1, occasion.delivery());
      row.setLong(2, connector.tenant());
      row.setLong(3, connector.id());
      row.setLong(4, occasion.event());
      row.setInt(5, state(attempt.outcome()).code());
      row.setLong(6, attempt.startedAt() + attempt.micros() / 1000);
      Settlements.bindLast(row, 7, attempt);
      columns.bind(row, 11, attempt);
      row.executeUpdate();
    }
  }

  /// A head that repeats stands where those of deliveries do.
  private static void writeHead(Connection connection, AttemptColumns columns, Sent sent)
      throws SQLException {
    Long hash = columns.hash(sent);
    if (hash != null) {
      try (PreparedStatement row = connection.prepareStatement(Settlements.INSERT_HEAD)) {
        row.setLong(1, hash);
        row.setString(2, AttemptColumns.clean(sent.head()));
        row.executeUpdate();
      }
    }
  }

  private static DeliveryState state(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS -> DeliveryState.SUCCEEDED;
      case IGNORE -> DeliveryState.IGNORED;
      case RETRY, RATE_LIMITED, FAIL, AUTH_EXPIRED, DISABLE -> DeliveryState.FAILED;
    };
  }
}
