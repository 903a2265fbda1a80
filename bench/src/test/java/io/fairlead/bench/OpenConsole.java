package io.fairlead.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Opens the pages of a console in the machine's Chromium, as the owner that {@link FillConsole}
/// made, and prints for each how long it took until it could be used, and what the calls behind it
/// took.
///
/// Usage: `OpenConsole ORIGIN ROUNDS`. Each round opens every page anew from its address, with what
/// the browser has in its cache. A page can be used when its heading and what it lists have been
/// drawn and no skeleton is left. Ends with 1 when the median of a page is over a second.
public final class OpenConsole {
  private static final double MOST_MILLIS = 1_000;
  private static final List<String> CHROMIUM =
      List.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium");

  /// Looks at each frame, since Playwright's own waiting looks again only after half a second.
  private static final String USABLE =
      """
      () => new Promise((done) => {
        const look = () =>
          !document.querySelector('[aria-busy=true], [data-stale=true], .mantine-Skeleton-root') &&
          document.querySelector('h1')?.checkVisibility()
            ? requestAnimationFrame(() => requestAnimationFrame(done))
            : requestAnimationFrame(look)
        look()
      })
      """;

  private final Page page;
  private final int rounds;
  private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<Double>> calls = new TreeMap<>();
  private boolean slow;

  private OpenConsole(Page page, int rounds) {
    this.page = page;
    this.rounds = rounds;
    page.onRequestFinished(asked::add);
  }

  /// Measures.
  ///
  /// @param args see the class
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: OpenConsole ORIGIN ROUNDS");
      System.exit(2);
    }
    String named = System.getenv("FAIRLEAD_TEST_BROWSER");
    String chromium =
        named != null
            ? named
            : CHROMIUM.stream()
                .filter(one -> Files.isExecutable(Path.of(one)))
                .findFirst()
                .orElseThrow();
    boolean slow;
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(List.of("--disable-gpu", "--no-sandbox")))) {
      BrowserContext context =
          browser.newContext(
              new Browser.NewContextOptions()
                  .setBaseURL(args[0])
                  .setLocale("en-GB")
                  .setViewportSize(1440, 900));
      context.setDefaultTimeout(60_000);
      var open = new OpenConsole(context.newPage(), Integer.parseInt(args[1]));
      open.signIn();
      open.all();
      open.printCalls();
      slow = open.slow;
    }
    System.exit(slow ? 1 : 0);
  }

  private void signIn() {
    var _ = page.navigate("/sign-in");
    page.locator("input[type=email]").fill(FillConsole.EMAIL);
    page.locator("input[type=password]").fill(FillConsole.PASSWORD);
    page.locator("input[type=password]").press("Enter");
    page.locator("nav[aria-label='Main menu'] a").first().waitFor();
  }

  private void all() {
    String connector = first("/connectors", "?sort=name");
    String delivery = first("/deliveries", "?state=FAILED");
    String event = first("/events", "?limit=1");
    String adaptor = first("/adaptors", "?sort=createdAt");
    String authorization = first("/authorizations", "?limit=1");
    asked.clear();
    System.out.println("| page | usable after: median | slowest | taken by other machines |");
    System.out.println("| --- | ---: | ---: | ---: |");
    open("Overview, a day", "/");
    open("Overview, 30 days", "/?range=30d");
    open("Connectors", "/connectors");
    open("Connectors, by name, 100 a page", "/connectors?sort=name&limit=100");
    open("Connectors, searched", "/connectors?q=store%203");
    open("Connectors, those disabled", "/connectors?state=DISABLED");
    for (String tab :
        List.of(
            "general", "request", "adaptor", "triggers", "response", "policy", "test", "logs")) {
      open("A connector, " + tab, connector + "?tab=" + tab);
    }
    open("A connector, revisions", connector + "?tab=revisions");
    open("Deliveries", "/deliveries");
    for (String state :
        List.of("open", "WAITING", "RETRYING", "HELD", "SUCCEEDED", "FAILED", "SUPPRESSED")) {
      open("Deliveries, " + state, "/deliveries?state=" + state);
    }
    open("Deliveries, by type", "/deliveries?type=ticket.*");
    open("Deliveries, of a type that never came", "/deliveries?type=no.such");
    open("Deliveries, by class of error", "/deliveries?error=STATUS");
    open("Deliveries, a class that never was", "/deliveries?error=TLS");
    open("Deliveries, with a text", "/deliveries?q=500");
    open("Deliveries, with a text that is nowhere", "/deliveries?q=nowhere-to-be-found");
    open("Deliveries, only tests", "/deliveries?test=true");
    open("Deliveries, of the last week", "/deliveries?range=7d");
    open("A delivery", delivery);
    open("Events", "/events");
    open("Events, by key", "/events?key=INV0000012");
    open("Events, by type", "/events?type=order.*");
    open("An event", event);
    open("Adaptors", "/adaptors");
    open("An adaptor that 1,400 connectors use", adaptor);
    open("Authorizations", "/authorizations");
    open("An authorization", authorization);
    open("Commands", "/commands");
    open("A command", "/commands/GetInvoiceImage");
    open("Search, by a key", "/search?q=INV0000012");
    open("Search, through data, for what is nowhere", "/search?q=nowhere-to-be-found&in=data");
    open("Runs", "/runs");
    open("Settings, audit", "/settings?part=audit");
    open("Settings, users", "/settings?part=users");
  }

  /// The address of the first thing in a list.
  private String first(String list, String query) {
    Object id =
        page.evaluate(
            "path => fetch(path).then(answer => answer.json()).then(list => list.data[0].id)",
            "/v1" + list + query);
    return list + "/" + id;
  }

  private void open(String name, String path) {
    var took = new ArrayList<Double>();
    Ticks before = Ticks.now();
    for (int i = 0; i <= rounds; i++) {
      var _ = page.navigate("about:blank");
      asked.clear();
      long began = System.nanoTime();
      var _ = page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
      awaitUsable();
      double millis = (System.nanoTime() - began) / 1e6;
      if (i > 0) { // the first time fills the browser's cache
        took.add(millis);
        note();
      }
    }
    Collections.sort(took);
    double median = took.get(took.size() / 2);
    slow |= median > MOST_MILLIS;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f ms%s | %,.0f ms | %.0f %% |%n",
        name,
        median,
        median > MOST_MILLIS ? " **no**" : "",
        took.getLast(),
        Ticks.now().stolenSince(before));
  }

  /// What Linux says of the processors' time: on a virtual machine others may take some of it.
  private record Ticks(long stolen, long busy) {
    static Ticks now() {
      try (var lines = Files.lines(Path.of("/proc/stat"))) {
        // cpu user nice system idle iowait irq softirq steal ...
        long[] all =
            Arrays.stream(lines.findFirst().orElseThrow().trim().split("\\s+"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return new Ticks(all[7], all[0] + all[1] + all[2] + all[5] + all[6] + all[7]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Of the time in which something was to be done, how many of a hundred.
    double stolenSince(Ticks before) {
      return 100.0 * (stolen - before.stolen) / Math.max(1, busy - before.busy);
    }
  }

  private void awaitUsable() {
    var _ = page.evaluate(USABLE);
  }

  private void note() {
    for (Request request : List.copyOf(asked)) {
      String url = request.url();
      int at = url.indexOf("/v1/");
      if (at > 0) {
        var timing = request.timing();
        calls
            .computeIfAbsent(
                shape(request.method() + " " + url.substring(at)), _ -> new ArrayList<>())
            .add(timing.responseEnd - timing.requestStart);
      }
    }
  }

  /// One name for calls that differ in ids and times alone.
  private static String shape(String call) {
    return call.replaceAll("(con|dlv|evt|adp|aut|att|run)_[0-9a-z]{13}", "$1_…")
        .replaceAll("(&?id=con_…)+", "id=con_…")
        .replaceAll("(from|to)=[^&]*", "$1=…");
  }

  private void printCalls() {
    System.out.println();
    System.out.println("| call | times | p50 | max |");
    System.out.println("| --- | ---: | ---: | ---: |");
    calls.forEach((call, took) -> {
      Collections.sort(took);
      System.out.printf(
          Locale.ROOT,
          "| `%s` | %d | %,.0f ms | %,.0f ms |%n",
          call.replace("|", "\\|"),
          took.size(),
          took.get(took.size() / 2),
          took.getLast());
    });
  }
}
