package io.fairlead.storage;

import java.util.Map;

/// What the two databases call the same thing. One schema serves both.
public enum Dialect {
  /// SQLite, in the data folder.
  SQLITE,
  /// PostgreSQL 14 or newer.
  POSTGRESQL;

  /// The placeholders of the migrations.
  public Map<String, String> words() {
    return switch (this) {
      case SQLITE ->
          Map.of(
              "bytes",
              "BLOB",
              "number",
              "INTEGER",
              "key",
              "INTEGER PRIMARY KEY",
              "partitioned",
              "");
      case POSTGRESQL ->
          Map.of(
              "bytes",
              "BYTEA",
              "number",
              "BIGINT",
              "key",
              "BIGINT PRIMARY KEY",
              "partitioned",
              "PARTITION BY RANGE (id)");
    };
  }

  /// Says in a FROM which index is meant, where SQLite, which knows nothing of how many rows there
  /// are, would take another one. PostgreSQL counts its rows, and is told nothing.
  public String by(String index) {
    return switch (this) {
      case SQLITE -> " INDEXED BY " + index;
      case POSTGRESQL -> "";
    };
  }
}
