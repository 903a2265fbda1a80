package io.fairlead;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.fairlead.api.People;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real browser at the console of a hub: the machine's Chromium. People sit down at it one after
/// the other, each with cookies of their own.
public final class TestBrowser implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final String origin;
  private final Playwright playwright;
  private final Browser browser;
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
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options = new LaunchOptions().setExecutablePath(chromium());
    if ("root".equals(System.getProperty("user.name"))) {
      options.setArgs(List.of("--no-sandbox"));
    }
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
                "The console's tests need Chromium: apt-get install chromium, or set FAIRLEAD_TEST_BROWSER."));
  }

  /// A page for somebody who has not signed in yet.
  public Page stranger() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setBaseURL(origin).setViewportSize(1440, 900));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    return page;
  }

  /// A page for somebody who has an account, at the start.
  public Page signedIn(String email) {
    Page page = stranger();
    page.navigate("/sign-in");
    page.getByLabel("Email").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(People.PASSWORD);
    page.getByRole(
            com.microsoft.playwright.options.AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    page.getByRole(com.microsoft.playwright.options.AriaRole.NAVIGATION).first().waitFor();
    return page;
  }

  /// What went wrong in pages that nobody saw: scripts that failed, and what the policy kept out.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Closes what one person has open.
  public static void leave(@Nullable Page page) {
    if (page != null) {
      page.context().close();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
