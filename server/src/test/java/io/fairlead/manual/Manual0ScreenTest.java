package io.fairlead.manual;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manual 0, step by step as it is written, in a browser, up to what the third party got.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual0ScreenTest {
  private static final String POWER_USER = "pia@example.com";
  private static final String VIEWER = "vic@example.com";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final People people = new People(hub);

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen pia;

  Manual0ScreenTest() {
    HubClient owner = people.first();
    var _ = people.let(owner, POWER_USER, "power_user");
    var _ = people.let(owner, VIEWER, "viewer");
    for (int i = 1; i <= 12; i++) {
      connector("Filler %02d".formatted(i), "/filler", "[]");
    }
  }

  @BeforeEach
  void logInAndClickTheMenu() {
    pia = browser.signedIn(POWER_USER);
    pia.goTo("Connectors");
  }

  @AfterAll
  void stop() {
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

  private Screen editor() {
    return pia.dialog();
  }

  private void choose(String name) {
    pia.field("Choose " + name).check();
  }

  @Test
  @DisplayName(
      "0-02 a link leads to more information on REST services, and from there to a connector")
  void help() {
    pia.link("More information on REST services").click();
    assertThat(pia.heading("Help on REST services")).isVisible();
    for (String part : List.of("What a REST call is", "Method", "URL", "Headers")) {
      assertThat(pia.heading(part)).isVisible();
    }
    pia.link("New Connector").click();
    editor().field("Connector Name").fill("Explained");
    editor().field("URL").fill(party.url("/explained"));
    editor().button("Create").click();
    event("help.read", "{\"n\":1}");
    pia.gear("Explained", "Test");
    pia.button("Test Connector").click();
    assertThat(pia.text("Check the result on the")).isVisible();
    assertThat(party.await("/explained", 1).getFirst().text()).isEqualTo("{\"n\":1}");
  }

  @Test
  @DisplayName(
      "0-03 a power user may manage connectors; others are refused on screen and over the API")
  void roles() {
    assertThat(pia.button("New Connector")).isVisible();
    Screen vic = browser.signedIn(VIEWER);
    vic.goTo("Connectors");
    assertThat(vic.link("Filler 12")).isVisible();
    assertThat(vic.button("New Connector")).hasCount(0);
    assertThat(vic.table("Connectors").getByRole(AriaRole.CHECKBOX)).hasCount(0);
    HubClient viewer = people.signedIn(people.signIn(VIEWER, People.PASSWORD));
    assertThat(viewer.post("/v1/connectors", "{}").status()).isEqualTo(403);
  }

  @Test
  @DisplayName(
      "0-04 0-05 0-06 0-07 0-10 0-11 0-12 0-13 0-14 the menu at the left leads to a titled table with its columns and New Connector")
  void table() {
    pia.goTo("Settings");
    pia.goTo("Connectors");
    for (String column :
        List.of("Connector Name", "Url", "Method", "Type", "Status", "Last result", "Date")) {
      assertThat(pia.column(column)).isVisible();
    }
    BoundingBox table = box(pia.table("Connectors"));
    BoundingBox create = box(pia.button("New Connector"));
    assertThat(box(pia.menu("Connectors")).x).isLessThan(table.x);
    assertThat(box(pia.heading("Connectors")).y).isLessThan(table.y);
    assertThat(create.y).isLessThan(table.y);
    assertThat(create.x).isGreaterThan(table.x + table.width * 2 / 3);
    Locator cells = pia.row("Filler 12").getByRole(AriaRole.CELL);
    assertThat(cells.nth(2)).hasText(party.url("/filler"));
    assertThat(cells.nth(3)).hasText("POST");
    assertThat(cells.nth(4)).hasText("JSON");
    assertThat(pia.row("Filler 12").locator("time").last()).hasText(monthAndDay("Filler 12"));
  }

  private static BoundingBox box(Locator seen) {
    return requireNonNull(seen.boundingBox());
  }

  /// When a connector was made, as the manual writes it: `10/23`.
  private String monthAndDay(String name) {
    String made =
        client
            .get("/v1/connectors?q=" + name.replace(" ", "%20"))
            .json()
            .at("/data/0/createdAt")
            .asString();
    return ZonedDateTime.parse(made)
        .withZoneSameInstant(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("M/d"));
  }

  @Test
  @DisplayName("0-08 0-09 Show 10 items per page shows ten rows, each led by a check box")
  void pageSizes() {
    int all = client.get("/v1/connectors").json().get("total").asInt();
    assertThat(pia.rows("Connectors")).hasCount(Math.min(all, 10));
    pia.field("Items per page").selectOption("10");
    assertThat(pia.rows("Connectors")).hasCount(10);
    assertThat(pia.rows("Connectors").locator("td:first-child").getByRole(AriaRole.CHECKBOX))
        .hasCount(10);
    pia.button("Next page").click();
    assertThat(pia.row("Filler 01")).isVisible();
    assertThat(pia.rows("Connectors")).hasCount(Math.min(all - 10, 10));
    pia.button("Page before").click();
    pia.field("Items per page").selectOption("25");
    assertThat(pia.rows("Connectors")).hasCount(Math.min(all, 25));
    assertThat(pia.row("Filler 01")).isVisible();
    assertThat(pia.row("Filler 12")).isVisible();
  }

  @Test
  @DisplayName("0-15 the row that the manual shows can be made, with plain http")
  void theManualsOwnRow() {
    pia.button("New Connector").click();
    editor().field("Connector Name").fill("Push Bullet Notification Service");
    editor().field("Method").selectOption("POST");
    editor().field("Type").selectOption("JSON");
    editor().field("URL").fill("http://pushbullet.com");
    editor().button("Create").click();
    Locator row = pia.row("Push Bullet Notification Service");
    assertThat(row).containsText("http://pushbullet.com");
    assertThat(row).containsText("POST");
    assertThat(row).containsText("JSON");
    assertThat(row.locator("time").last()).hasText(monthAndDay("Push Bullet Notification Service"));
  }

  @Test
  @DisplayName(
      "0-01 0-17 0-18 0-19 0-20 0-21 0-22 0-23 0-24 0-25 0-26 0-27 0-28 0-29"
          + " a connector is made in the editor, and sends headers, basic auth and data by POST")
  void createInTheEditor() {
    pia.button("New Connector").click();
    assertThat(editor().text("Create connector")).isVisible();
    editor().field("Connector Name").fill("Notices");
    editor().field("Method").selectOption("POST");
    editor().field("Type").selectOption("JSON");
    editor().field("URL").fill(party.url("/pushes"));
    Screen headers = editor().group("Headers");
    headers.button("Add header").click();
    headers.field("Header 1: Name").fill("X-Source");
    headers.field("Header 1: Value").fill("fairlead");
    headers.button("Add header").click();
    headers.field("Header 2: Name").fill("X-Second");
    headers.field("Header 2: Value").fill("two");
    editor().group("Basic Auth").field("Username").fill("hub");
    editor().group("Basic Auth").field("Password").fill("s3cret");
    editor().group("Data").button("Add JSON data").click();
    editor().group("Data").field("Data 1: Name").fill("title");
    editor().group("Data").field("Data 1: Value").fill("{{InvoiceNumber}}");
    editor().button("Create").click();
    assertThat(pia.row("Notices")).containsText(party.url("/pushes"));

    event("push.wanted", "{\"InvoiceNumber\":\"INV0000001\"}");
    pia.gear("Notices", "Test");
    pia.button("Test Connector").click();
    assertThat(pia.text("Check the result on the")).isVisible();
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
    pia.link("Filler 11").click();
    assertThat(editor().field("Connector Name")).hasValue("Filler 11");
    editor().field("Connector Name").fill("Changed by mistake");
    editor().button("Cancel").click();
    assertThat(editor().text("is not saved")).isVisible();
    editor().button("Cancel").click();
    assertThat(editor().all()).hasCount(0);
    assertThat(pia.row("Filler 11")).isVisible();
    assertThat(client.get("/v1/connectors?q=mistake").json().get("total").asInt()).isZero();
  }

  @Test
  @DisplayName(
      "0-27 0-30 0-31 the same rows go as JSON, FORM and XML, and the button follows the type")
  void types() {
    connector("Many tongues", "/tongues", "[{\"eventType\":\"tongue.*\"}]");
    pia.page().reload();
    String[][] all = {
      {"JSON", "{\"title\":\"a & b\"}"},
      {"FORM", "title=a+%26+b"},
      {"XML", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><title>a &amp; b</title></root>"}
    };
    for (int i = 0; i < all.length; i++) {
      pia.link("Many tongues").click();
      editor().field("Type").selectOption(all[i][0]);
      assertThat(editor().button("Add " + all[i][0] + " data")).isVisible();
      if (i == 0) {
        editor().button("Add JSON data").click();
        editor().field("Data 1: Name").fill("title");
        editor().field("Data 1: Value").fill("{{title}}");
      }
      editor().button("Save").click();
      assertThat(editor().all()).hasCount(0);
      event("tongue.spoken", "{\"title\":\"a & b\"}");
      String sent = party.await("/tongues", i + 1).get(i).text();
      assertThat(sent.replaceAll(">\\s+<", "><")).isEqualTo(all[i][1]);
    }
  }

  @Test
  @DisplayName(
      "0-32 0-33 0-34 Activate and Disable act on every chosen row; a disabled one is not called, an activated one is")
  void activateAndDisable() {
    for (String name : List.of("First", "Second", "Third")) {
      connector(name + " of three", "/" + name, "[{\"eventType\":\"all.told\"}]");
    }
    pia.page().reload();
    chooseTwo();
    assertThat(pia.text("2 chosen")).isVisible();
    pia.button("Disable").click();
    pia.dialog().button("Disable").click();
    isToldOfBoth("Disabled");
    assertThat(pia.row("First of three")).containsText("Disabled");
    assertThat(pia.row("Second of three")).containsText("Disabled");
    assertThat(pia.row("Third of three")).containsText("Active");
    event("all.told", "{\"n\":1}");
    assertThat(party.await("/Third", 1)).hasSize(1);
    TestHub.await(
        "both are held",
        () -> client.get("/v1/deliveries?state=HELD").json().get("total").asInt() == 2);
    assertThat(party.received("/First")).isEmpty();
    assertThat(party.received("/Second")).isEmpty();

    pia.page().reload();
    chooseTwo();
    pia.button("Activate").click();
    assertThat(pia.dialog().text("2 deliveries are waiting")).isVisible();
    pia.dialog().button("Activate").click();
    isToldOfBoth("Activated");
    assertThat(pia.row("First of three")).containsText("Active");
    assertThat(pia.row("Second of three")).containsText("Active");
    event("all.told", "{\"n\":2}");
    for (String name : List.of("/First", "/Second", "/Third")) {
      assertThat(party.await(name, 2))
          .extracting(Received::text)
          .containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}");
    }
  }

  private void isToldOfBoth(String word) {
    assertThat(pia.dialog().heading("What became of each")).isVisible();
    assertThat(pia.dialog().all().getByRole(AriaRole.LISTITEM))
        .hasText(
            new Pattern[] {
              Pattern.compile("(First|Second) of three" + word),
              Pattern.compile("(First|Second) of three" + word)
            });
    pia.dialog().button("Close").last().click();
  }

  private void chooseTwo() {
    choose("First of three");
    choose("Second of three");
  }
}
