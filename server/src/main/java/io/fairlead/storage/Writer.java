package io.fairlead.storage;

import io.fairlead.base.Clock;
import io.fairlead.storage.GroupCommit.Written;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes everything that queued up while its last commit ran,
/// commits it as a group and reports it; between groups it runs changes as transactions of their
/// own.
///
/// When the database can't be written it says so by {@link #health()}, tries a small write twice a
/// second, and carries on when that works.
///
/// @param <W> what is written in groups
/// @param <R> what writing it came to
public final class Writer<W, R> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  /// A group larger than this would hold its transaction open for more than about 50 ms.
  private static final int MAX_GROUP = 2_000;

  private static final int MAX_GROUP_BYTES = 8 * 1024 * 1024;
  private static final int MAX_CHANGES_BETWEEN_GROUPS = 8;
  private static final Duration PROBE_WHEN_FAILING = Duration.ofMillis(500);
  private static final Duration PROBE_WHEN_IDLE = Duration.ofSeconds(5);
  private static final String PROBE_TEXT = "x".repeat(16 * 1024);

  /// How the database fared at the last try.
  public sealed interface Health {
    /// It can be written.
    record Writable() implements Health {}

    /// It could not be written.
    record Failing(String reason) implements Health {}
  }

  /// What waits to be written at most, before new items are refused.
  ///
  /// @param items how many
  /// @param bytes how large together
  public record Limits(int items, long bytes) {}

  private record Queued<W>(W item, int bytes) {}

  private record Change<T>(Sql<T> work, Consumer<T> committed, CompletableFuture<T> done) {}

  private final Store store;
  private final GroupCommit<W, R> groups;
  private final Limits limits;
  private final Clock clock;
  private final DistributionSummary groupSize;
  private final Timer groupTime;
  private @Nullable Thread thread;

  private final Object lock = new Object();
  private final Deque<Queued<W>> queue = new ArrayDeque<>();
  private final Deque<Change<?>> changes = new ArrayDeque<>();
  private long queuedBytes;
  private boolean closing;

  private volatile Health health = new Health.Writable();
  private boolean hasRecovered;
  private @Nullable Connection connection;
  private @Nullable Jdbi jdbi;

  /// @param step writes a group
  public Writer(
      Store store, GroupCommit.Step<W, R> step, Limits limits, Clock clock, MeterRegistry meters) {
    this.store = store;
    this.groups = new GroupCommit<>(store, step);
    this.limits = limits;
    this.clock = clock;
    this.groupSize =
        DistributionSummary.builder("fairlead.commit.batch.size")
            .description("Items written in one commit")
            .publishPercentileHistogram()
            .minimumExpectedValue(1.0)
            .maximumExpectedValue((double) MAX_GROUP)
            .register(meters);
    this.groupTime =
        Timer.builder("fairlead.commit.duration")
            .description("Time to write and sync one commit")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(5))
            .register(meters);
    Gauge.builder("fairlead.commit.queue", this, Writer::queued)
        .description("Items that wait to be written")
        .register(meters);
  }

  /// Begins to write.
  ///
  /// @param report hears of every item of a group after its commit, on the writer's thread
  /// @param recovered hears that the database can be written again after it could not, on the
  ///   writer's thread, when all that was written before has been reported
  public void start(Consumer<List<Written<W, R>>> report, Runnable recovered) {
    thread = Thread.ofPlatform().name("writer").start(() -> run(report, recovered));
  }

  /// Queues an item, unless too much waits already.
  ///
  /// @param bytes about how large it is
  /// @return whether it was taken
  public boolean offer(W item, int bytes) {
    synchronized (lock) {
      if (closing || queue.size() >= limits.items() || queuedBytes + bytes > limits.bytes()) {
        return false;
      }
      enqueue(item, bytes);
      return true;
    }
  }

  /// Queues an item that must be written however much waits; its sender is bounded in another way.
  public void add(W item, int bytes) {
    synchronized (lock) {
      enqueue(item, bytes);
    }
  }

  private void enqueue(W item, int bytes) {
    queue.add(new Queued<>(item, bytes));
    queuedBytes += bytes;
    lock.notifyAll();
  }

  /// Makes a change in a transaction of its own and waits for its commit. Not for event loops.
  ///
  /// @param committed runs on the writer's thread after the commit and before anything later is
  ///   written
  /// @throws StoreUnavailable when the database can't be written
  public <T> T write(Sql<T> work, Consumer<T> committed) {
    var change = new Change<>(work, committed, new CompletableFuture<T>());
    synchronized (lock) {
      if (closing) {
        throw new StoreUnavailable("The hub is stopping.");
      }
      changes.add(change);
      lock.notifyAll();
    }
    return Waiting.on(change.done());
  }

  /// How the database fared at the last try.
  public Health health() {
    return health;
  }

  /// How many items wait to be written.
  public int queued() {
    synchronized (lock) {
      return queue.size();
    }
  }

  /// Writes what is queued and stops.
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Consumer<List<Written<W, R>>> report, Runnable recovered) {
    while (waitForWork()) {
      try {
        if (isQuiet()) {
          probe();
        } else {
          runChanges();
          runGroup(report);
        }
        tell(recovered);
      } catch (RuntimeException | Error e) {
        log.atError().setCause(e).log("writer failed");
      }
    }
    closeConnection();
  }

  /// Waits for something to write, but not longer than until the next probe.
  ///
  /// @return false when all is written and the writer should stop
  private boolean waitForWork() {
    long millis =
        (health instanceof Health.Failing ? PROBE_WHEN_FAILING : PROBE_WHEN_IDLE).toMillis();
    synchronized (lock) {
      try {
        boolean waited = false;
        while (queue.isEmpty() && changes.isEmpty() && !closing && !waited) {
          lock.wait(millis);
          waited = true;
        }
      } catch (InterruptedException e) {
        closing = true;
      }
      return !(closing && queue.isEmpty() && changes.isEmpty());
    }
  }

  private void runChanges() {
    for (int i = 0; i < MAX_CHANGES_BETWEEN_GROUPS; i++) {
      Change<?> change;
      synchronized (lock) {
        change = changes.poll();
      }
      if (change == null) {
        return;
      }
      run(change);
    }
  }

  private <T> void run(Change<T> change) {
    T result;
    try {
      Connection open = connection();
      try (Handle handle = jdbi(open).open()) {
        result = change.work().run(handle);
      }
      open.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack();
      change.done().completeExceptionally(failure(e));
      return;
    }
    worked();
    change.committed().accept(result);
    change.done().complete(result);
  }

  private RuntimeException failure(Exception e) {
    SQLException sql = Waiting.sqlException(e);
    if (sql != null && store.isOutage(sql)) {
      failed(String.valueOf(sql.getMessage()));
      return new StoreUnavailable("The database can't be written.", sql);
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private void runGroup(Consumer<List<Written<W, R>>> report) {
    List<W> items = takeGroup();
    if (items.isEmpty()) {
      return;
    }
    long start = clock.nanos();
    List<Written<W, R>> written = commit(items);
    groupTime.record(clock.nanos() - start, TimeUnit.NANOSECONDS);
    groupSize.record(items.size());
    report.accept(written);
  }

  private List<W> takeGroup() {
    synchronized (lock) {
      var items = new ArrayList<W>(Math.min(queue.size(), MAX_GROUP));
      long bytes = 0;
      while (!queue.isEmpty() && items.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
        Queued<W> queued = queue.remove();
        items.add(queued.item());
        bytes += queued.bytes();
      }
      queuedBytes -= bytes;
      return items;
    }
  }

  private List<Written<W, R>> commit(List<W> items) {
    try {
      Connection open = connection();
      List<Written<W, R>> written = groups.commit(open, items);
      note(written);
      if (health instanceof Health.Writable) {
        store.wrote(open, items.size());
      }
      return written;
    } catch (SQLException e) {
      failed(String.valueOf(e.getMessage()));
      return items.stream()
          .<Written<W, R>>map(item -> new Written.Failed<>(item, true, String.valueOf(e)))
          .toList();
    }
  }

  private void note(List<Written<W, R>> written) {
    for (Written<W, R> one : written) {
      if (one instanceof Written.Failed<W, R> failed) {
        if (failed.outage()) {
          failed(failed.reason());
          return;
        }
        log.atError().addKeyValue("error", failed.reason()).log("an item could not be written");
      }
    }
    worked();
  }

  private boolean isQuiet() {
    synchronized (lock) {
      return queue.isEmpty() && changes.isEmpty();
    }
  }

  /// Writes and takes back some pages: a database without room accepts an update in place and still
  /// could take no event.
  private void probe() {
    try {
      Connection open = connection();
      probe(open, health instanceof Health.Failing ? PROBE_TEXT : "");
      if (health instanceof Health.Failing) {
        probe(open, "");
      }
      worked();
    } catch (SQLException e) {
      rollBack();
      failed(String.valueOf(e.getMessage()));
    }
  }

  private static void probe(Connection open, String text) throws SQLException {
    try (PreparedStatement statement =
        open.prepareStatement(
            """
            INSERT INTO meta (name, value) VALUES ('probe', ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """)) {
      statement.setString(1, text);
      statement.executeUpdate();
    }
    open.commit();
  }

  private void worked() {
    if (health instanceof Health.Failing) {
      health = new Health.Writable();
      log.atInfo().log("database can be written again");
      hasRecovered = true;
    }
  }

  private void tell(Runnable recovered) {
    if (hasRecovered) {
      hasRecovered = false;
      recovered.run();
    }
  }

  private void failed(String reason) {
    if (health instanceof Health.Writable) {
      log.atError().addKeyValue("error", reason).log("database can't be written");
    }
    health = new Health.Failing(reason);
    // A full SQLite has rolled back by itself and leaves the driver without a transaction: what
    // came
    // next would be committed statement by statement.
    closeConnection();
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = store.openWriter();
      connection = open;
      jdbi = null;
    }
    return open;
  }

  private Jdbi jdbi(Connection open) {
    Jdbi made = jdbi;
    if (made == null) {
      made = Jdbi.create(new KeptOpen(open));
      jdbi = made;
    }
    return made;
  }

  private void rollBack() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
    } catch (SQLException e) {
      closeConnection();
    }
  }

  private void closeConnection() {
    Connection open = connection;
    connection = null;
    jdbi = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("closing failed");
    }
  }
}
