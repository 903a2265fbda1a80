package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is on the screen stands in its address: it can be shared, and the way back leads to it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AddressTest {
  private static final int CONNECTORS = 23;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  @BeforeAll
  void makeConnectors() {
    HubClient ana = new People(hub).first();
    make(ana, "/v1/tenants", "{\"id\":\"acme\",\"name\":\"Acme\"}");
    for (int i = 1; i <= CONNECTORS; i++) {
      make(ana, "/v1/connectors", connector("Shop %02d".formatted(i)));
    }
    make(ana.with("Fairlead-Tenant", "acme"), "/v1/connectors", connector("Of Acme"));
  }

  private static void make(HubClient by, String path, String document) {
    assertThat(by.post(path, document).status()).isEqualTo(201);
  }

  private static String connector(String name) {
    return "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"https://shop.example.com/\"}"
        .formatted(name);
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @Test
  void theSecondPageOfAListIsSharedAndComeBackTo() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/connectors?sort=name&limit=10");
    ana.button("Next page").click();
    assertThat(ana.text("11–20 of 23")).isVisible();
    String shared = ana.page().url();

    ana.gear("Shop 15", "Settings");
    assertThat(ana.heading("Shop 15")).isVisible();
    var _ = ana.page().goBack();
    assertThat(ana.text("11–20 of 23")).isVisible();
    ana.button("Page before").click();
    assertThat(ana.text("1–10 of 23")).isVisible();

    ana.go(shared);
    assertThat(ana.row("Shop 15")).isVisible();
    assertThat(ana.text("11–20 of 23")).isVisible();
  }

  @Test
  void otherFiltersBeginAtTheFirstPage() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/connectors?sort=name&limit=10");
    ana.button("Next page").click();
    assertThat(ana.text("11–20 of 23")).isVisible();
    ana.field("Find by name or URL").fill("Shop 2");
    assertThat(ana.text("1–4 of 4")).isVisible();
    assertThat(ana.page()).hasURL(Pattern.compile("^(?!.*cursor=).*q=Shop"));
  }

  @Test
  void anAddressSaysWhoseItIs() {
    Screen ana = browser.signedIn(People.ANA);
    ana.button("Tenant").click();
    ana.menuItem("Acme").click();
    ana.goTo("Connectors");
    assertThat(ana.row("Of Acme")).isVisible();
    assertThat(ana.page()).hasURL(Pattern.compile("[?&]tenant=acme"));
    String shared = ana.page().url();

    Screen later = browser.signedIn(People.ANA);
    later.goTo("Connectors");
    assertThat(later.row("Shop 23")).isVisible();
    assertThat(later.page()).hasURL(Pattern.compile("[?&]tenant=default"));
    later.go(shared);
    assertThat(later.row("Of Acme")).isVisible();
    var _ = later.page().goBack();
    assertThat(later.row("Shop 23")).isVisible();
  }
}
