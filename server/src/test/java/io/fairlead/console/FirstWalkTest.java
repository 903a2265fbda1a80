package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody does who has just installed a hub.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstWalkTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  @DisplayName("0-01 0-03 from the one-time link to the first event that arrives")
  void fromTheLinkToTheFirstEvent() {
    String link = hub.hub().firstLink().orElseThrow();
    Screen ana = browser.stranger();
    makeTheAccount(ana, link);
    signOutAndIn(ana);
    makeTheConnector(ana);
    addTheTrigger(ana);
    sendTheEvent(ana);

    Received sent = party.await("/notices", 1).getFirst();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.header("X-Source")).isEqualTo("fairlead");
    assertThat(sent.header("Content-Type")).startsWith("application/json");
    assertThat(sent.text()).isEqualTo("{\"number\":\"INV0000001\",\"amount\":119.50}");
    Locator timeline = ana.region("What came of it").all();
    assertThat(timeline).containsText("Notices");
    assertThat(timeline).containsText("Succeeded");

    Screen late = browser.stranger();
    late.go(path(link));
    late.field("Name").fill("Somebody");
    late.field("Password").fill(People.PASSWORD);
    late.button("Make the account").click();
    assertThat(late.text("This link does not work")).isVisible();
  }

  private static String path(String link) {
    URI uri = URI.create(link);
    return uri.getPath() + "?" + uri.getQuery();
  }

  private static void makeTheAccount(Screen ana, String link) {
    ana.go(path(link));
    ana.field("Name").fill("Ana");
    ana.field("Email").fill(People.ANA);
    ana.field("Password").fill(People.PASSWORD);
    ana.button("Make the account").click();
    ana.goTo("Connectors");
    assertThat(ana.text("Send your first event somewhere")).isVisible();
  }

  private static void signOutAndIn(Screen ana) {
    ana.button("Ana").click();
    ana.menuItem("Sign out").click();
    assertThat(ana.heading("Sign in")).isVisible();
    ana.signIn(People.ANA, "not the password");
    assertThat(ana.all().getByRole(AriaRole.ALERT)).isVisible();
    ana.signIn(People.ANA, People.PASSWORD);
    ana.goTo("Connectors");
  }

  private void makeTheConnector(Screen ana) {
    ana.button("New Connector").first().click();
    Screen editor = ana.dialog();
    editor.field("Connector Name").fill("Notices");
    editor.field("URL").fill(party.url("/notices"));
    editor.button("Add header").click();
    editor.field("Header 1: Name").fill("X-Source");
    editor.field("Header 1: Value").fill("fairlead");
    editor.button("Add JSON data").click();
    editor.field("Data 1: Name").fill("number");
    editor.field("Data 1: Value").fill("{{InvoiceNumber}}");
    editor.button("Add JSON data").click();
    editor.field("Data 2: Name").fill("amount");
    editor.field("Data 2: Value").fill("{{amount}}");
    editor.button("Create").click();
    assertThat(ana.row("Notices")).containsText(party.url("/notices"));
  }

  private static void addTheTrigger(Screen ana) {
    ana.gear("Notices", "Settings");
    ana.tab("Triggers").click();
    ana.button("Add a trigger").click();
    ana.field("Event type").fill("invoice.paid");
    ana.button("Save Connector").click();
    assertThat(ana.text("All is saved.")).isVisible();
  }

  private static void sendTheEvent(Screen ana) {
    ana.goTo("Events");
    ana.button("Send a test event").first().click();
    Screen form = ana.dialog();
    form.field("Type").fill("invoice.paid");
    form.field("Key").fill("INV0000001");
    form.field("Data").fill("{\"InvoiceNumber\": \"INV0000001\", \"amount\": 119.50}");
    form.button("Send").click();
    assertThat(ana.text("Sent: it goes to 1 connector.")).isVisible();
  }
}
