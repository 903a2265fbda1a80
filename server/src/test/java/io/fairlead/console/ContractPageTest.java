package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `/docs`: the contract is read, and its operations are tried, on the hub itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractPageTest {
  private static final String VIEWER = "vic@example.com";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  ContractPageTest() {
    var people = new People(hub);
    var _ = people.let(people.first(), VIEWER, "viewer");
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private static void choose(Screen who, String words, String operation) {
    who.field("Find an operation").fill(words);
    who.all()
        .getByRole(AriaRole.LINK)
        .filter(new Locator.FilterOptions().setHasText(operation))
        .click();
    assertThat(who.heading(operation)).isVisible();
  }

  private static Screen tried(Screen who) {
    Screen form = who.region("Try it");
    form.button("Send").click();
    return form;
  }

  @Test
  @DisplayName("an operation is found, reads, makes and deletes, and its address can be shared")
  void tries() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/docs");

    choose(ana, "post connectors", "Make a connector");
    Screen form = ana.region("Try it");
    form.field("Body")
        .fill(
            "{\"name\":\"By the contract\",\"method\":\"POST\",\"url\":\"https://api.example.com/\"}");
    assertThat(tried(ana).all()).containsText("201");
    var made = client.get("/v1/connectors?q=contract").json().at("/data/0");
    assertThat(made.get("name").asString()).isEqualTo("By the contract");

    choose(ana, "get connectors", "List connectors");
    assertThat(tried(ana).all()).containsText("By the contract");

    choose(ana, "delete connectors", "Delete a connector");
    assertThat(ana.region("Try it").button("Send")).isDisabled();
    ana.field("id (required)").fill(made.get("id").asString());
    assertThat(tried(ana).all()).containsText("204");
    assertThat(client.get("/v1/connectors").json().get("total").asInt()).isZero();

    Screen other = browser.signedIn(VIEWER);
    other.go(ana.page().url());
    assertThat(other.heading("Delete a connector")).isVisible();
  }

  @Test
  @DisplayName("a refused call shows the problem that the hub answers; a key is used when given")
  void refused() {
    Screen vic = browser.signedIn(VIEWER);
    vic.go("/docs");
    choose(vic, "post connectors", "Make a connector");
    Screen form = tried(vic);
    assertThat(form.all()).containsText("403");
    form.field("API key").fill("fl_no_such_key");
    assertThat(tried(vic).all()).containsText("401");
    assertThat(client.get("/v1/connectors?q=contract").json().get("total").asInt()).isZero();
  }
}
