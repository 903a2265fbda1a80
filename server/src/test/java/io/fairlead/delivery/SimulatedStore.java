package io.fairlead.delivery;

import io.fairlead.storage.Dialect;
import io.fairlead.storage.SqliteStore;
import io.fairlead.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// A migrated SQLite in memory. It outlives the crashes of a simulated hub, as a disk does.
final class SimulatedStore implements Store {
  /// The SQL state of a failure that the simulation made up.
  static final String OUTAGE = "SIMULATED";

  private final Connection connection;

  private SimulatedStore(Connection connection) {
    this.connection = connection;
  }

  /// Migrates a database file once, for all simulations to copy.
  static Path image() {
    try {
      Path folder = Files.createTempDirectory("fairlead-simulation");
      SqliteStore.open(folder, 1).close();
      return folder.resolve("fairlead.db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static SimulatedStore copyOf(Path image) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("restore from '" + image + "'");
    }
    connection.setAutoCommit(false);
    return new SimulatedStore(connection);
  }

  Connection connection() {
    return connection;
  }

  /// One number out of the committed state.
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : -1;
    } finally {
      connection.rollback();
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public Connection openWriter() {
    return connection;
  }

  @Override
  public DataSource readers() {
    throw new UnsupportedOperationException("a simulation reads on its one connection");
  }

  @Override
  public boolean isOutage(SQLException failure) {
    return OUTAGE.equals(failure.getSQLState()) || SqliteStore.isSqliteOutage(failure);
  }

  @Override
  public void wrote(Connection writer, int rows) {}

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
