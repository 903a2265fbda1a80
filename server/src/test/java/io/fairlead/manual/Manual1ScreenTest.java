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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Manual 1, step by step as it is written, in a browser, up to what the third party got.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual1ScreenTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final TestBrowser browser = TestBrowser.at(hub);
  private final Page page;

  Manual1ScreenTest() {
    var _ = new People(hub).first();
    page = browser.signedIn(People.ANA);
  }

  @AfterAll
  void stop() {
    assertThat(browser.complaints()).isEmpty();
    browser.close();
    hub.close();
    party.close();
  }

  private String made(String path, String body) {
    var answer = client.post(path, body);
    assertThat(answer.status()).as("%s", answer).isBetween(200, 202);
    return answer.json().get("id").asString();
  }

  private String connector(String name, String path) {
    return made(
        "/v1/connectors",
        "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"type\":\"json\"},\"triggers\":[{\"eventType\":\"lead.*\"}]}"
            .formatted(name, party.url(path)));
  }

  private void lead(String data) {
    var _ = made("/v1/events", "{\"type\":\"lead.made\",\"data\":%s}".formatted(data));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private Locator tab(String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
  }

  private void openSettings(String name) {
    page.navigate("/");
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main menu"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Connectors"))
        .click();
    field("Actions for " + name).click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Settings")).click();
    assertThat(tab("General")).hasAttribute("aria-selected", "true");
  }

  private void save() {
    button("Save Connector").click();
    assertThat(page.getByText("All is saved.")).isVisible();
  }

  @Test
  @DisplayName(
      "1-02 … 1-09 1-24 … 1-32 the gear leads to settings; they are saved, tested, and read in the log")
  void fromSettingsToTheLog() {
    var _ = connector("Vendor", "/before");
    lead("{\"first_name\":\"Ann\"}");
    assertThat(party.await("/before", 1)).hasSize(1);
    openSettings("Vendor");
    field("Name").fill("Vendor, renamed");
    field("API URL").fill(party.url("/leads"));
    field("Authorization").first().click();
    page.getByRole(
            AriaRole.OPTION,
            new Page.GetByRoleOptions().setName("Api Authentication: added to the URL"))
        .click();
    field("Api Authentication").last().fill("auth_token=abc123");
    assertThat(field("Request Method")).hasValue("POST");
    save();

    tab("Test").click();
    assertThat(field("Record ID")).containsText("Latest: lead.made");
    button("Test Connector").click();
    assertThat(page.getByText("Check the result on the")).isVisible();
    Received sent = party.await("/leads", 1).getFirst();
    assertThat(sent.target()).isEqualTo("/leads?auth_token=abc123");
    assertThat(sent.text()).isEqualTo("{\"first_name\":\"Ann\"}");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Logs tab")).click();
    button("View").first().click();
    Locator window = page.getByRole(AriaRole.DIALOG);
    assertThat(window).containsText("Input data");
    assertThat(window).containsText("first_name");
    assertThat(window).not().containsText("abc123");
    window
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
        .last()
        .click();
    assertThat(window).hasCount(0);
  }

  @Test
  @DisplayName("1-10 1-11 one text with pipes becomes headers; those that are computed are told")
  void pastedHeaders() {
    String id = connector("Pasted", "/pasted");
    lead("{\"a\":1}");
    page.navigate("/connectors/" + id + "?tab=request");
    field("Authorization Header")
        .fill("Content-length: 0|X-Path: a\\|b|Authorization: OAuthSomeOAuthaccess_tokenString");
    button("Take as headers").click();
    assertThat(page.getByText("Content-length is left out")).isVisible();
    save();
    tab("Test").click();
    button("Test Connector").click();
    Received sent = party.await("/pasted", 2).getLast();
    assertThat(sent.header("Authorization")).isEqualTo("OAuthSomeOAuthaccess_tokenString");
    assertThat(sent.header("X-Path")).isEqualTo("a|b");
  }

  @Test
  @DisplayName("1-12 1-14 1-15 1-19 1-21 1-22 the settings' fields are there, with their help")
  void fields() {
    String id = connector("Fields", "/fields");
    page.navigate("/connectors/" + id);
    assertThat(field("Request Method")).isVisible();
    tab("Request").click();
    assertThat(field("Post Data Type")).containsText("RAW");
    assertThat(field("Post Data Type")).containsText("JSON");
    tab("Adaptor").click();
    assertThat(page.getByLabel("Adaptor ID").first()).isVisible();
    assertThat(page.getByText("adding, editing and deleting adaptors")).isVisible();
    tab("Response & outcome").click();
    for (String type : new String[] {"JSON", "XML", "TEXT"}) {
      assertThat(field("Response Data Type")).containsText(type);
    }
    assertThat(page.getByText("Which type of data the third party sends back")).isVisible();
    assertThat(field("Response Key")).isVisible();
    field("Response Data Type").selectOption("text");
    assertThat(field("Delimiter")).isVisible();
  }

  @Test
  @DisplayName(
      "1-01 1-34 1-35 1-36 1-38 an adaptor is made of rows, shows its generated data, and maps what is sent")
  void adaptor() {
    String id = connector("Mapped", "/mapped");
    lead("{\"first_name\":\"Ann\",\"city\":\"\"}");
    page.navigate("/adaptors");
    button("New Adaptor").first().click();
    field("Name").fill("Leads to vendor");
    field("Row 1: Label").fill("First name");
    field("Row 1: Field").first().fill("first_name");
    field("Row 1: Mapped To").fill("name, nick");
    button("Add to Lead Fields").click();
    field("Row 2: Field").first().fill("city");
    field("Row 2: Mapped To").fill("city");
    field("Row 2: Default Value").fill("unknown");
    assertThat(
            page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Generated data")))
        .containsText("\"nick\": \"Ann\"");
    button("Save Adaptor").click();
    assertThat(page.getByText("Saved “Leads to vendor”.")).isVisible();

    page.navigate("/connectors/" + id + "?tab=adaptor");
    page.getByLabel("Adaptor ID").first().click();
    page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Leads to vendor")).click();
    save();
    int before = party.received("/mapped").size();
    lead("{\"first_name\":\"Ben\",\"city\":\"\"}");
    assertThat(party.await("/mapped", before + 1).getLast().text())
        .isEqualTo("{\"name\":\"Ben\",\"nick\":\"Ben\",\"city\":\"unknown\"}");
  }

  @Test
  @DisplayName("1-39 the log has dates, results, an action, filters, search, CSV and page sizes")
  void log() {
    String id = connector("Logged", "/logged");
    int before = party.received("/logged").size();
    lead("{\"n\":1}");
    assertThat(party.await("/logged", before + 1)).isNotEmpty();
    page.navigate("/connectors/" + id + "?tab=logs");
    Locator table = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Logs"));
    for (String column : new String[] {"Date", "Event", "Attempt", "Status", "Result", "Action"}) {
      assertThat(
              table.getByRole(
                  AriaRole.COLUMNHEADER,
                  new Locator.GetByRoleOptions().setName(column).setExact(true)))
          .isVisible();
    }
    assertThat(table.getByText("Succeeded").first()).isVisible();
    page.getByLabel("Items per page").selectOption("10");
    field("Date").selectOption("1h");
    assertThat(button("View").first()).isVisible();
    var csv = page.waitForDownload(() -> button("CSV").click());
    assertThat(csv.suggestedFilename()).isEqualTo("deliveries.csv");
    field("Status").selectOption("FAILED");
    assertThat(page.getByText("Nothing here yet")).isVisible();
  }

  @Test
  @DisplayName("1-33 the addresses that calls come from stand on a page of their own")
  void egress() {
    page.navigate("/settings?part=egress");
    assertThat(page.getByText("FAIRLEAD_EGRESS_ADDRESSES").or(page.getByText("whitelist")))
        .isVisible();
  }
}
