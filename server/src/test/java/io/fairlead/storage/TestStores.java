package io.fairlead.storage;

import io.fairlead.base.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Empty databases of both kinds for tests: a new SQLite file, or a new database on a PostgreSQL of
/// this JVM's own that syncs as a real one does.
public final class TestStores {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestStores() {}

  /// Opens an empty, migrated database.
  public static Store open(Dialect dialect) {
    try {
      return switch (dialect) {
        case SQLITE -> SqliteStore.open(Files.createTempDirectory("fairlead-test"), 2);
        case POSTGRESQL -> PostgresqlStore.open(newPostgresql(), 2, Clock.SYSTEM);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The JDBC URL of a new, empty database on the PostgreSQL of this JVM.
  public static String newPostgresql() {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return server().getJdbcUrl("postgres", name);
  }

  /// A PostgreSQL of a test's own, which it may stop.
  ///
  /// @param port to listen on; 0 for any free one
  /// @param folder where its data is kept when it is stopped
  public static EmbeddedPostgres start(int port, Path folder, boolean fsync) {
    try {
      return EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(folder)
          .setCleanDataDirectory(false)
          .setServerConfig("fsync", fsync ? "on" : "off")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        running =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = running;
    }
    return running;
  }
}
