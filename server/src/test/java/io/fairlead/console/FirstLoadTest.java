package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.LoadState;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a browser that has never been here before gets over the wire, headers and all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstLoadTest {
  private static final int MOST_BYTES = 300 * 1000;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  @AfterAll
  void stop() {
    hub.close();
  }

  @Test
  @DisplayName("the form for signing in, fonts and all, is less than 300 KB")
  void signingIn() {
    new People(hub).makeFirst();
    Screen ana = browser.stranger();
    AtomicLong bytes = count(ana);

    ana.go("/sign-in");
    assertThat(ana.heading("Sign in")).isVisible();
    ana.page().waitForLoadState(LoadState.NETWORKIDLE);

    assertThat(bytes.get()).isBetween(50_000L, (long) MOST_BYTES);
  }

  @Test
  @DisplayName("the first page, for who is signed in already, is less than 300 KB")
  void theFirstPage() {
    new People(hub).makeFirst();
    Screen ana = browser.signedIn(People.ANA);
    AtomicLong bytes = count(ana);

    ana.go("/");
    assertThat(ana.heading("Overview")).isVisible();
    ana.page().waitForLoadState(LoadState.NETWORKIDLE);

    assertThat(bytes.get()).isBetween(50_000L, (long) MOST_BYTES);
  }

  @Test
  @DisplayName(
      "Connectors, opened from a bookmark, is less than 300 KB; the editor comes when wanted")
  void connectors() {
    new People(hub).makeFirst();
    Screen ana = browser.signedIn(People.ANA);
    AtomicLong bytes = count(ana);

    ana.go("/connectors");
    assertThat(ana.text("Send your first event somewhere")).isVisible();
    ana.page().waitForLoadState(LoadState.NETWORKIDLE);

    assertThat(bytes.get()).isBetween(50_000L, (long) MOST_BYTES);
  }

  private static AtomicLong count(Screen screen) {
    var bytes = new AtomicLong();
    CDPSession session = screen.page().context().newCDPSession(screen.page());
    session.send("Network.enable");
    var uncached = new JsonObject();
    uncached.addProperty("cacheDisabled", true);
    session.send("Network.setCacheDisabled", uncached);
    session.on(
        "Network.loadingFinished",
        finished -> bytes.addAndGet(finished.get("encodedDataLength").getAsLong()));
    return bytes;
  }
}
