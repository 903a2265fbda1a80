package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody does day by day who looks after connectors: from the numbers to what is behind
/// them, and small changes by mouse and by keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EverydayTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final HubClient client = hub.client();
  private final ThirdParty party = ThirdParty.open();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private String event = "";

  @BeforeAll
  void sendSomething() {
    People people = new People(hub);
    var _ = people.let(people.first(), "vera@example.com", "viewer");
    var _ = made("/v1/connectors", connector("Billing", "/billing", "invoice.*"));
    var _ = made("/v1/connectors", connector("Parcels", "/parcels", "order.*"));
    var _ = sent("{\"type\":\"order.placed\",\"data\":{\"id\":1}}");
    event = sent("{\"type\":\"invoice.paid\",\"key\":\"c-1\",\"data\":{\"amount\":136.50}}");
    var _ = party.await("/billing", 1);
    var _ = party.await("/parcels", 1);
  }

  private String connector(String name, String path, String type) {
    return """
    {"name": "%s", "method": "POST", "url": "%s", "triggers": [{"eventType": "%s"}]}
    """
        .formatted(name, party.url(path), type);
  }

  private String made(String path, String document) {
    HubClient.Answer answer = client.post(path, document);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private String sent(String body) {
    HubClient.Answer answer = client.post("/v1/events", body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  @Test
  void aBarOfTheOverviewLeadsToTheDeliveriesOfItsHour() {
    Screen ana = browser.signedIn(People.ANA);
    ana.goTo("Overview");
    Locator hours = ana.region("Deliveries over time").all().locator("a[tabindex='0']");
    hours.press("ArrowLeft");
    hours.press("ArrowRight");
    assertThat(hours).isFocused();
    hours.press("Enter");
    assertThat(ana.heading("Deliveries")).isVisible();
    assertThat(ana.rows("Deliveries")).hasCount(2);
    Locator hour = ana.all().getByTitle("Take this filter away");
    assertThat(hour).hasText(Pattern.compile("\\d\\d:00–\\d\\d:00"));
    hour.click();
    assertThat(hour).hasCount(0);
  }

  @Test
  void deliveriesAreNarrowedToAConnectorAndAType() {
    Screen ana = browser.signedIn(People.ANA);
    ana.goTo("Deliveries");
    assertThat(ana.rows("Deliveries")).hasCount(2);
    ana.field("Connector").fill("parc");
    option(ana, "Parcels").click();
    assertThat(ana.rows("Deliveries")).hasCount(1);
    assertThat(ana.rows("Deliveries").first()).containsText("order.placed");
    ana.field("Event type").click();
    option(ana, "invoice.paid").click();
    assertThat(ana.heading("No delivery fits")).isVisible();
    ana.button("Clear").click();
    assertThat(ana.rows("Deliveries")).hasCount(2);
  }

  private static Locator option(Screen screen, String name) {
    return screen
        .page()
        .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void anEventTellsEachAttemptAndOthersWithItsKey() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/events/" + event);
    Locator told = ana.all().getByRole(AriaRole.LIST).and(ana.page().getByLabel("Timeline"));
    assertThat(told.locator("li")).hasCount(2);
    assertThat(told).containsText("It arrived.");
    assertThat(told.locator("li").last()).containsText("Billing");
    assertThat(told.locator("li").last()).containsText("Success");
    assertThat(ana.text("1 connector did not want it")).isVisible();
    assertThat(ana.text("136.50")).isVisible();
    ana.link("c-1").click();
    assertThat(ana.rows("Events")).hasCount(1);
    assertThat(ana.rows("Events").first()).containsText("1 succeeded");
  }

  @Test
  void whatASchemaRefusesIsToldBesideTheDataAndNothingIsLost() {
    String described =
        "{\"schema\":{\"type\":\"object\",\"required\":[\"user\"]},\"validate\":true}";
    assertThat(client.put("/v1/event-types/user.came", described).status()).isEqualTo(201);
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/events?send=new");
    Screen window = ana.dialog();
    window.field("Type").fill("user.came");
    window.field("Data").fill("{\"name\": 1.50");
    window.button("Send").click();
    assertThat(window.text("This is not JSON")).isVisible();
    window.field("Data").fill("{\"name\": 1.50}");
    window.button("Send").click();
    assertThat(window.text("'user'")).isVisible();
    assertThat(window.field("Data")).containsText("1.50");
    window.field("Data").fill("{\"user\": 1.50}");
    window.button("Send").click();
    assertThat(ana.heading("user.came")).isVisible();
    assertThat(ana.text("No connector wanted it")).isVisible();
    assertThat(ana.text("1.50")).isVisible();
  }

  @Test
  void anAdaptorKeepsItsDigitsWhileItsRowsAreOrdered() {
    String id =
        made(
            "/v1/adaptors",
            """
            {"name": "Deals", "rows": [
              {"label": "Amount", "section": "Lead Fields", "source": "amount", "target": "value"},
              {"label": "Rate", "section": "Lead Fields", "constant": 1.50, "target": "rate"},
              {"label": "Note", "section": "Extra Fields", "constant": "x", "target": "note"}]}
            """);
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/adaptors/" + id);
    assertThat(ana.field("Row 2: Value")).hasValue("1.50");
    assertThat(ana.region("Generated data").text("it makes what the saved one makes")).isVisible();
    assertThat(ana.region("Generated data").text("136.50")).isVisible();
    Locator grip = ana.button("Move row 1; use the arrow keys");
    grip.focus();
    grip.press("ArrowDown");
    assertThat(ana.button("Move row 2; use the arrow keys")).isFocused();
    ana.page().keyboard().press("ArrowDown");
    assertThat(ana.text("Row 2 of 3, in Extra Fields")).isAttached();
    ana.button("Move row 3; use the arrow keys").dragTo(ana.field("Row 1: Label"));
    assertThat(ana.field("Row 1: Label")).hasValue("Note");
    ana.button("Save Adaptor").click();
    assertThat(ana.text("Saved “Deals”.")).isVisible();

    HubClient.Answer saved = client.get("/v1/adaptors/" + id);
    assertThat(saved.json().get("rows").findValuesAsString("label"))
        .containsExactly("Note", "Rate", "Amount");
    assertThat(saved.text()).contains("\"constant\":1.50");
  }

  @Test
  void aTargetCanBePutBeforeTheFirstByKeys() {
    String binding = "/v1/commands/GetInvoiceImage/binding";
    String document = "{\"targets\":[{\"method\":\"GET\",\"url\":\"https://api.example.com/a\"}]}";
    assertThat(client.put(binding, document).status()).isEqualTo(201);
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/commands/GetInvoiceImage");
    ana.button("Ask another when this one finds nothing").click();
    ana.menuItem("A web request").click();
    ana.region("Target 2").field("URL (tokens allowed)").fill("https://old.example.com/");
    ana.button("Ask target 2 earlier").press("Enter");
    assertThat(ana.button("Ask target 1 earlier")).isFocused();
    ana.button("Save").click();
    assertThat(ana.text("All is saved.")).isVisible();
    assertThat(client.get(binding).json().get("targets").findValuesAsString("url"))
        .containsExactly("https://old.example.com/", "https://api.example.com/a");
  }

  @Test
  void aChangedRoleCanBeTakenBack() {
    Screen ana = browser.signedIn(People.ANA);
    ana.goTo("Settings");
    Locator vera =
        ana.rows("Users").filter(new Locator.FilterOptions().setHasText("vera@example.com"));
    assertThat(vera).containsText("Viewer");
    ana.button("Actions for vera@example.com").click();
    ana.menuItem("Make admin").click();
    assertThat(vera).containsText("Admin");
    ana.button("Undo").click();
    assertThat(vera).containsText("Viewer");
  }
}
