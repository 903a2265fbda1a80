package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every key that the sheet of keys names, and the help that stands in the jar.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  KeysTest() {
    new People(hub).makeFirst();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private String connector(String name) {
    var made =
        client.post(
            "/v1/connectors",
            "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"type\":\"json\",\"template\":\"{}\"}}"
                .formatted(name, party.url("/keys")));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.json().get("id").asString();
  }

  @Test
  @DisplayName("g and a letter go to every page of the menu, and the sheet names them")
  void letters() {
    Screen ana = browser.signedIn(People.ANA);
    Keyboard keys = ana.page().keyboard();
    Map<String, String> pages =
        Map.of(
            "o", "Overview",
            "c", "Connectors",
            "m", "Adaptors",
            "a", "Authorizations",
            "r", "Commands",
            "e", "Events",
            "d", "Deliveries",
            "i", "API",
            "s", "Settings");
    pages.forEach((letter, title) -> {
      keys.press("g");
      keys.press(letter);
      assertThat(
              ana.page()
                  .getByRole(
                      AriaRole.HEADING,
                      new com.microsoft.playwright.Page.GetByRoleOptions()
                          .setName(title)
                          .setExact(true)
                          .setLevel(1)))
          .isVisible();
    });
    keys.press("?");
    assertThat(ana.dialog().heading("Keyboard shortcuts")).isVisible();
    for (String title : pages.values()) {
      assertThat(ana.dialog().all().getByText(title, exact()).first()).isVisible();
    }
    keys.press("?");
    assertThat(ana.page().getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  private static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  @DisplayName("lists are walked, chosen from and opened by keys")
  void lists() {
    String _ = connector("Keys A");
    String _ = connector("Keys B");
    Screen ana = browser.signedIn(People.ANA);
    Keyboard keys = ana.page().keyboard();
    ana.go("/connectors?sort=name");
    assertThat(ana.row("Keys A")).isVisible();
    keys.press("j");
    assertThat(ana.rows("Connectors").first()).isFocused();
    keys.press("j");
    assertThat(ana.rows("Connectors").nth(1)).isFocused();
    keys.press("k");
    assertThat(ana.rows("Connectors").first()).isFocused();
    keys.press("x");
    assertThat(ana.text("1 chosen")).isVisible();
    keys.press("x");
    keys.press("/");
    assertThat(ana.field("Find by name or URL")).isFocused();
    ana.page().evaluate("document.activeElement.blur()");
    keys.press("n");
    assertThat(ana.dialog().field("Connector Name")).isFocused();
    keys.press("Escape");
    assertThat(ana.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    ana.rows("Connectors").first().focus();
    keys.press("Enter");
    assertThat(ana.dialog().field("Connector Name")).isVisible();
  }

  @Test
  @DisplayName("where a page has no search of its own, / searches everything")
  void slash() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/settings?part=egress");
    assertThat(ana.heading("Settings")).isVisible();
    ana.page().keyboard().press("/");
    assertThat(ana.dialog().field("Search")).isFocused();
  }

  @Test
  @DisplayName("Ctrl with S saves and Ctrl with Enter tests, in a template's editor too")
  void inAnEditor() {
    String id = connector("Keys C");
    Screen ana = browser.signedIn(People.ANA);
    Keyboard keys = ana.page().keyboard();
    ana.go("/connectors/" + id + "?tab=general");
    Locator url = ana.page().locator(".cm-content[contenteditable=true]").first();
    url.click();
    keys.press("End");
    keys.type("/saved");
    keys.press("Control+s");
    assertThat(ana.text("Saved “Keys C”.")).isVisible();
    assertThat(client.get("/v1/connectors/" + id).json().get("url").asString())
        .isEqualTo(party.url("/keys/saved"));
    keys.press("End");
    keys.press("Control+Space");
    assertThat(ana.page().locator(".cm-tooltip-autocomplete")).isVisible();
    keys.press("Escape");

    ana.tab("Test").click();
    ana.page().locator(".cm-content[contenteditable=true]").first().click();
    keys.press("Control+Enter");
    assertThat(party.await("/keys/saved", 1)).hasSize(1);
    assertThat(party.received("/keys/saved"))
        .extracting(one -> one.text())
        .isEqualTo(List.of("{}"));

    ana.page().locator(".cm-content[contenteditable=true]").first().focus();
    keys.press("Control+k");
    assertThat(ana.dialog().field("Search")).isFocused();
  }

  @Test
  @DisplayName("Ctrl with S saves in the quick editor")
  void inTheQuickEditor() {
    String id = connector("Keys D");
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/connectors?edit=" + id);
    ana.dialog().field("Connector Name").fill("Keys E");
    ana.page().keyboard().press("Control+s");
    assertThat(ana.row("Keys E")).isVisible();
  }

  @Test
  @DisplayName("0-02 more information on REST services stands on the Connectors page")
  void help() {
    Screen ana = browser.signedIn(People.ANA);
    ana.goTo("Connectors");
    ana.link("More information on REST services").click();
    assertThat(ana.heading("Help on REST services")).isVisible();
    for (String part : List.of("Method", "URL", "Headers", "Tokens", "Filters", "Retries")) {
      assertThat(ana.heading(part)).isVisible();
    }
    ana.link("Where calls come from").click();
    assertThat(ana.heading("Where calls come from")).isInViewport();
    ana.link("Settings, Egress addresses").click();
    assertThat(ana.tab("Egress addresses")).hasAttribute("aria-selected", "true");
  }
}
