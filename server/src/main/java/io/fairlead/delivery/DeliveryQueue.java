package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.QueueItem.Append;
import io.fairlead.delivery.QueueItem.Settle;
import io.fairlead.storage.GroupCommit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The queue: what is accepted is on disk, and what is unfinished is found again. Its writing verbs
/// run in the writer's group commit, settlements before appends; {@link Claims} reads.
public final class DeliveryQueue implements GroupCommit.Step<QueueItem, QueueResult> {
  private final Statements statements = new Statements();
  private final Settlements settlements;
  private final Appends appends;

  /// @param node this node's number: it owns what it accepts
  public DeliveryQueue(Catalog catalog, Ids ids, Clock clock, int node) {
    this.settlements = new Settlements(catalog, statements);
    this.appends = new Appends(catalog, ids, clock, node, statements);
  }

  @Override
  public List<QueueResult> apply(Connection connection, List<QueueItem> items) throws SQLException {
    try {
      return write(connection, items);
    } catch (SQLException | RuntimeException e) {
      statements.forget();
      throw e;
    }
  }

  private List<QueueResult> write(Connection connection, List<QueueItem> items)
      throws SQLException {
    var settling = new ArrayList<Settlement>(items.size());
    var appending = new ArrayList<Append>(items.size());
    for (QueueItem item : items) {
      switch (item) {
        case Settle settle -> settling.add(settle.settlement());
        case Append append -> appending.add(append);
      }
    }
    Map<Settlement, Connector> halted = settlements.write(connection, settling);
    return results(items, halted, appends.write(connection, appending));
  }

  private static List<QueueResult> results(
      List<QueueItem> items, Map<Settlement, Connector> halted, List<List<Appended>> appended) {
    var results = new QueueResult[items.size()];
    int next = 0;
    for (int i = 0; i < results.length; i++) {
      results[i] =
          switch (items.get(i)) {
            case Settle settle -> new QueueResult.Settled(halted.get(settle.settlement()));
            case Append append -> new QueueResult.OfAppend(appended.get(next++));
          };
    }
    return Arrays.asList(results);
  }
}
