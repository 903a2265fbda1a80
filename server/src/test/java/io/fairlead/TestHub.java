package io.fairlead;

import io.fairlead.api.Api;
import io.fairlead.api.HubClient;
import io.fairlead.base.Clock;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.TestStores;
import io.fairlead.user.Passwords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A whole hub inside the test's JVM: on a port of its own, with a new data folder, on either
/// database. It may call what listens on this machine.
public final class TestHub implements AutoCloseable {
  /// The operator's key of every hub in tests.
  public static final String OPERATOR_KEY = "the operator of every hub in tests";

  /// Passwords are hashed as they are for real, only with little effort.
  private static final Passwords.Cost QUICK = new Passwords.Cost(64, 1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Config config;
  private final Clock clock;
  private Hub hub;

  private TestHub(Config config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.hub = new Hub(config, clock, QUICK);
    awaitReady();
  }

  /// Starts one on a new database, with the machine's clock.
  public static TestHub start(Dialect dialect) {
    return start(dialect, Clock.SYSTEM);
  }

  /// Starts one on a new database.
  public static TestHub start(Dialect dialect, Clock clock) {
    String url =
        switch (dialect) {
          case SQLITE -> null;
          case POSTGRESQL -> TestStores.newPostgresql();
        };
    return new TestHub(config(newFolder(), url), clock);
  }

  /// Starts one on a folder and a database that the test has made.
  public static TestHub start(Path folder, @Nullable String databaseUrl) {
    return new TestHub(config(folder, databaseUrl), Clock.SYSTEM);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("fairlead-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settings for tests.
  public static Config config(Path folder, @Nullable String databaseUrl) {
    return new Config(
        "127.0.0.1",
        0,
        folder,
        databaseUrl,
        OPERATOR_KEY,
        "an encryption key for tests",
        "127.0.0.0/8",
        List.of("203.0.113.0/24"),
        false,
        2,
        null,
        List.of());
  }

  /// The hub itself.
  public Hub hub() {
    return hub;
  }

  /// What it answers.
  public Api api() {
    return hub.api();
  }

  /// Stops it in order and starts another one on the same folder and database.
  public void restart() {
    hub.close();
    hub = new Hub(config, clock, QUICK);
    awaitReady();
  }

  private void awaitReady() {
    await("the hub is ready", () -> hub.notReady().isEmpty());
  }

  /// Calls it as the operator.
  public HubClient client() {
    return new HubClient("http://127.0.0.1:" + hub.port(), OPERATOR_KEY);
  }

  /// Waits until something holds.
  ///
  /// @throws AssertionError when it does not within half a minute
  public static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what);
      }
      try {
        Thread.sleep(Duration.ofMillis(10));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
