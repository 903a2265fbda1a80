package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.connector.Catalog;
import io.fairlead.storage.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Retries by hand: a failed delivery is due again, keeps its `webhook-id`, and its schedule begins
/// anew.
public final class Retries {
  /// What asking for a retry came to.
  public sealed interface Retry {
    /// It is due now.
    record Due(long connector) implements Retry {}

    /// There is no such delivery in that tenant.
    enum Missing implements Retry {
      /// The only one.
      MISSING
    }

    /// Only a failed delivery can be retried.
    enum NotFailed implements Retry {
      /// The only one.
      NOT_FAILED
    }

    /// A test is made once.
    enum OfTest implements Retry {
      /// The only one.
      OF_TEST
    }

    /// Its connector has been deleted.
    enum ConnectorGone implements Retry {
      /// The only one.
      CONNECTOR_GONE
    }
  }

  private record Row(int state, long connector, long event, int attempts, boolean test) {}

  private final Database database;
  private final Catalog catalog;
  private final Dispatchers dispatchers;
  private final DeliveryMeters meters;
  private final Clock clock;
  private final int node;

  /// @param node this node's number: it owns what it retries
  public Retries(
      Database database,
      Catalog catalog,
      Dispatchers dispatchers,
      DeliveryMeters meters,
      Clock clock,
      int node) {
    this.database = database;
    this.catalog = catalog;
    this.dispatchers = dispatchers;
    this.meters = meters;
    this.clock = clock;
    this.node = node;
  }

  /// Retries one delivery of a tenant.
  public Retry retry(long tenant, long delivery) {
    return database.write(handle -> retry(handle, tenant, delivery), this::tell);
  }

  /// Retries many, in one transaction.
  ///
  /// @param deliveries at most 1,000
  /// @return what became of each, in their order
  public List<Retry> retryAll(long tenant, List<Long> deliveries) {
    return database.write(
        handle -> deliveries.stream().map(delivery -> retry(handle, tenant, delivery)).toList(),
        results -> results.forEach(this::tell));
  }

  private Retry retry(Handle handle, long tenant, long delivery) {
    Optional<Row> found = find(handle, tenant, delivery);
    if (found.isEmpty()) {
      return isPending(handle, tenant, delivery)
          ? Retry.NotFailed.NOT_FAILED
          : Retry.Missing.MISSING;
    }
    Row row = found.get();
    if (row.test()) {
      return Retry.OfTest.OF_TEST;
    }
    if (row.state() != DeliveryState.FAILED.code()) {
      return Retry.NotFailed.NOT_FAILED;
    }
    if (catalog.get(row.connector()) == null) {
      return Retry.ConnectorGone.CONNECTOR_GONE;
    }
    makeDue(handle, tenant, delivery, row);
    return new Retry.Due(row.connector());
  }

  private void tell(Retry retry) {
    if (retry instanceof Retry.Due due) {
      meters.waiting(1);
      dispatchers.moreDue(due.connector());
    }
  }

  private static Optional<Row> find(Handle handle, long tenant, long delivery) {
    return handle
        .createQuery(
            """
            SELECT state, connector, event, attempts, test FROM delivery
            WHERE id = :id AND tenant = :t
            """)
        .bind("id", delivery)
        .bind("t", tenant)
        .map((row, context) ->
            new Row(
                row.getInt(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getInt(5) == 1))
        .findOne();
  }

  private static boolean isPending(Handle handle, long tenant, long delivery) {
    return handle
        .createQuery("SELECT 1 FROM pending WHERE id = :id AND tenant = :tenant")
        .bind("id", delivery)
        .bind("tenant", tenant)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private void makeDue(Handle handle, long tenant, long delivery, Row row) {
    handle
        .createUpdate("UPDATE delivery SET state = :state, ended_at = NULL WHERE id = :id")
        .bind("state", DeliveryState.RETRYING.code())
        .bind("id", delivery)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO pending (id, tenant, connector, event, node, due_at, attempts, round)
            VALUES (:id, :tenant, :connector, :event, :node, :now, :attempts, :attempts)
            """)
        .bind("id", delivery)
        .bind("tenant", tenant)
        .bind("connector", row.connector())
        .bind("event", row.event())
        .bind("node", node)
        .bind("now", clock.millis())
        .bind("attempts", row.attempts())
        .execute();
  }
}
