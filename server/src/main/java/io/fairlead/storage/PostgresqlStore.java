package io.fairlead.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fairlead.base.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL behind a JDBC URL. A server that is set not to sync is refused: 202 means durable.
public final class PostgresqlStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(PostgresqlStore.class);
  private static final int CONNECT_SECONDS = 5;
  private static final int SOCKET_SECONDS = 30;

  /// "fairlead" in ASCII, in the space of advisory locks.
  private static final long LOCK = 0x666169726c656164L;

  /// A hub that was killed holds the lock until the server has noticed.
  private static final String LOCK_WAIT = "10s";

  /// Object in use.
  private static final String LOCK_TAKEN = "55006";

  /// Lock not available within the time that was set.
  private static final String LOCK_TIMEOUT = "55P03";

  private final PGSimpleDataSource writer;
  private final HikariDataSource readers;

  /// The connection that took the lock at the start, until the writer asks for one.
  private final AtomicReference<@Nullable Connection> first;

  private PostgresqlStore(PGSimpleDataSource writer, HikariDataSource readers, Connection first) {
    this.writer = writer;
    this.readers = readers;
    this.first = new AtomicReference<>(first);
  }

  /// Connects, checks the server's settings and brings the schema up to date.
  ///
  /// @param url a JDBC URL, `jdbc:postgresql://host/database?user=…&password=…`
  /// @param readerCount how many connections may read at once
  /// @throws StoreRefused when it does not sync, is from a newer version, or has a hub already
  public static PostgresqlStore open(String url, int readerCount, Clock clock) throws SQLException {
    var source = dataSource(url);
    Connection connection = source.getConnection();
    try {
      refuseUnlessSyncing(connection);
      refuseUnlessAlone(connection);
      Migrations.migrate(source, Dialect.POSTGRESQL);
      Partitions.make(connection, clock.millis());
      connection.setAutoCommit(false);
      return new PostgresqlStore(source, pool(url, readerCount), connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// A second hub would send the same deliveries, so the lock is taken before anything is read.
  private static void refuseUnlessAlone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + LOCK_WAIT + "'");
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
      statement.execute("RESET lock_timeout");
    } catch (SQLException e) {
      if (LOCK_TIMEOUT.equals(e.getSQLState())) {
        throw new StoreRefused(
            "Another hub runs on this PostgreSQL database. Stop it, or set another"
                + " FAIRLEAD_DATABASE.");
      }
      throw e;
    }
  }

  /// Makes the log's partitions for the coming weeks; to be called now and then.
  public void makePartitions(long now) throws SQLException {
    try (Connection connection = writer.getConnection()) {
      Partitions.make(connection, now);
    }
  }

  private static PGSimpleDataSource dataSource(String url) {
    var source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      // Its message shows the URL, which may hold a password.
      throw new StoreRefused(
          "FAIRLEAD_DATABASE is not a JDBC URL of PostgreSQL. It looks like"
              + " jdbc:postgresql://host:5432/database?user=name&password=secret.");
    }
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setReWriteBatchedInserts(true);
    source.setPrepareThreshold(1);
    source.setTcpKeepAlive(true);
    source.setApplicationName("fairlead");
    return source;
  }

  private static HikariDataSource pool(String url, int size) {
    var config = new HikariConfig();
    config.setPoolName("readers");
    config.setDataSource(dataSource(url));
    config.setMaximumPoolSize(size);
    config.setReadOnly(true);
    // As on SQLite, all that one reading asks sees the same moment: a delivery that moves from
    // pending to the log between two statements would otherwise be in neither.
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("SET statement_timeout = '15s'");
    return new HikariDataSource(config);
  }

  private static void refuseUnlessSyncing(Connection connection) throws SQLException {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if (setting(connection, setting).equals("off")) {
        throw new StoreRefused(
            "PostgreSQL runs with %s = off, so a commit would not be durable. Set %s = on."
                .formatted(setting, setting));
      }
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  /// The writer's connection holds a lock for as long as it lives: a second hub on the database
  /// would send the same deliveries.
  @Override
  public Connection openWriter() throws SQLException {
    Connection kept = first.getAndSet(null);
    if (kept != null) {
      return kept;
    }
    Connection connection = writer.getConnection();
    if (!takeLock(connection)) {
      connection.close();
      throw new SQLException("Another hub writes to this database.", LOCK_TAKEN);
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private static boolean takeLock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public DataSource readers() {
    return readers;
  }

  /// Connection failures (class 08), a stopping server (57), no room or memory (53), broken files
  /// (58), and a server that has become read-only (25006).
  @Override
  public boolean isOutage(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53")
        || state.startsWith("58")
        || state.equals(LOCK_TAKEN)
        || state.equals("25006");
  }

  @Override
  public void wrote(Connection writer, int rows) {
    // PostgreSQL checkpoints by itself.
  }

  @Override
  public void close() {
    readers.close();
    Connection unused = first.getAndSet(null);
    if (unused != null) {
      try {
        unused.close();
      } catch (SQLException e) {
        log.atWarn().addKeyValue("error", e.getMessage()).log("closing failed");
      }
    }
  }
}
