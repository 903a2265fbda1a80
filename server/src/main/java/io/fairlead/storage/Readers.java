package io.fairlead.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The few platform threads that read. SQLite's native code would pin the carrier of a virtual
/// thread, and PostgreSQL has only so many connections.
public final class Readers implements AutoCloseable {
  private static final int MAX_WAITING = 10_000;

  private final Store store;
  private final ThreadPoolExecutor threads;

  /// @param count how many read at once
  public Readers(Store store, int count) {
    this.store = store;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("reader-", 0).factory());
  }

  /// Reads and waits for the result. Not for event loops.
  ///
  /// @throws StoreUnavailable when the database can't be read, or too many wait already
  public <T> T read(Sql<T> work) {
    var done = new CompletableFuture<T>();
    readAsync(work, done::complete, done::completeExceptionally);
    return Waiting.on(done);
  }

  /// Reads and gives the result, or the failure, to a callback on a reader's thread.
  public <T> void readAsync(Sql<T> work, Consumer<T> result, Consumer<RuntimeException> failure) {
    try {
      threads.execute(() -> run(work, result, failure));
    } catch (RejectedExecutionException e) {
      failure.accept(new StoreUnavailable("Too many wait to read.", e));
    }
  }

  private <T> void run(Sql<T> work, Consumer<T> result, Consumer<RuntimeException> failure) {
    T value;
    try (Connection connection = store.readers().getConnection()) {
      connection.setAutoCommit(false);
      try (Handle handle = Jdbi.open(new KeptOpen(connection))) {
        value = work.run(handle);
      } finally {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException e) {
      failure.accept(failure(e));
      return;
    }
    result.accept(value);
  }

  private RuntimeException failure(Exception e) {
    SQLException sql = Waiting.sqlException(e);
    if (sql != null && (store.isOutage(sql) || sql.getSQLState() == null)) {
      return new StoreUnavailable("The database can't be read.", sql);
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
