package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Connectors in the hands of somebody who types fast, changes their mind, and is not alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectorEditorTest {
  private static final String POWER_USER = "pia@example.com";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen pia;

  ConnectorEditorTest() {
    var people = new People(hub);
    var _ = people.let(people.first(), POWER_USER, "power_user");
    good(
        client.post(
            "/v1/events",
            "{\"type\":\"order.placed\",\"key\":\"customer-1\",\"data\":{\"number\":\"INV0000001\"}}"));
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

  private static void good(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
  }

  /// Makes a connector, and says where its page is.
  private String connector(String name, String path, String more) {
    Answer made =
        client.post(
            "/v1/connectors",
            "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"type\":\"json\"}%s}"
                .formatted(name, party.url(path), more));
    good(made);
    return "/connectors/" + made.json().get("id").asString();
  }

  private void save() {
    pia.button("Save Connector").click();
    assertThat(pia.text("All is saved.")).isVisible();
  }

  @Test
  @DisplayName("what is typed while the editor still loads goes on in it, with the cursor")
  void typedWhileLoading() {
    Queue<Route> held = new ArrayDeque<>();
    Screen fresh = browser.stranger();
    fresh.page().route("**/assets/codemirror-*", held::add);
    fresh.go("/sign-in?to=%2Fconnectors%3Fedit%3Dnew");
    fresh.signIn(POWER_USER, People.PASSWORD);
    Locator url = fresh.dialog().field("URL");
    url.click();
    fresh.page().keyboard().type("https://example.com/b");
    fresh.page().keyboard().press("ArrowLeft");
    fresh.page().waitForCondition(() -> !held.isEmpty());
    assertThat(fresh.dialog().all().locator("textarea[aria-label=URL]")).isFocused();
    fresh.page().unroute("**/assets/codemirror-*");
    held.forEach(Route::resume);
    assertThat(url).hasAttribute("contenteditable", "true");
    assertThat(url).isFocused();
    fresh.page().keyboard().type("a/");
    assertThat(url).hasText("https://example.com/a/b");
  }

  @Test
  @DisplayName("rows are moved by arrow keys on their grip, and by dragging it")
  void order() {
    String page =
        connector(
            "Ordered",
            "/ordered",
            ",\"headers\":[{\"name\":\"X-A\",\"value\":\"a\"},{\"name\":\"X-B\",\"value\":\"b\"},{\"name\":\"X-C\",\"value\":\"c\"}]");
    pia.go(page + "?tab=request");
    pia.button("Move header 1").focus();
    pia.page().keyboard().press("ArrowDown");
    assertThat(pia.field("Header 1: Header Key")).hasValue("X-B");
    assertThat(pia.field("Header 2: Header Value")).hasText("a");
    assertThat(pia.button("Move header 2")).isFocused();
    BoundingBox from = pia.button("Move header 3").boundingBox();
    BoundingBox to = pia.button("Move header 1").boundingBox();
    pia.page().mouse().move(from.x + from.width / 2, from.y + from.height / 2);
    pia.page().mouse().down();
    pia.page().mouse().move(to.x + to.width / 2, to.y + to.height / 2);
    pia.page().mouse().up();
    assertThat(pia.field("Header 1: Header Key")).hasValue("X-C");
    save();
    assertThat(client.get("/v1" + page).json().get("headers").findValuesAsString("name"))
        .containsExactly("X-C", "X-B", "X-A");
  }

  @Test
  @DisplayName("two edit one connector: what both changed is kept")
  void keepBoth() {
    String page = connector("Ours", "/ours", "");
    pia.go(page);
    pia.field("Name").fill("Mine");
    good(client.patch("/v1" + page, "{\"headers\":[{\"name\":\"X-Theirs\",\"value\":\"1\"}]}"));
    pia.button("Save Connector").click();
    assertThat(pia.text("Somebody else has changed this connector meanwhile.")).isVisible();
    pia.button("Keep both").click();
    save();
    var saved = client.get("/v1" + page).json();
    assertThat(saved.get("name").asString()).isEqualTo("Mine");
    assertThat(saved.get("headers").findValuesAsString("name")).containsExactly("X-Theirs");
  }

  @Test
  @DisplayName("what somebody else saved is told after a reload too, and theirs can be given back")
  void conflictAfterReload() {
    String page = connector("Reloaded", "/reloaded", "");
    pia.go(page);
    pia.field("Name").fill("Mine");
    assertThat(pia.text("Not saved yet.")).isVisible();
    good(client.patch("/v1" + page, "{\"name\":\"Theirs\"}"));
    pia.page().onDialog(dialog -> dialog.accept());
    var _ = pia.page().reload();
    assertThat(pia.text("You typed this earlier")).isVisible();
    assertThat(pia.text("Somebody else has changed this connector meanwhile.")).isVisible();
    pia.button("Take theirs, give up mine").click();
    assertThat(pia.field("Name")).hasValue("Theirs");
    pia.button("Undo").click();
    assertThat(pia.field("Name")).hasValue("Mine");
  }

  @Test
  @DisplayName(
      "a rule takes its condition along, and one that is not JSON yet is neither lost nor saved over")
  void rules() {
    String page =
        connector(
            "Ruled",
            "/ruled",
            ",\"rules\":[{\"when\":{\"status\":\"404\"},\"then\":\"IGNORE\"},{\"when\":{\"status\":\"500\"},\"then\":\"FAIL\"}]");
    pia.go(page + "?tab=response");
    pia.button("Ask later").first().click();
    assertThat(pia.field("When").first()).hasText("{\"status\":\"500\"}");
    pia.field("When").first().fill("{\"status\": ");
    pia.tab("Policy").click();
    pia.tab("Response & outcome").click();
    assertThat(pia.field("When").first()).hasText("{\"status\":");
    pia.button("Save Connector").click();
    assertThat(pia.tab("Response & outcome has errors")).isVisible();
    pia.field("When").first().fill("{\"status\": \"502\"}");
    save();
    assertThat(client.get("/v1" + page).json().get("rules").findValuesAsString("status"))
        .containsExactly("502", "404");
  }

  @Test
  @DisplayName("the preview tells which token made a value, by mouse and by keyboard")
  void preview() {
    String page = connector("Previewed", "/previewed/{{number}}", "");
    pia.go(page);
    Locator value =
        pia.all()
            .getByLabel("Live preview")
            .locator("mark", new Locator.LocatorOptions().setHasText("INV0000001"))
            .first();
    value.hover();
    assertThat(pia.text("{{number}} — the event's data at number")).isVisible();
    pia.page().mouse().move(0, 0);
    assertThat(pia.text("{{number}} — the event's data at number")).hasCount(0);
    value.focus();
    assertThat(pia.text("{{number}} — the event's data at number")).isVisible();
  }

  @Test
  @DisplayName("Disable shows at once, and is taken back where the hub refuses")
  void switchedAtOnce() {
    var _ = connector("Switched", "/switched", "");
    pia.goTo("Connectors");
    Queue<Route> held = new ArrayDeque<>();
    pia.page().route("**/disable", held::add);
    pia.gear("Switched", "Disable");
    assertThat(pia.row("Switched")).containsText("Disabled");
    pia.page().waitForCondition(() -> !held.isEmpty());
    held.remove().abort();
    assertThat(pia.row("Switched")).containsText("Active");
    pia.page().unroute("**/disable");
    pia.gear("Switched", "Disable");
    assertThat(pia.text("Disabled “Switched”.")).isVisible();
    pia.button("Undo").click();
    assertThat(pia.row("Switched")).containsText("Active");
  }

  @Test
  @DisplayName("what failed is sent again from the window that shows why")
  void retryFromTheLog() {
    party.on("/retried", ThirdParty.Answer.status(400), ThirdParty.Answer.ok());
    String page = connector("Retried", "/retried", ",\"triggers\":[{\"eventType\":\"retry.me\"}]");
    good(client.post("/v1/events", "{\"type\":\"retry.me\",\"data\":{}}"));
    pia.go(page + "?tab=logs");
    assertThat(pia.rows("Logs")).hasCount(1);
    assertThat(pia.rows("Logs")).containsText("Failed");
    pia.button("View").click();
    pia.dialog().button("Retry").click();
    assertThat(pia.dialog().all()).hasCount(0);
    assertThat(pia.rows("Logs")).containsText("Succeeded");
    assertThat(party.received("/retried")).hasSize(2);
  }

  @Test
  @DisplayName(
      "a pasted cURL command is what one goes on with, whatever was typed for a new one before")
  void curlAfterABlankOne() {
    pia.go("/connectors/new");
    pia.field("Name").fill("Begun and left");
    assertThat(pia.text("Not saved yet.")).isVisible();
    pia.menu("Connectors").click();
    assertThat(pia.text("What you typed is kept, but not saved.")).isVisible();
    pia.button("Other ways to begin").click();
    pia.menuItem("Paste a cURL command").click();
    pia.field("cURL command")
        .fill(
            "curl -X PUT 'https://api.example.com/items/7' -H 'X-Source: shop' -d '{\"paid\":true}'");
    pia.button("Read it").click();
    assertThat(pia.field("API URL")).hasText("https://api.example.com/items/7");
    pia.page().onDialog(dialog -> dialog.accept());
    var _ = pia.page().reload();
    assertThat(pia.field("API URL")).hasText("https://api.example.com/items/7");
  }

  @Test
  @DisplayName(
      "the keyboard alone: Escape closes completions first and the dialog then, and one is back where one was")
  void keyboard() {
    var _ = connector("By keys", "/keys", ",\"triggers\":[{\"eventType\":\"order.*\"}]");
    pia.goTo("Connectors");
    pia.link("By keys").focus();
    pia.page().keyboard().press("Enter");
    Locator url = pia.dialog().field("URL");
    assertThat(url).hasAttribute("contenteditable", "true");
    assertThat(pia.dialog().field("Connector Name")).isFocused();
    url.focus();
    pia.page().keyboard().press("End");
    pia.page().keyboard().type("/{{nu");
    Locator completions = pia.page().locator(".cm-tooltip-autocomplete");
    assertThat(completions).containsText("number");
    pia.page().keyboard().press("Escape");
    assertThat(completions).hasCount(0);
    assertThat(pia.dialog().field("Connector Name")).isVisible();
    pia.page().keyboard().type("m");
    assertThat(completions).containsText("number");
    pia.page().keyboard().press("Enter");
    assertThat(url).hasText(party.url("/keys/{{number}}"));
    pia.page().keyboard().press("Escape");
    assertThat(pia.dialog().all()).hasCount(0);
    assertThat(pia.link("By keys")).isFocused();
    assertThat(pia.row("By keys")).containsText("not saved");
  }
}
