package io.fairlead;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import io.fairlead.api.People;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real browser at the console of a hub: the machine's Chromium, without its window when there is
/// such a one, which starts and draws sooner. People sit down at it, each with cookies of their
/// own, and all of them leave when a test ends.
///
/// ```java
/// @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);
/// ```
///
/// A test that failed leaves a picture of every page in `target/screens`. A script that failed in a
/// page, or something that the page's policy kept out, fails the test that it happened in.
public final class TestBrowser implements AfterEachCallback, AfterAllCallback {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final Path SCREENS = Path.of("target", "screens");
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium-headless-shell",
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome");
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final String origin;
  private final Playwright playwright;
  private final Browser browser;
  private final List<Page> pages = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private TestBrowser(String origin, Playwright playwright, Browser browser) {
    this.origin = origin;
    this.playwright = playwright;
    this.browser = browser;
  }

  /// Starts one.
  ///
  /// @throws AssertionError when the machine has no Chromium, or the build no console
  public static TestBrowser at(TestHub hub) {
    if (TestBrowser.class.getResource("/io/fairlead/api/site/files.txt") == null) {
      throw new AssertionError(
          "The console is not built: bin/console builds it, and Maven calls that.");
    }
    Path chromium = chromium();
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(
        PATIENCE_MILLIS);
    var options = new LaunchOptions().setExecutablePath(chromium).setArgs(arguments());
    return new TestBrowser(
        "http://127.0.0.1:" + hub.hub().port(), playwright, playwright.chromium().launch(options));
  }

  private static Path chromium() {
    String named = System.getenv("FAIRLEAD_TEST_BROWSER");
    if (named != null) {
      return Path.of(named);
    }
    return PLACES.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "The console's tests need Chromium: apt-get install chromium-headless-shell, or set FAIRLEAD_TEST_BROWSER."));
  }

  private static List<String> arguments() {
    var all = new ArrayList<>(QUIET);
    if ("root".equals(System.getProperty("user.name"))) {
      all.add("--no-sandbox");
    }
    return all;
  }

  /// A window for somebody who has not signed in yet.
  public Screen stranger() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(origin)
                .setLocale("en-GB")
                .setViewportSize(1440, 900));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    pages.add(page);
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    return Screen.of(page);
  }

  /// A window for somebody who has an account, with the list of connectors in it.
  public Screen signedIn(String email) {
    Screen screen = stranger();
    screen.go("/sign-in");
    screen.signIn(email, People.PASSWORD);
    screen.menu("Connectors").waitFor();
    return screen;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    List<String> wrong = List.copyOf(complaints);
    if (test.getExecutionException().isPresent() || !wrong.isEmpty()) {
      takePictures(test);
    }
    pages.forEach(page -> page.context().close());
    pages.clear();
    complaints.clear();
    if (!wrong.isEmpty()) {
      throw new AssertionError("The page complained: " + wrong);
    }
  }

  private void takePictures(ExtensionContext test) {
    for (Page page : pages) {
      String name =
          "%s-%s-%d.png"
              .formatted(
                  test.getRequiredTestClass().getSimpleName(),
                  test.getRequiredTestMethod().getName(),
                  pages.indexOf(page) + 1);
      try {
        var _ = page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name)));
      } catch (PlaywrightException e) {
        // A page that is gone shows nothing; the test has failed for what it says itself.
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext all) {
    browser.close();
    playwright.close();
  }
}
