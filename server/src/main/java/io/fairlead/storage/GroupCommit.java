package io.fairlead.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes a group of items in one transaction: what the writer's thread does over and over. It has
/// no thread itself, so that a simulation can run it and stop between commit and report.
///
/// @param <W> what is written
/// @param <R> what writing it came to
public final class GroupCommit<W, R> {
  /// Applies a group of items to an open transaction.
  public interface Step<W, R> {
    /// Writes all items and returns what each came to, in order. Whatever it throws rolls the
    /// transaction back.
    List<R> apply(Connection connection, List<W> items) throws SQLException;
  }

  /// An item and what became of it.
  public sealed interface Written<W, R> {
    /// It is committed.
    record Committed<W, R>(W item, R result) implements Written<W, R> {}

    /// It is not, or not known to be: a commit whose answer was lost may have happened.
    ///
    /// @param outage whether the database was down or full, as against this item being wrong
    record Failed<W, R>(W item, boolean outage, String reason) implements Written<W, R> {}

    /// The item.
    W item();
  }

  private final Store store;
  private final Step<W, R> step;

  /// @param store says which failures are outages
  public GroupCommit(Store store, Step<W, R> step) {
    this.store = store;
    this.step = step;
  }

  /// Commits the items, all together if it can be, otherwise in ever smaller groups, so that one
  /// wrong item does not take the others with it.
  public List<Written<W, R>> commit(Connection connection, List<W> items) {
    try {
      List<R> results = step.apply(connection, items);
      connection.commit();
      return committed(items, results);
    } catch (SQLException e) {
      rollBack(connection);
      return store.isOutage(e) || items.size() == 1
          ? failed(items, e, store.isOutage(e))
          : commitHalves(connection, items);
    } catch (RuntimeException e) {
      rollBack(connection);
      return items.size() == 1 ? failed(items, e, false) : commitHalves(connection, items);
    }
  }

  private List<Written<W, R>> commitHalves(Connection connection, List<W> items) {
    int middle = items.size() / 2;
    var written = new ArrayList<>(commit(connection, items.subList(0, middle)));
    written.addAll(commit(connection, items.subList(middle, items.size())));
    return written;
  }

  private List<Written<W, R>> committed(List<W> items, List<R> results) {
    var written = new ArrayList<Written<W, R>>(items.size());
    for (int i = 0; i < items.size(); i++) {
      written.add(new Written.Committed<>(items.get(i), results.get(i)));
    }
    return written;
  }

  private List<Written<W, R>> failed(List<W> items, Exception e, boolean outage) {
    var written = new ArrayList<Written<W, R>>(items.size());
    for (W item : items) {
      written.add(new Written.Failed<>(item, outage, String.valueOf(e)));
    }
    return written;
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is broken: the writer opens a new one, and the server rolls this one back.
    }
  }
}
