package io.fairlead.manual;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manual 1, step by step as it is written, in a browser, up to what the third party got.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual1ScreenTest {
  private static final String ADMIN = "ada@example.com";
  private static final String LEAD =
      """
      {"type":"lead.created","key":"L-17",
       "data":{"first_name":"Eva","birth_date":"1990-04-03","phone_number":"492"}}
      """;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen ada;

  Manual1ScreenTest() {
    var people = new People(hub);
    var _ = people.let(people.first(), ADMIN, "admin");
  }

  @BeforeEach
  void logInWhenALeadHasCome() {
    good(client.post("/v1/events", LEAD));
    ada = browser.signedIn(ADMIN);
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static void good(HubClient.Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
  }

  private void connector(String name, String path, String more) {
    good(
        client.post(
            "/v1/connectors",
            """
            {"name":"%s","method":"POST","url":"%s","body":{"type":"json"}%s}
            """
                .formatted(name, party.url(path), more)));
  }

  private void open(String connector) {
    ada.goTo("Connectors");
    ada.gear(connector, "Settings");
    assertThat(ada.tab("General")).hasAttribute("aria-selected", "true");
  }

  private void saveConnector() {
    ada.button("Save Connector").click();
    assertThat(ada.text("All is saved.")).isVisible();
  }

  private Locator test() {
    ada.tab("Test").click();
    ada.button("Test Connector").click();
    assertThat(ada.text("Check the result on the Logs tab")).isVisible();
    return ada.region("Result").all();
  }

  @Test
  @DisplayName(
      "1-34 1-35 1-36 1-37 1-38 an adaptor's rows, sections, targets and date formats; the data that it generates after Save")
  void adaptor() {
    makeTheAdaptor("Leads to anybody");
    assertThat(ada.all()).containsText("No connector uses it");
    for (String column : List.of("Label", "Field", "Mapped To", "Default Value (if empty)")) {
      assertThat(ada.column(column)).isVisible();
    }
    for (String section : List.of("Lead Fields", "Call Log Info", "Extra Fields")) {
      assertThat(ada.all().getByRole(AriaRole.ROWHEADER).getByText(section)).isVisible();
    }
    Locator generated = ada.region("Generated data").all();
    assertThat(generated).containsText("\"name\": \"Eva\"");
    assertThat(generated).containsText("\"full_name\": \"Eva\"");
    assertThat(generated).containsText("\"born\": \"03.04.1990\"");
    assertThat(generated).containsText("\"campaign\": \"spring\"");
    assertThat(generated).not().containsText("492");
    connector("Anybody", "/anybody", "");
    open("Anybody");
    chooseAdaptor("Leads to anybody");
    saveConnector();
    var _ = test();
    assertThat(party.await("/anybody", 1).getFirst().text())
        .isEqualTo(
            "{\"name\":\"Eva\",\"full_name\":\"Eva\",\"born\":\"03.04.1990\",\"campaign\":\"spring\"}");
  }

  @Test
  @DisplayName(
      "1-34 the Active slider: an adaptor that is off can't be chosen, and one in use can't be switched off")
  void slider() {
    ada.goTo("Adaptors");
    ada.button("New Adaptor").first().click();
    ada.field("Name").fill("Sliding");
    ada.field("Row 1: Field").fill("first_name");
    ada.field("Row 1: Mapped To").fill("name");
    slide(false);
    saveAdaptor();
    connector("Slid", "/slid", "");
    open("Slid");
    ada.tab("Adaptor").click();
    ada.field("Adaptor ID").click();
    assertThat(ada.option("Sliding (off)")).isDisabled();

    ada.goTo("Adaptors");
    ada.link("Sliding").click();
    slide(true);
    saveAdaptor();
    open("Slid");
    chooseAdaptor("Sliding");
    saveConnector();
    var _ = test();
    assertThat(party.await("/slid", 1).getFirst().text()).isEqualTo("{\"name\":\"Eva\"}");
    ada.goTo("Adaptors");
    ada.link("Sliding").click();
    slide(false);
    ada.button("Save Adaptor").click();
    assertThat(ada.text("used by Slid")).isVisible();
  }

  private void slide(boolean on) {
    Locator slider = ada.field("Active");
    assertThat(slider).isChecked(new LocatorAssertions.IsCheckedOptions().setChecked(!on));
    slider.setChecked(on, new Locator.SetCheckedOptions().setForce(true));
  }

  private void chooseAdaptor(String name) {
    ada.tab("Adaptor").click();
    ada.field("Adaptor ID").click();
    ada.option(name).click();
  }

  private void saveAdaptor() {
    ada.button("Save Adaptor").click();
    assertThat(ada.text("All is saved.")).isVisible();
  }

  private void makeTheAdaptor(String name) {
    ada.goTo("Adaptors");
    ada.button("New Adaptor").first().click();
    ada.field("Name").fill(name);
    ada.field("Row 1: Label").fill("First name");
    ada.field("Row 1: Field").fill("first_name");
    ada.field("Row 1: Mapped To").fill("name,full_name");
    ada.button("Add to Lead Fields").click();
    ada.field("Row 2: Label").fill("Birthday");
    ada.field("Row 2: Field").fill("birth_date");
    ada.field("Row 2: Mapped To").fill("born");
    ada.button("Row 2: set date format").click();
    ada.dialog().field("Date format").fill("dd.MM.yyyy");
    ada.dialog().button("Ok").click();
    ada.button("Add to Call Log Info").click();
    ada.field("Row 3: Label").fill("Telephone, not for them");
    ada.field("Row 3: Field").fill("phone_number");
    ada.field("Row 3: Field").press("Tab");
    ada.button("Add to Extra Fields").click();
    ada.field("Row 4: Label").fill("Campaign");
    ada.field("Row 4: Field").fill("campaign");
    ada.field("Row 4: Mapped To").fill("campaign");
    ada.field("Row 4: Default Value").fill("spring");
    saveAdaptor();
  }

  @Test
  @DisplayName(
      "1-01 1-07 1-08 1-09 1-10 1-11 1-12 1-14 1-15 1-21 1-22 1-23 the vendor's form, field by field, and what the vendor gets")
  void theVendorsForm() {
    makeTheAdaptor("Acme's fields");
    ada.goTo("Connectors");
    ada.button("Other ways to begin").first().click();
    ada.menuItem("From a template").click();
    ada.text(Pattern.compile("^Vendor API$")).click();
    ada.field("Connector Name").fill("Acme leads");
    ada.field("Name").fill("Acme leads");
    ada.field("API URL").fill(party.url("/leads"));
    ada.field("Api Authentication (optional)").fill("api_key=X-17&credential=Y-18");
    ada.field("Authorization Header (optional)")
        .fill(
            "Content-length: 0|Content-type: application/json|X-Note: a\\|b"
                + "|Authorization: OAuthSomeOAuthaccess_tokenString");
    ada.field("Request Method").selectOption("POST");
    ada.field("Post Data Type").selectOption("RAW");
    ada.field("Post Data Type").selectOption("JSON");
    ada.field("Response Data Type").selectOption("XML");
    ada.field("Response Data Type").selectOption("TEXT");
    assertThat(ada.field("Delimiter (optional)")).isVisible();
    ada.field("Response Data Type").selectOption("JSON");
    assertThat(ada.field("API Integrator (optional)")).isVisible();
    ada.field("Response Key (optional)").fill("id");
    ada.button("Make the connector").click();
    assertThat(ada.field("Adaptor ID")).hasAttribute("aria-invalid", "true");
    ada.field("Adaptor ID").selectOption("Acme's fields");
    ada.button("Make the connector").click();

    party.on("/leads", Answer.status(200).json("{\"id\":\"lead-4711\"}"));
    assertThat(ada.button("Test Connector")).isVisible();
    assertThat(ada.text("Content-length")).isVisible();
    assertThat(ada.field("Record ID").locator("option:checked")).containsText("L-17");
    ada.button("Test Connector").click();
    Locator result = ada.region("Result").all();
    assertThat(result).containsText("lead-4711");
    assertThat(result).not().containsText("X-17");
    Received sent = party.await("/leads", 1).getFirst();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.target()).isEqualTo("/leads?api_key=X-17&credential=Y-18");
    assertThat(sent.header("Authorization")).isEqualTo("OAuthSomeOAuthaccess_tokenString");
    assertThat(sent.header("X-Note")).isEqualTo("a|b");
    assertThat(sent.header("Content-Length")).isEqualTo(Integer.toString(sent.body().length));
    assertThat(sent.text())
        .isEqualTo(
            "{\"name\":\"Eva\",\"full_name\":\"Eva\",\"born\":\"03.04.1990\",\"campaign\":\"spring\"}");
    ada.tab("Adaptor").click();
    ada.link("adding, editing and deleting adaptors").click();
    assertThat(ada.row("Acme's fields")).containsText("Acme leads");
  }

  @Test
  @DisplayName("1-14 RAW sends the post string in RAW format")
  void raw() {
    makeTheAdaptor("Raw fields");
    ada.goTo("Connectors");
    ada.button("Other ways to begin").first().click();
    ada.menuItem("From a template").click();
    ada.text(Pattern.compile("^Vendor API$")).click();
    ada.field("Connector Name").fill("Raw leads");
    ada.field("Name").fill("Raw leads");
    ada.field("API URL").fill(party.url("/raw"));
    ada.field("Request Method").selectOption("POST");
    ada.field("Post Data Type").selectOption("RAW");
    ada.field("Adaptor ID").selectOption("Raw fields");
    ada.button("Make the connector").click();
    ada.button("Test Connector").click();
    assertThat(ada.text("Check the result on the Logs tab")).isVisible();
    assertThat(party.await("/raw", 1).getFirst().text())
        .isEqualTo("name=Eva&full_name=Eva&born=03.04.1990&campaign=spring");
  }

  @Test
  @DisplayName(
      "1-02 1-03 1-04 1-05 1-06 1-24 1-25 1-26 1-27 1-28 1-29 1-30 1-31 1-32"
          + " from the gear over Settings, Save and Test to the log's Input data")
  void fromTheGearToTheLog() {
    String posted =
        "{\"first_name\":\"Eva\",\"birth_date\":\"1990-04-03\",\"phone_number\":\"492\"}";
    connector("Vendor", "/vendor", ",\"triggers\":[{\"eventType\":\"vendor.*\"}]");
    event("vendor.before");
    var _ = party.await("/vendor", 1);
    ada.goTo("Connectors");
    assertThat(ada.column("Action")).isVisible();
    open("Vendor");
    ada.field("Name").fill("Vendor, renamed");
    saveConnector();
    event("vendor.after");
    var _ = party.await("/vendor", 2);

    good(client.post("/v1/events", LEAD));
    var _ = ada.page().reload();
    ada.tab("Test").click();
    assertThat(ada.field("Record ID").locator("option:checked")).containsText("L-17");
    ada.button("Test Connector").click();
    assertThat(ada.text("Check the result on the Logs tab")).isVisible();
    assertThat(party.await("/vendor", 3).getLast().text()).isEqualTo(posted);
    ada.tab("Logs").click();
    assertThat(ada.rows("Logs")).hasCount(3);
    assertThat(ada.rows("Logs").nth(2)).containsText("vendor.before");
    assertThat(ada.rows("Logs").nth(1)).containsText("vendor.after");
    ada.rows("Logs").first().getByText("View").click();
    Screen input = ada.dialog();
    assertThat(input.text("Input data")).isVisible();
    Screen request = input.region("Request");
    assertThat(request.all()).containsText(party.url("/vendor"));
    assertThat(request.all().locator("pre")).containsText("\"first_name\": \"Eva\"");
    request.text("As sent").click();
    assertThat(request.all().locator("pre")).hasText(posted);
    assertThat(input.region("Response").all()).containsText("\"ok\": true");
    input.button("Close").last().click();
    assertThat(input.all()).hasCount(0);
  }

  private void event(String type) {
    good(client.post("/v1/events", "{\"type\":\"%s\",\"data\":{\"n\":1}}".formatted(type)));
  }

  @Test
  @DisplayName(
      "1-10 1-11 the request's own field takes headers with pipes, and says what is left out")
  void pipes() {
    connector("Pipes", "/pipes", "");
    open("Pipes");
    ada.tab("Request").click();
    ada.field("Authorization Header")
        .fill("Content-length: 0|X-One: 1|X-Two: a\\|b|Content-type: application/json");
    ada.button("Take as headers").click();
    assertThat(ada.text("Content-length is left out")).isVisible();
    assertThat(ada.field("Header 2: Header Value")).hasText("a|b");
    saveConnector();
    var _ = test();
    Received sent = party.await("/pipes", 1).getFirst();
    assertThat(sent.header("X-One")).isEqualTo("1");
    assertThat(sent.header("X-Two")).isEqualTo("a|b");
    assertThat(sent.header("Content-Length")).isEqualTo(Integer.toString(sent.body().length));
  }

  private Locator testAs(String type, String key) {
    ada.tab("Response & outcome").click();
    ada.field("Response Data Type").selectOption(type);
    ada.field("Response Key").fill(key);
    saveConnector();
    return test();
  }

  private static Answer answer(String type, String body) {
    return Answer.status(200).body(type, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName(
      "1-15 1-16 1-17 1-18 1-19 1-20 1-22 the manual's JSON, XML and TEXT answers are read; the wrong type leaves an entry that says why")
  void responseTypes() {
    connector("Answers", "/answers", "");
    party.on(
        "/answers",
        answer("text/plain", "{key1:[value1,value2,value3],key2:[value1,value2,value3]}"),
        answer("text/xml", "<Values><value>value1</value><value>value2</value></Values>"),
        answer("text/plain", "value1,value2,value3"),
        answer("application/json", "{\"a\": 1}"));
    open("Answers");
    ada.tab("Response & outcome").click();
    assertThat(ada.text("Which type of data the third party sends back")).isVisible();
    assertThat(testAs("JSON", "key2")).containsText("[\"value1\",\"value2\",\"value3\"]");
    assertThat(testAs("XML", "Values.value")).containsText("[\"value1\",\"value2\"]");
    assertThat(testAs("TEXT", "[2]")).containsText("\"value3\"");
    assertThat(testAs("XML", "Values.value"))
        .containsText("The response type is declared XML, but JSON came (application/json).");
    ada.tab("Logs").click();
    assertThat(ada.rows("Logs")).hasCount(4);
    assertThat(ada.rows("Logs").nth(3)).containsText("[\"value1\",\"value2\",\"value3\"]");
    assertThat(ada.rows("Logs").nth(1)).containsText("value3");
    assertThat(ada.rows("Logs").nth(0)).containsText("Succeeded");
    assertThat(ada.rows("Logs").nth(0)).not().containsText("value");
    ada.rows("Logs").nth(0).getByText("View").click();
    Screen response = ada.dialog().region("Response");
    assertThat(response.all())
        .containsText("The response type is declared XML, but JSON came (application/json).");
    assertThat(response.text("Response key")).hasCount(0);
    assertThat(response.all().locator("pre")).hasText("{\n  \"a\": 1\n}");
    assertThat(party.received("/answers")).hasSize(4);
  }

  @Test
  @DisplayName("1-33 the addresses that a third party's allow list needs are on a page")
  void egress() {
    ada.goTo("Settings");
    ada.tab("Egress addresses").click();
    assertThat(ada.text("allow list")).isVisible();
    assertThat(ada.text("203.0.113.0/24")).isVisible();
  }

  @Test
  @DisplayName("1-39 the log has columns, a date filter, search, CSV and page sizes")
  void log() throws IOException {
    party.on("/logged", Answer.status(200).json("{\"id\":\"first\"}"), Answer.ok());
    connector(
        "Logged",
        "/logged",
        ",\"response\":{\"key\":\"id\"},\"triggers\":[{\"eventType\":\"log.*\"}]");
    for (int i = 0; i < 12; i++) {
      good(
          client.post(
              "/v1/events", "{\"type\":\"log.it\",\"key\":\"=R-%d\",\"data\":{}}".formatted(i)));
      var _ = party.await("/logged", i + 1);
    }
    open("Logged");
    ada.tab("Logs").click();
    for (String column : List.of("Id", "Date", "Record", "Result", "Action")) {
      assertThat(ada.column(column)).isVisible();
    }
    assertThat(ada.rows("Logs")).hasCount(12);
    ada.field("Items per page").selectOption("10");
    assertThat(ada.rows("Logs")).hasCount(10);
    ada.field("Date").selectOption("Last hour");
    assertThat(ada.rows("Logs")).hasCount(10);
    ada.field("Date").selectOption("Any time");
    ada.page().clock().setFixedTime(Instant.now().plus(2, ChronoUnit.HOURS).toString());
    ada.field("Date").selectOption("Last hour");
    assertThat(ada.text("Nothing here yet")).isVisible();
    ada.field("Date").selectOption("Last 24 hours");
    assertThat(ada.rows("Logs")).hasCount(10);
    ada.field("Search results and errors").fill("first");
    assertThat(ada.rows("Logs")).hasCount(1);
    assertThat(ada.rows("Logs")).containsText("=R-0");
    Download table = ada.page().waitForDownload(() -> ada.button("CSV").click());
    assertThat(Files.readString(table.path())).contains(",'=R-0,");
  }
}
