package io.fairlead;

import io.fairlead.base.Clock;
import io.fairlead.base.Problem;
import io.fairlead.delivery.CoolDownLog;
import io.fairlead.event.EventTypes;
import io.fairlead.ingest.Ingest;
import io.fairlead.storage.PostgresqlStore;
import io.fairlead.storage.Store;
import io.fairlead.tenant.ApiKeys;
import io.fairlead.user.Sessions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be done now and then: keeping a reserve on the disk, noting when keys were used and
/// what events look like, making partitions, forgetting what no least delay needs.
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  /// Below this much free space no events are taken, so that what is under way can still be
  /// settled.
  private static final long RESERVE_BYTES = 64L << 20;

  private static final Problem DISK_NEARLY_FULL =
      Problem.unavailable("The hub's disk is nearly full.", Duration.ofSeconds(10));

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());
  private final Path data;
  private final Store store;
  private final Ingest ingest;
  private final ApiKeys keys;
  private final Sessions sessions;
  private final EventTypes types;
  private final CoolDownLog coolDowns;
  private final Clock clock;
  private boolean nearlyFull;

  Housekeeping(
      Path data,
      Store store,
      Ingest ingest,
      ApiKeys keys,
      Sessions sessions,
      EventTypes types,
      CoolDownLog coolDowns,
      Clock clock) {
    this.data = data;
    this.store = store;
    this.ingest = ingest;
    this.keys = keys;
    this.sessions = sessions;
    this.types = types;
    this.coolDowns = coolDowns;
    this.clock = clock;
  }

  void start() {
    every(Duration.ofSeconds(1), this::watchDisk);
    every(Duration.ofMinutes(1), keys::flushUses);
    every(Duration.ofMinutes(1), sessions::flush);
    every(Duration.ofSeconds(5), types::flush);
    every(Duration.ofMinutes(10), coolDowns::forgetOld);
    every(Duration.ofHours(6), this::makePartitions);
  }

  private void every(Duration period, Runnable work) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> run(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("error", String.valueOf(e)).log("housekeeping failed");
    }
  }

  private void watchDisk() {
    boolean below = data.toFile().getUsableSpace() < RESERVE_BYTES;
    if (below != nearlyFull) {
      nearlyFull = below;
      if (below) {
        log.atError().log("disk nearly full: no events are taken");
        ingest.close(DISK_NEARLY_FULL);
      } else {
        log.atInfo().log("disk has room again: events are taken");
        ingest.open();
      }
    }
  }

  private void makePartitions() {
    if (store instanceof PostgresqlStore postgresql) {
      try {
        postgresql.makePartitions(clock.millis());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
