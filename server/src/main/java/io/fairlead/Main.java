package io.fairlead;

import io.fairlead.base.Clock;
import io.fairlead.base.Version;
import io.fairlead.storage.StoreRefused;
import io.fairlead.storage.StoreUnavailable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fairlead serve`, `fairlead demo` and `fairlead user add`.
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final String USAGE =
      """
      Usage: fairlead COMMAND

      Commands:
        serve    run the hub; FAIRLEAD_* variables configure it
        demo     run a hub on an empty folder with a sample third party, and show it at work;
                 --once: end after the show
        user     add EMAIL [--tenant ID] [--role owner|admin|power_user|viewer] [--operator]:
                 print a link that lets somebody in to the running hub, or in again
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
          UserCommand.Wanted user = UserCommand.Wanted.of(List.of(arguments));
          if (user == null) {
            System.err.print(USAGE);
            System.exit(2);
          } else {
            UserCommand.run(user, System.getenv(), System.out);
          }
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

  /// The cause of a database's failure is its own message, and worth showing.
  private static String sentence(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    Throwable cause = e instanceof StoreUnavailable ? e.getCause() : null;
    return cause == null || message.contains(String.valueOf(cause.getMessage()))
        ? message
        : message + " (" + cause.getMessage() + ")";
  }

  private static void serve() {
    var running = new AtomicReference<Hub>();
    var failed = new AtomicBoolean();
    stopOnSignal(running, failed);
    try {
      var hub = new Hub(Config.read(System.getenv()), Clock.SYSTEM);
      running.set(hub);
      hub.firstLink().ifPresent(Main::printFirstLink);
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  private static void printFirstLink(String link) {
    System.out.println();
    System.out.println(
        "Nobody can sign in yet. This link makes the owner; it works once, for an hour:");
    System.out.println();
    System.out.println("  " + link);
    System.out.println();
  }

  /// A JVM's own answer to SIGTERM is exit status 143, which supervisors take for a crash; the hook
  /// ends the process with 0 when the hub has stopped in order, or had not started yet. A start
  /// that failed keeps its own status.
  private static void stopOnSignal(AtomicReference<Hub> running, AtomicBoolean failed) {
    Runnable stop =
        () -> {
          Hub hub = running.get();
          if (hub != null) {
            hub.close();
          }
          if (!failed.get()) {
            Runtime.getRuntime().halt(0);
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
  }
}
