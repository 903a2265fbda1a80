package io.fairlead.manual;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Manual 0, step by step as it is written, in a browser, up to what the third party got.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual0ScreenTest {
  private static final String POWER_USER = "pia@example.com";
  private static final String VIEWER = "vic@example.com";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final TestBrowser browser = TestBrowser.at(hub);
  private Page page;

  Manual0ScreenTest() {
    var people = new People(hub);
    HubClient owner = people.first();
    var _ = people.let(owner, POWER_USER, "power_user");
    var _ = people.let(owner, VIEWER, "viewer");
    page = browser.signedIn(POWER_USER);
  }

  @BeforeAll
  void makeEnoughToFillPages() {
    for (int i = 1; i <= 12; i++) {
      connector("Filler %02d".formatted(i), "/filler", "[]");
    }
  }

  @AfterAll
  void stop() {
    browser.close();
    hub.close();
    party.close();
  }

  private void connector(String name, String path, String triggers) {
    assertThat(
            client
                .post(
                    "/v1/connectors",
                    "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"type\":\"json\"},\"triggers\":%s}"
                        .formatted(name, party.url(path), triggers))
                .status())
        .isEqualTo(201);
  }

  private void event(String type, String data) {
    assertThat(
            client
                .post("/v1/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data))
                .status())
        .isEqualTo(202);
  }

  private void goToConnectors() {
    page.navigate("/");
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main menu"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Connectors"))
        .click();
    assertThat(heading("Connectors")).isVisible();
  }

  private Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator field(String label) {
    return dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  private Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  private Locator row(String name) {
    return page.getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))));
  }

  private void choose(String name) {
    page.getByLabel("Choose " + name, new Page.GetByLabelOptions().setExact(true)).check();
  }

  @Test
  @DisplayName(
      "0-03 a power user may manage connectors; others are refused on screen and over the API")
  void roles() {
    goToConnectors();
    assertThat(button("New Connector")).isVisible();
    Page other = browser.signedIn(VIEWER);
    var _ = other.navigate("/connectors");
    assertThat(
            other.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName("Connectors").setExact(true)))
        .isVisible();
    assertThat(other.getByText("Filler 12")).isVisible();
    assertThat(other.getByText("New Connector")).hasCount(0);
    assertThat(other.getByRole(AriaRole.CHECKBOX)).hasCount(0);
    TestBrowser.leave(other);
    var people = new People(hub);
    HubClient viewer = people.signedIn(people.signIn(VIEWER, People.PASSWORD));
    assertThat(viewer.post("/v1/connectors", "{}").status()).isEqualTo(403);
  }

  @Test
  @DisplayName(
      "0-04 0-05 0-06 0-07 0-10 0-11 0-12 0-13 0-14 the menu leads to a titled table with its columns and New Connector")
  void table() {
    goToConnectors();
    Locator table =
        page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Connectors"));
    for (String column :
        new String[] {"Connector Name", "Url", "Method", "Type", "Status", "Last result", "Date"}) {
      assertThat(
              table.getByRole(
                  AriaRole.COLUMNHEADER,
                  new Locator.GetByRoleOptions().setName(column).setExact(true)))
          .isVisible();
    }
    assertThat(button("New Connector")).isVisible();
    assertThat(row("Filler 12").getByRole(AriaRole.CELL).nth(3)).hasText("POST");
    assertThat(row("Filler 12").getByRole(AriaRole.CELL).nth(4)).hasText("JSON");
    assertThat(row("Filler 12").locator("time").last())
        .hasText(Pattern.compile("[0-9]{1,2}/[0-9]{1,2}"));
  }

  @Test
  @DisplayName("0-08 0-09 Show 10 items per page shows ten rows, each with a check box")
  void pageSizes() {
    goToConnectors();
    page.getByLabel("Items per page").selectOption("10");
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(10);
    assertThat(page.locator("tbody").getByRole(AriaRole.CHECKBOX)).hasCount(10);
    button("Next page").click();
    assertThat(row("Filler 01")).isVisible();
    page.getByLabel("Items per page").selectOption("25");
    assertThat(row("Filler 12")).isVisible();
    org.assertj.core.api.Assertions.assertThat(rows.count()).isGreaterThan(10);
  }

  @Test
  @DisplayName(
      "0-01 0-15 0-17 … 0-29 a connector is made in the editor, and sends headers, basic auth and data by POST")
  void createInTheEditor() {
    goToConnectors();
    button("New Connector").click();
    assertThat(dialog().getByText("Create connector")).isVisible();
    field("Connector Name").fill("Push Bullet Notification Service");
    field("Method").selectOption("POST");
    field("Type").selectOption("JSON");
    field("URL").fill(party.url("/pushes"));
    dialog().getByText("Add header").click();
    field("Header 1: Name").fill("X-Source");
    field("Header 1: Value").fill("fairlead");
    dialog().getByText("Add header").click();
    field("Header 2: Name").fill("X-Second");
    field("Header 2: Value").fill("two");
    field("Username").fill("hub");
    field("Password").fill("s3cret");
    dialog().getByText("Add JSON data").click();
    field("Data 1: Name").fill("title");
    field("Data 1: Value").fill("{{InvoiceNumber}}");
    button("Create").click();
    assertThat(row("Push Bullet Notification Service")).containsText(party.url("/pushes"));
    assertThat(row("Push Bullet Notification Service")).containsText("POST");
    assertThat(row("Push Bullet Notification Service")).containsText("JSON");

    event("push.wanted", "{\"InvoiceNumber\":\"INV0000001\"}");
    page.getByLabel("Actions for Push Bullet Notification Service").click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Test")).click();
    button("Test Connector").click();
    assertThat(page.getByText("Check the result on the")).isVisible();
    Received sent = party.await("/pushes", 1).getFirst();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.header("X-Source")).isEqualTo("fairlead");
    assertThat(sent.header("X-Second")).isEqualTo("two");
    assertThat(sent.header("Authorization")).isEqualTo("Basic aHViOnMzY3JldA==");
    assertThat(sent.text()).isEqualTo("{\"title\":\"INV0000001\"}");
  }

  @Test
  @DisplayName("0-16 0-28 the name opens the editor; Cancel closes it without saving")
  void cancel() {
    connector("To be looked at", "/looked-at", "[]");
    goToConnectors();
    row("To be looked at").getByRole(AriaRole.LINK).first().click();
    assertThat(field("Connector Name")).hasValue("To be looked at");
    field("Connector Name").fill("Changed by mistake");
    button("Cancel").click();
    assertThat(dialog().getByText("is not saved")).isVisible();
    button("Cancel").click();
    assertThat(dialog()).hasCount(0);
    assertThat(row("To be looked at")).isVisible();
    assertThat(client.get("/v1/connectors?q=mistake").json().get("total").asInt()).isZero();
  }

  @Test
  @DisplayName(
      "0-27 0-30 0-31 the same rows go as JSON, FORM and XML, and the button follows the type")
  void types() {
    connector("Many tongues", "/tongues", "[{\"eventType\":\"tongue.*\"}]");
    String[][] all = {
      {"JSON", "{\"title\":\"a & b\"}"},
      {"FORM", "title=a+%26+b"},
      {"XML", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><title>a &amp; b</title></root>"}
    };
    for (int i = 0; i < all.length; i++) {
      goToConnectors();
      row("Many tongues").getByRole(AriaRole.LINK).first().click();
      field("Type").selectOption(all[i][0]);
      assertThat(dialog().getByText("Add " + all[i][0] + " data")).isVisible();
      if (i == 0) {
        dialog().getByText("Add JSON data").click();
        field("Data 1: Name").fill("title");
        field("Data 1: Value").fill("{{title}}");
      }
      button("Save").click();
      assertThat(dialog()).hasCount(0);
      event("tongue.spoken", "{\"title\":\"a & b\"}");
      String sent = party.await("/tongues", i + 1).get(i).text();
      assertThat(sent.replaceAll(">\\s+<", "><")).isEqualTo(all[i][1].replaceAll(">\\s+<", "><"));
    }
  }

  @Test
  @DisplayName(
      "0-32 0-33 0-34 Activate and Disable act on every chosen row; a disabled one is not called, an activated one is")
  void activateAndDisable() {
    connector("First of two", "/first", "[{\"eventType\":\"both.told\"}]");
    connector("Second of two", "/second", "[{\"eventType\":\"both.told\"}]");
    goToConnectors();
    choose("First of two");
    choose("Second of two");
    button("Disable").click();
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disable")).click();
    assertThat(row("First of two")).containsText("Disabled");
    assertThat(row("Second of two")).containsText("Disabled");
    event("both.told", "{\"n\":1}");
    TestHub.await(
        "both are held",
        () -> client.get("/v1/deliveries?state=HELD").json().get("total").asInt() >= 2);
    assertThat(party.received("/first")).isEmpty();
    goToConnectors();
    choose("First of two");
    choose("Second of two");
    button("Activate").click();
    assertThat(dialog()).containsText("2 deliveries are waiting");
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Activate")).click();
    assertThat(row("First of two")).containsText("Active");
    assertThat(party.await("/first", 1)).hasSize(1);
    assertThat(party.await("/second", 1)).hasSize(1);
  }

  @AfterAll
  void nothingWentWrongUnseen() {
    org.assertj.core.api.Assertions.assertThat(browser.complaints()).isEmpty();
  }
}
