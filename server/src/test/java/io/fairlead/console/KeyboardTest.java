package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The whole way without a mouse.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyboardTest {
  private static final String POWER_USER = "pia@example.com";

  /// More than any page here has places to stop at.
  private static final int MOST_STOPS = 120;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen pia;

  KeyboardTest() {
    var people = new People(hub);
    var _ = people.let(people.first(), POWER_USER, "power_user");
  }

  @BeforeEach
  void signIn() {
    pia = browser.signedIn(POWER_USER);
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private Keyboard keys() {
    return pia.page().keyboard();
  }

  /// Goes on with Tab until something has the focus, and shows it.
  private void tabTo(Locator wanted) {
    assertThat(wanted).isVisible();
    assertThat(wanted).isEnabled();
    for (int i = 0; i < MOST_STOPS; i++) {
      if (Boolean.TRUE.equals(wanted.evaluate("e => e === document.activeElement"))) {
        assertThat(wanted.evaluate("e => e.matches(':focus-visible')")).isEqualTo(true);
        return;
      }
      keys().press("Tab");
    }
    throw new AssertionError("Tab never comes to " + wanted);
  }

  private void type(Locator field, String text) {
    tabTo(field);
    keys().insertText(text);
  }

  private void press(Locator control) {
    tabTo(control);
    keys().press("Enter");
  }

  /// Goes along the tabs with the arrow keys.
  private void goToTab(String from, String to) {
    tabTo(pia.tab(from));
    for (int i = 0; i < MOST_STOPS; i++) {
      if ("true".equals(pia.tab(to).getAttribute("aria-selected"))) {
        return;
      }
      keys().press("ArrowRight");
    }
    throw new AssertionError("The arrow keys never come to " + to);
  }

  private void goWithKeys(String second, String heading) {
    keys().press("g");
    keys().press(second);
    assertThat(pia.heading(heading)).isVisible();
  }

  @Test
  @DisplayName("New Connector, fill in, save, test, logs and retry, by keyboard alone")
  void withoutAMouse() {
    party.on("/keys", Answer.ok(), Answer.status(422).json("{\"no\":1}"), Answer.ok());
    goWithKeys("c", "Connectors");
    assertThat(pia.text("Send your first event somewhere")).isVisible();
    make();
    open();
    addTheTrigger();
    test();
    failAndRetry();
    keys().press("?");
    assertThat(pia.dialog().text("Keyboard shortcuts").first()).isVisible();
    keys().press("Escape");
    assertThat(pia.dialog().all()).hasCount(0);
    assertThat(party.received("/keys")).hasSize(3);
  }

  private void make() {
    keys().press("n");
    Screen editor = pia.dialog();
    assertThat(editor.field("Connector Name")).isFocused();
    keys().insertText("By keyboard");
    type(editor.field("URL"), party.url("/keys"));
    press(editor.button("Add JSON data"));
    type(editor.field("Data 1: Name"), "n");
    type(editor.field("Data 1: Value"), "{{InvoiceNumber}}");
    press(editor.button("Create"));
    assertThat(pia.row("By keyboard")).isVisible();
    assertThat(editor.all()).hasCount(0);
  }

  private void open() {
    keys().press("j");
    assertThat(pia.row("By keyboard")).isFocused();
    press(pia.button("Actions for By keyboard"));
    assertThat(pia.menuItem("Settings")).isFocused();
    keys().press("Enter");
    assertThat(pia.heading("By keyboard")).isVisible();
  }

  private void addTheTrigger() {
    goToTab("General", "Triggers");
    press(pia.button("Add a trigger"));
    type(pia.field("Event type"), "key.pressed");
    keys().press("Control+s");
    assertThat(pia.text("All is saved.")).isVisible();
  }

  private void test() {
    goToTab("Triggers", "Test");
    press(pia.button("Test Connector"));
    assertThat(pia.text("Check the result on the Logs tab")).isVisible();
    assertThat(party.await("/keys", 1)).hasSize(1);
  }

  private void failAndRetry() {
    assertThat(
            client
                .post(
                    "/v1/events",
                    "{\"type\":\"key.pressed\",\"data\":{\"InvoiceNumber\":\"INV2\"}}")
                .status())
        .isEqualTo(202);
    assertThat(party.await("/keys", 2).getLast().text()).isEqualTo("{\"n\":\"INV2\"}");
    press(pia.link("Logs tab"));
    assertThat(pia.tab("Logs")).hasAttribute("aria-selected", "true");
    assertThat(pia.rows("Logs")).hasCount(2);
    assertThat(pia.rows("Logs").first()).containsText("Failed");
    tabTo(pia.rows("Logs").first());
    keys().press("Enter");
    assertThat(pia.dialog().region("Request").all()).containsText("\"n\": \"INV2\"");
    keys().press("Escape");
    assertThat(pia.dialog().all()).hasCount(0);
    press(pia.button("Retry"));
    assertThat(party.await("/keys", 3).getLast().text()).isEqualTo("{\"n\":\"INV2\"}");
    assertThat(pia.rows("Logs").first()).containsText("Succeeded");
  }
}
