package io.fairlead.storage;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A database that has been opened, checked and migrated.
public interface Store extends AutoCloseable {
  /// Which database it is.
  Dialect dialect();

  /// Opens the connection that one writer uses. Transactions are begun by hand: auto-commit is off.
  Connection openWriter() throws SQLException;

  /// Connections to read with, as many as there are readers.
  DataSource readers();

  /// Whether a failure means that the database is down, full or locked, and not that the statement
  /// was wrong.
  boolean isOutage(SQLException failure);

  /// Is told by the writer after each commit how many rows it wrote, on the writer's thread.
  void wrote(Connection writer, int rows);

  @Override
  void close();
}
