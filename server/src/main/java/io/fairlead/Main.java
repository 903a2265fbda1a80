package io.fairlead;

import io.fairlead.base.Clock;
import io.fairlead.base.Version;
import io.fairlead.storage.StoreRefused;
import io.fairlead.storage.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fairlead serve` and `fairlead demo`.
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final String USAGE =
      """
      Usage: fairlead COMMAND

      Commands:
        serve    run the hub; FAIRLEAD_* variables configure it
        demo     run a hub on an empty folder with a sample third party, and show it at work;
                 --once: end after the show
        version  print the version
      """;

  private Main() {}

  /// Runs a command.
  public static void main(String[] arguments) {
    String command = String.join(" ", arguments);
    try {
      switch (command) {
        case "serve" -> serve();
        case "demo" -> Demo.run(false);
        case "demo --once" -> Demo.run(true);
        case "version", "--version" -> System.out.println("fairlead " + Version.text());
        case "help", "--help", "-h" -> System.out.print(USAGE);
        default -> {
          System.err.print(USAGE);
          System.exit(2);
        }
      }
    } catch (Config.Wrong | StoreRefused | StoreUnavailable | IllegalStateException e) {
      System.err.println("fairlead: " + sentence(e));
      System.exit(1);
    } catch (RuntimeException | Error e) {
      // Threads that were started already would keep the process alive without a server.
      log.atError().setCause(e).log("start failed");
      System.exit(1);
    }
  }

  private static String sentence(RuntimeException e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause + ")";
  }

  private static void serve() {
    var hub = new Hub(Config.read(System.getenv()), Clock.SYSTEM);
    stopOnSignal(hub);
  }

  /// A JVM's own answer to SIGTERM is exit status 143, which supervisors take for a crash; the hook
  /// ends the process with 0 when the hub has stopped in order.
  private static void stopOnSignal(Hub hub) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  hub.close();
                  Runtime.getRuntime().halt(0);
                }));
  }
}
