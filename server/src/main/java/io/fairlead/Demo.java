package io.fairlead;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fairlead.base.Clock;
import io.fairlead.base.Version;
import io.fairlead.demo.HubApi;
import io.fairlead.demo.Part;
import io.fairlead.demo.Picture;
import io.fairlead.demo.SampleThirdParty;
import io.fairlead.demo.SeenDelivery;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// `fairlead demo`: a hub on an empty folder with a sample third party in the same process, at
/// work. What it makes it makes over the API, and what it shows it has from there.
final class Demo implements AutoCloseable {
  private static final int EVENTS = 36;
  private static final Duration BETWEEN_EVENTS = Duration.ofMillis(80);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration LONGEST_SHOW = Duration.ofSeconds(45);

  private static final List<String> CUSTOMERS =
      List.of("Baker Street Books", "Grünwald & Söhne", "Ōtani \"Paper\" Ltd.");

  private final PrintStream out;
  private final boolean isTerminal;
  private final Path folder;
  private final SampleThirdParty thirdParty;
  private final Hub hub;
  private final HubApi api;
  private final String origin;
  private volatile boolean closed;

  /// Starts the hub and the third party.
  ///
  /// @param folder empty; deleted at the end
  /// @param port to listen on, as in `FAIRLEAD_PORT`; 0 for any free one
  /// @param isTerminal whether lines that were printed can be drawn over
  Demo(Path folder, String port, PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.folder = folder;
    thirdParty = SampleThirdParty.start();
    try {
      hub = new Hub(config(port), Clock.SYSTEM);
    } catch (RuntimeException e) {
      thirdParty.close();
      throw e;
    }
    origin = "http://127.0.0.1:" + hub.port();
    api = new HubApi(origin, hub.operatorKey());
  }

  private Config config(String port) {
    return Config.read(
        Map.of(
            "FAIRLEAD_HOST",
            "127.0.0.1",
            "FAIRLEAD_PORT",
            port,
            "FAIRLEAD_DATA",
            folder.toString(),
            "FAIRLEAD_METRICS_OPEN",
            "true",
            "FAIRLEAD_EGRESS_ALLOW",
            thirdParty.address()));
  }

  /// Runs the demo: the show, and then the hub until the process is told to stop.
  ///
  /// @param once whether to end after the show
  static void run(boolean once) {
    onlyWarnings();
    String port = System.getenv().getOrDefault("FAIRLEAD_PORT", "0");
    var end = new End(newFolder());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(end));
    try {
      var demo = new Demo(end.folder, port, System.out, isTerminal(System.console()));
      end.demo = demo;
      demo.show();
      end.status = 0;
    } catch (IllegalStateException e) {
      Demo demo = end.demo;
      if (demo == null || !demo.closed) {
        throw e;
      }
    }
    if (once) {
      System.exit(0);
    }
    System.out.println("It keeps running. Ctrl-C ends it and removes its data.");
  }

  /// What happens when the process is to end, at whatever point: nothing is left behind, and the
  /// exit status says whether the show was seen to its end.
  private static final class End implements Runnable {
    private final Path folder;
    private volatile @Nullable Demo demo;
    private volatile int status = 1;

    End(Path folder) {
      this.folder = folder;
    }

    @Override
    public void run() {
      Demo running = demo;
      if (running == null) {
        delete(folder);
      } else {
        running.close();
      }
      Runtime.getRuntime().halt(status);
    }
  }

  /// The picture is not to be cut by lines of the hub's log.
  private static void onlyWarnings() {
    if (LoggerFactory.getLogger("io.fairlead") instanceof Logger logger) {
      logger.setLevel(Level.WARN);
    }
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  /// Makes the connectors, sends the events, shows how they fare and prints what to try.
  void show() {
    List<Part> parts = Part.all(thirdParty.address());
    out.println();
    out.println(
        "Fairlead %s: a hub on an empty folder, and a sample third party for it to call."
            .formatted(Version.text()));
    for (Part part : parts) {
      var _ = api.makeConnector(part.document());
    }
    out.println("Four connectors are made, over the API. Now %d events come in,".formatted(EVENTS));
    out.println("and each goes to all four. A mark is a delivery:");
    out.println();
    var picture = new Picture(out, isTerminal, !System.getenv().containsKey("NO_COLOR"), parts);
    List<SeenDelivery> deliveries = watch(picture, parts.size());
    out.println();
    picture.table(deliveries);
    out.println();
    out.println(
        "Nobody waited for the one that never answers. What failed can be retried by hand:");
    out.println("POST /v1/deliveries/{id}/retry.");
    out.println();
    showOneCall(deliveries);
    showWhatToTry();
  }

  private List<SeenDelivery> watch(Picture picture, int connectors) {
    long start = System.nanoTime();
    var sender = Thread.ofVirtual().name("events").start(this::sendEvents);
    while (true) {
      List<SeenDelivery> deliveries = api.deliveries();
      Duration since = Duration.ofNanos(System.nanoTime() - start);
      boolean isLast =
          (!sender.isAlive()
                  && deliveries.size() >= EVENTS * connectors
                  && deliveries.stream().allMatch(SeenDelivery::isEnded))
              || since.compareTo(LONGEST_SHOW) > 0;
      picture.draw(deliveries, since, isLast);
      if (isLast) {
        return deliveries;
      }
      pause(BETWEEN_LOOKS);
    }
  }

  private void sendEvents() {
    for (int i = 1; i <= EVENTS && !closed; i++) {
      api.sendEvent(event(i));
      pause(BETWEEN_EVENTS);
    }
  }

  private static String event(int number) {
    String customer = CUSTOMERS.get(number % CUSTOMERS.size()).replace("\"", "\\\"");
    return """
    {"type": "invoice.paid", "id": "invoice-%1$d-paid",
     "data": {"InvoiceNumber": "2026-%1$04d", "amount": %2$d.50,
              "customer": {"id": "c-%3$d", "name": "%4$s"}}}
    """
        .formatted(number, 100 + number, number % CUSTOMERS.size(), customer);
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void showOneCall(List<SeenDelivery> deliveries) {
    var one =
        deliveries.stream()
            .filter(d -> d.connector().equals("Billing") && d.state().equals("SUCCEEDED"))
            .reduce((earlier, later) -> later);
    if (one.isEmpty()) {
      return;
    }
    var attempt = api.lastAttempt(one.get().id());
    out.println("The last call to Billing, as the log keeps every attempt (secrets masked):");
    out.println();
    attempt.request().forEach(line -> out.println("  " + line));
    out.println();
    out.println("  answered " + attempt.answer());
    out.println();
  }

  private void showWhatToTry() {
    String key = hub.operatorKey();
    out.println("To look around:");
    out.println();
    hub.firstLink()
        .ifPresent(
            link -> out.println("  console       " + link.replaceFirst("^[^/]*//[^/]*", origin)));
    out.println("  API           " + origin + "/v1");
    out.println("  its contract  " + origin + "/openapi.yaml");
    out.println("  health        " + origin + "/healthz");
    out.println("  metrics       " + origin + "/metrics");
    out.println("  operator key  " + key);
    out.println();
    out.println("Send an event, and see how its deliveries fare:");
    out.println();
    out.println(sendLine(key));
    out.println();
    out.println(listLine(key));
    out.println();
  }

  private String sendLine(String key) {
    return "curl -X POST "
        + origin
        + "/v1/events -H 'Authorization: Bearer "
        + key
        + "' -H 'Content-Type: application/json' -d '{\"type\":\"invoice.paid\",\"data\":{\"InvoiceNumber\":\"2026-1000\",\"amount\":99.5,\"customer\":{\"id\":\"c-9\",\"name\":\"You\"}}}'";
  }

  private String listLine(String key) {
    return "curl '" + origin + "/v1/deliveries?limit=4' -H 'Authorization: Bearer " + key + "'";
  }

  @Override
  public void close() {
    closed = true;
    api.close();
    hub.close();
    thirdParty.close();
    delete(folder);
  }

  /// An empty folder.
  static Path newFolder() {
    try {
      return Files.createTempDirectory("fairlead-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
