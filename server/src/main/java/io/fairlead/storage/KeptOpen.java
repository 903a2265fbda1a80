package io.fairlead.storage;

import java.sql.Connection;
import org.jdbi.v3.core.ConnectionFactory;

/// Lends a connection to Jdbi, which would otherwise close it after each piece of work.
record KeptOpen(Connection connection) implements ConnectionFactory {
  @Override
  public Connection openConnection() {
    return connection;
  }

  @Override
  public void closeConnection(Connection lent) {
    // It stays open: whoever lent it owns it.
  }
}
