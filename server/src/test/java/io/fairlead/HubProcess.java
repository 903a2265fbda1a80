package io.fairlead;

import io.fairlead.api.HubClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The hub as a process of its own, as it is run for real: it can be killed.
final class HubProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("\"listening\" port=\"(\\d+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final AtomicInteger port = new AtomicInteger();
  private final Thread reader;

  private HubProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().name("hub-output").start(this::readOutput);
  }

  /// The settings that hubs in tests share, which each test may add to.
  static Map<String, String> settings(Path folder, @Nullable String databaseUrl) {
    var settings = new HashMap<String, String>();
    settings.put("FAIRLEAD_HOST", "127.0.0.1");
    settings.put("FAIRLEAD_PORT", "0");
    settings.put("FAIRLEAD_LOOPS", "2");
    settings.put("FAIRLEAD_DATA", folder.toString());
    settings.put("FAIRLEAD_OPERATOR_KEY", TestHub.OPERATOR_KEY);
    settings.put("FAIRLEAD_ENCRYPTION_KEY", "an encryption key for tests");
    settings.put("FAIRLEAD_EGRESS_ALLOW", "127.0.0.0/8");
    if (databaseUrl != null) {
      settings.put("FAIRLEAD_DATABASE", databaseUrl);
    }
    return settings;
  }

  /// Starts one and does not wait.
  static HubProcess start(Map<String, String> settings) {
    return start(settings, "serve");
  }

  /// Starts what `bin/fairlead` runs with these arguments, and does not wait.
  static HubProcess start(Map<String, String> settings, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Not the tests' own, which shows warnings alone.
                "-Dlogback.configurationFile=logback.xml",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.fairlead.Main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
    builder.environment().putAll(settings);
    try {
      return new HubProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.set(Integer.parseInt(listening.group(1)));
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
  }

  /// Waits until it is ready; kills it when it does not become so.
  HubProcess awaitReady() {
    try {
      return becomeReady();
    } catch (AssertionError e) {
      kill();
      throw e;
    }
  }

  private HubProcess becomeReady() {
    TestHub.await(
        "the process listens",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the hub ended:\n" + output());
          }
          return port.get() != 0;
        });
    TestHub.await("the process is ready", () -> client().get("/readyz").status() == 200);
    return this;
  }

  /// Calls it as the operator.
  HubClient client() {
    return new HubClient("http://127.0.0.1:" + port.get(), TestHub.OPERATOR_KEY);
  }

  int port() {
    return port.get();
  }

  /// What it wrote so far.
  String output() {
    return String.join("\n", output);
  }

  /// As `kill -9` does; back when it is gone.
  void kill() {
    process.toHandle().destroyForcibly();
    var _ = awaitExit();
  }

  /// As `kill` does; does not wait.
  void terminate() {
    // Not Process.destroy(), which closes the output as well.
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for the end and gives the exit status.
  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the hub does not end:\n" + output());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
