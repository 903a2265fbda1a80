package io.fairlead.storage;

import java.sql.Connection;
import org.jdbi.v3.core.ConnectionFactory;

/// Lends the writer's own connection to Jdbi, which would otherwise close it after each change.
record KeptOpen(Connection connection) implements ConnectionFactory {
  @Override
  public Connection openConnection() {
    return connection;
  }

  @Override
  public void closeConnection(Connection lent) {
    // It stays open: the writer owns it.
  }
}
