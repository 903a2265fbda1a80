package io.fairlead.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite in the data folder: write-ahead log, `synchronous=FULL`, one writer.
///
/// Checkpoints are small and often and run on a connection and thread of their own, because a large
/// one on the writer's thread holds every commit up for tens of milliseconds.
public final class SqliteStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);
  private static final int ROWS_BETWEEN_CHECKPOINTS = 3_000;
  private static final int BUSY_MILLIS = 5_000;
  private static final int CACHE_KIB = 32 * 1024;

  private final String url;
  private final HikariDataSource readers;
  private final Connection checkpoints;
  private final Semaphore checkpointDue = new Semaphore(0);
  private final AtomicBoolean checkpointed = new AtomicBoolean();
  private final Thread checkpointer;
  private int rowsSinceCheckpoint;

  private SqliteStore(String url, HikariDataSource readers, Connection checkpoints) {
    this.url = url;
    this.readers = readers;
    this.checkpoints = checkpoints;
    this.checkpointer =
        Thread.ofPlatform().name("sqlite-checkpoint").daemon().unstarted(this::checkpoint);
  }

  /// Opens or makes `fairlead.db` in a folder and brings its schema up to date.
  ///
  /// @param readerCount how many connections may read at once
  public static SqliteStore open(Path folder, int readerCount) throws IOException, SQLException {
    Path file = folder.resolve("fairlead.db");
    Files.createDirectories(folder);
    makePrivate(file);
    String url = "jdbc:sqlite:" + file;
    prepare(url);
    Migrations.migrate(dataSource(url, config()), Dialect.SQLITE);
    var store = new SqliteStore(url, pool(url, readerCount), connect(url, config()));
    store.checkpointer.start();
    return store;
  }

  /// Only its owner may read what was sent; SQLite gives its other files the same rights.
  private static void makePrivate(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  /// auto_vacuum can only be chosen while the file is empty, so it comes before everything else.
  private static void prepare(String url) throws SQLException {
    try (Connection connection = connect(url, new SQLiteConfig());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIB);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
    return config;
  }

  private static SQLiteDataSource dataSource(String url, SQLiteConfig config) {
    var source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  private static Connection connect(String url, SQLiteConfig config) throws SQLException {
    return dataSource(url, config).getConnection();
  }

  private static HikariDataSource pool(String url, int size) {
    var config = config();
    config.setTransactionMode(TransactionMode.DEFERRED);

    var hikari = new HikariConfig();
    hikari.setPoolName("readers");
    hikari.setDataSource(dataSource(url, config));
    hikari.setMaximumPoolSize(size);
    hikari.setMaxLifetime(0);
    hikari.setConnectionInitSql("PRAGMA query_only = true");
    return new HikariDataSource(hikari);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection = connect(url, config());
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public DataSource readers() {
    return readers;
  }

  @Override
  public boolean isOutage(SQLException failure) {
    return isSqliteOutage(failure);
  }

  /// Whether SQLite's own error code says that the database can't be written now.
  public static boolean isSqliteOutage(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      return false;
    }
    int primary = sqlite.getResultCode().code & 0xff;
    return primary == SQLiteErrorCode.SQLITE_FULL.code
        || primary == SQLiteErrorCode.SQLITE_IOERR.code
        || primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || primary == SQLiteErrorCode.SQLITE_READONLY.code
        || primary == SQLiteErrorCode.SQLITE_NOMEM.code
        || primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
        || primary == SQLiteErrorCode.SQLITE_PROTOCOL.code;
  }

  @Override
  public void wrote(Connection writer, int rows) {
    rowsSinceCheckpoint += rows;
    if (rowsSinceCheckpoint >= ROWS_BETWEEN_CHECKPOINTS) {
      rowsSinceCheckpoint = 0;
      checkpointDue.release();
    }
    if (checkpointed.getAndSet(false)) {
      startLogOver(writer);
    }
  }

  /// What the other connection has copied lets this one begin the log at its head again. A
  /// checkpoint cannot run inside a transaction, and without auto-commit the driver keeps one open.
  private static void startLogOver(Connection writer) {
    try {
      writer.setAutoCommit(true);
      try {
        passiveCheckpoint(writer);
      } finally {
        writer.setAutoCommit(false);
      }
    } catch (SQLException e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("the log was not started over");
    }
  }

  private void checkpoint() {
    try {
      while (true) {
        checkpointDue.acquire();
        checkpointDue.drainPermits();
        tryCheckpoint();
      }
    } catch (InterruptedException e) {
      // Closing: the last connection to close checkpoints by itself.
    }
  }

  private void tryCheckpoint() {
    try {
      passiveCheckpoint(checkpoints);
      checkpointed.set(true);
    } catch (SQLException e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("checkpoint failed");
    }
  }

  private static void passiveCheckpoint(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    }
  }

  @Override
  public void close() {
    checkpointer.interrupt();
    try {
      checkpointer.join();
      checkpoints.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("closing failed");
    }
    readers.close();
  }
}
