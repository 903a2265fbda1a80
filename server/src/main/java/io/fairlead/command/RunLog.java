package io.fairlead.command;

import io.fairlead.storage.Database;
import io.fairlead.storage.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes runs into the log, behind the back of those who wait for answers: what queued up while
/// the last commit ran is written together. While the store is away runs wait here, up to a bound;
/// those beyond it are missing in the log, which is said and counted.
public final class RunLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private static final int MOST = 20_000;
  private static final long MOST_BYTES = 32L << 20;
  private static final int GROUP = 500;
  private static final int GROUP_BYTES = 4 << 20;
  private static final Duration COME_AGAIN = Duration.ofMillis(500);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Database database;
  private final RunRows rows;
  private final RunMeters meters;
  private final Object lock = new Object();
  private final Deque<LoggedRun> queue = new ArrayDeque<>();
  private long queuedBytes;
  private int missing;
  private boolean closing;
  private @Nullable Thread thread;

  /// @param rows writes them
  public RunLog(Database database, RunRows rows, RunMeters meters) {
    this.database = database;
    this.rows = rows;
    this.meters = meters;
  }

  /// Begins to write.
  public void start() {
    thread = Thread.ofVirtual().name("run-log").start(this::write);
  }

  /// Takes a run that is over. Never blocks, from any thread.
  void add(LoggedRun run) {
    synchronized (lock) {
      int weight = run.weight();
      if (queue.size() >= MOST || queuedBytes + weight > MOST_BYTES) {
        miss(1, "the queue of runs to be logged is full");
        return;
      }
      queue.add(run);
      queuedBytes += weight;
      lock.notifyAll();
    }
  }

  private void miss(int runs, String why) {
    if (missing == 0) {
      LOG.atWarn().addKeyValue("reason", why).log("runs of commands are not logged");
    }
    missing += runs;
    meters.unlogged(runs);
  }

  private void write() {
    while (awaitWork()) {
      List<LoggedRun> group = take();
      if (!written(group) && !putBack(group)) {
        return;
      }
    }
  }

  /// @return false when all is written and nothing more comes
  private boolean awaitWork() {
    synchronized (lock) {
      try {
        while (queue.isEmpty() && !closing) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        closing = true;
      }
      return !queue.isEmpty();
    }
  }

  private List<LoggedRun> take() {
    synchronized (lock) {
      var group = new ArrayList<LoggedRun>(Math.min(queue.size(), GROUP));
      long bytes = 0;
      while (!queue.isEmpty() && group.size() < GROUP && bytes < GROUP_BYTES) {
        LoggedRun run = queue.remove();
        group.add(run);
        bytes += run.weight();
      }
      queuedBytes -= bytes;
      return group;
    }
  }

  /// @return false when the store is away
  private boolean written(List<LoggedRun> group) {
    try {
      var _ = database.write(handle -> rows.insert(handle, group));
      tellMissing();
      return true;
    } catch (StoreUnavailable e) {
      return false;
    } catch (RuntimeException e) {
      if (group.size() > 1) {
        // One wrong run must not take the others with it.
        return group.stream().allMatch(run -> written(List.of(run)));
      }
      LOG.atError().setCause(e).log("a run could not be logged");
      synchronized (lock) {
        meters.unlogged(1);
      }
      return true;
    }
  }

  private void tellMissing() {
    synchronized (lock) {
      if (missing > 0) {
        LOG.atWarn().addKeyValue("runs", missing).log("runs of commands were not logged");
        missing = 0;
      }
    }
  }

  /// Keeps what could not be written, in its order, and waits a moment.
  ///
  /// @return false when the hub stops: then it is lost
  private boolean putBack(List<LoggedRun> group) {
    synchronized (lock) {
      if (closing) {
        miss(group.size() + queue.size(), "the hub stops and the database is away");
        return false;
      }
      for (LoggedRun run : group.reversed()) {
        queue.addFirst(run);
        queuedBytes += run.weight();
      }
      long until = System.nanoTime() + COME_AGAIN.toNanos();
      try {
        while (!closing && System.nanoTime() < until) {
          lock.wait(COME_AGAIN.toMillis());
        }
      } catch (InterruptedException e) {
        closing = true;
      }
      return true;
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
      if (!running.join(CLOSING)) {
        LOG.atWarn().log("the last runs of commands are not logged: the database is slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
