package io.fairlead.storage;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/// A piece of work on a connection inside a transaction.
@FunctionalInterface
public interface Sql<T> {
  /// Does the work. The handle is good only until it returns.
  T run(Handle handle) throws SQLException;
}
