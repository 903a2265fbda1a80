package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody does on a phone who was told that something failed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PhoneTest {
  private static final int WIDTH = 390;
  private static final int HEIGHT = 844;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  PhoneTest() {
    new People(hub).makeFirst();
    party.on("/vendor", Answer.status(422).json("{\"error\":\"no such customer\"}"), Answer.ok());
    good(
        client.post(
            "/v1/connectors",
            """
            {"name":"Vendor of a name that is longer than a phone is wide","method":"POST",
             "url":"%s","body":{"type":"json"},"triggers":[{"eventType":"invoice.*"}]}
            """
                .formatted(party.url("/vendor"))));
    good(
        client.post(
            "/v1/events",
            "{\"type\":\"invoice.paid\",\"key\":\"K-1\",\"data\":{\"number\":\"INV0000001\"}}"));
    TestHub.await(
        "the delivery has failed",
        () -> client.get("/v1/deliveries?state=FAILED").json().get("total").asInt() == 1);
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static void good(HubClient.Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
  }

  private static void goTo(Screen ana, String name) {
    ana.button("Menu").click();
    ana.menu(name).click();
    assertThat(ana.heading(name)).isVisible();
    assertThat(ana.dialog().all()).hasCount(0);
    fits(ana);
  }

  /// Nobody has to push the page to the side.
  private static void fits(Screen ana) {
    assertThat(ana.page().locator("[aria-busy=true], .mantine-Skeleton-root")).hasCount(0);
    assertThat(ana.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(WIDTH);
  }

  @Test
  @DisplayName("lists, details and retry on a phone")
  void retry() {
    Screen ana = browser.signedIn(People.ANA);
    ana.page().setViewportSize(WIDTH, HEIGHT);
    for (String list :
        List.of("Connectors", "Adaptors", "Authorizations", "Commands", "Events", "Settings")) {
      goTo(ana, list);
    }
    goTo(ana, "Deliveries");
    assertThat(ana.rows("Deliveries").first()).containsText("Failed");
    ana.link("invoice.paid").click();
    assertThat(ana.region("Response").all()).containsText("no such customer");
    fits(ana);
    ana.button("Send again").click();
    assertThat(party.await("/vendor", 2).getLast().text()).isEqualTo("{\"number\":\"INV0000001\"}");
    assertThat(ana.all()).containsText("Attempt 2");
    assertThat(ana.text("Succeeded").first()).isVisible();
    goTo(ana, "Events");
    ana.link("invoice.paid").click();
    assertThat(ana.region("Data").all()).containsText("INV0000001");
    fits(ana);
    goTo(ana, "Connectors");
    ana.link("Vendor of a name that is longer than a phone is wide").click();
    assertThat(ana.dialog().field("Connector Name")).isVisible();
    fits(ana);
  }
}
