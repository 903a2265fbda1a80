package io.fairlead.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Statements kept prepared on the writer's connection, for as long as it is the same one.
final class Statements {
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private @Nullable Connection connection;

  PreparedStatement on(Connection current, String sql) throws SQLException {
    if (!current.equals(connection)) {
      forget();
      connection = current;
    }
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = current.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /// Lets go of all of them: one whose batch failed may still hold a part of it.
  void forget() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // Its connection is gone, and it with it.
      }
    }
    prepared.clear();
  }
}
