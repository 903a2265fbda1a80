package io.fairlead.storage;

import io.fairlead.base.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Empty databases of both kinds for tests that hold both to the same: SQLite in a folder of its
/// own, and a database of its own in one PostgreSQL server, which is started once and really syncs.
///
/// A contract test is a `@ParameterizedClass` over {@link Dialect}.
public final class TestDatabases {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabases() {}

  /// Started at the first use; it ends with the test JVM.
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The JDBC URL of a new, empty PostgreSQL database.
  public static String newPostgresqlUrl() throws SQLException {
    String name = "test_" + COUNT.incrementAndGet();
    EmbeddedPostgres server = Server.POSTGRES;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /// A new, migrated database that can be read and written.
  public static Opened open(Dialect dialect, Clock clock) throws IOException, SQLException {
    return new Opened(openStore(dialect, clock), clock);
  }

  /// A new, migrated database for a test that brings its own writer.
  public static Store openStore(Dialect dialect, Clock clock) throws IOException, SQLException {
    return switch (dialect) {
      case SQLITE -> SqliteStore.open(Files.createTempDirectory("fairlead-test"), 2);
      case POSTGRESQL -> PostgresqlStore.open(newPostgresqlUrl(), 2, clock);
    };
  }

  /// A PostgreSQL of a test's own, which it may stop and start again on the same folder.
  ///
  /// @param port 0 for any free one
  public static EmbeddedPostgres startPostgresql(int port, Path folder, boolean syncs)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", syncs ? "on" : "off")
        .start();
  }

  /// A database with its readers and its writer.
  public static final class Opened implements AutoCloseable {
    private final Store store;
    private final Readers readers;
    private final Writer<Object, Object> writer;
    private final Database database;

    private Opened(Store store, Clock clock) {
      this.store = store;
      this.readers = new Readers(store, 2);
      this.writer =
          new Writer<>(
              store,
              (connection, items) -> List.copyOf(items),
              new Writer.Limits(100, 1_000_000),
              clock,
              new SimpleMeterRegistry());
      this.database = new Database(store, readers, writer);
      writer.start(written -> {}, () -> {});
    }

    /// As the nouns see it.
    public Database database() {
      return database;
    }

    /// Runs a statement.
    public void execute(String sql, Object... arguments) {
      var _ = database.write(handle -> handle.execute(sql, arguments));
    }

    @Override
    public void close() {
      writer.close();
      readers.close();
      store.close();
    }
  }
}
