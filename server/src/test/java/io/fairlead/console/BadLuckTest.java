package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.HubClient.Answer;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What goes wrong between a browser and its hub is told in words, and nothing typed is lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadLuckTest {
  private static final String POWER_USER = "pia@example.com";
  private static final String TYPED = "https://api.example.com/typed/{{InvoiceNumber}}";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen pia;
  private String connector;
  private int connectors;

  BadLuckTest() {
    var people = new People(hub);
    var _ = people.let(people.first(), POWER_USER, "power_user");
  }

  @BeforeEach
  void signInAndType() {
    Answer made =
        client.post(
            "/v1/connectors",
            "{\"name\":\"Mine %d\",\"method\":\"POST\",\"url\":\"https://api.example.com/\"}"
                .formatted(++connectors));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    connector = "/connectors/" + made.json().get("id").asString();
    pia = browser.signedIn(POWER_USER);
    pia.go(connector);
    assertThat(pia.field("API URL")).hasAttribute("contenteditable", "true");
    pia.field("API URL").fill(TYPED);
    assertThat(pia.text("Not saved yet.")).isVisible();
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private String saved(String member) {
    return client.get("/v1" + connector).json().get(member).asString();
  }

  private void save() {
    pia.button("Save Connector").click();
  }

  private void isStillTyped() {
    assertThat(pia.field("API URL")).hasText(TYPED);
    assertThat(pia.text("Not saved yet.")).isVisible();
    assertThat(saved("url")).isEqualTo("https://api.example.com/");
  }

  private void savesNow() {
    save();
    assertThat(pia.text("All is saved.")).isVisible();
    assertThat(saved("url")).isEqualTo(TYPED);
  }

  /// Saves while the hub does something else with it, reads what the screen says, and saves again.
  private void whileSaving(Consumer<Route> bad, String words) {
    String here = "**/v1" + connector;
    pia.page()
        .route(
            here,
            route -> {
              if (route.request().method().equals("PUT")) {
                bad.accept(route);
              } else {
                route.resume();
              }
            });
    save();
    assertThat(pia.text(words)).isVisible();
    isStillTyped();
    pia.page().unroute(here);
    savesNow();
  }

  private static Consumer<Route> answer(int status, String detail, Map<String, String> headers) {
    return route ->
        route.fulfill(
            new Route.FulfillOptions()
                .setStatus(status)
                .setHeaders(headers)
                .setContentType("application/problem+json")
                .setBody(
                    "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(status, detail)));
  }

  @Test
  @DisplayName("the hub is down while saving")
  void down() {
    whileSaving(Route::abort, "The hub does not answer. Nothing that you typed is lost");
  }

  @Test
  @DisplayName("500 while saving")
  void broken() {
    whileSaving(answer(500, "No.", Map.of()), "Something went wrong in the hub");
  }

  @Test
  @DisplayName("429 while saving says how long to wait")
  void tooMuch() {
    whileSaving(
        answer(429, "Too many requests.", Map.of("Retry-After", "7")),
        "Too many requests. Try again in 7 seconds.");
  }

  @Test
  @DisplayName("409 while saving says what stands against it")
  void against() {
    whileSaving(
        answer(409, "Another connector has that name.", Map.of()),
        "Another connector has that name.");
  }

  @Test
  @DisplayName("401 in the middle of an edit: one signs in over the page, and it goes on")
  void sessionEnds() {
    Screen elsewhere = browser.signedIn(POWER_USER);
    elsewhere.button("pia").click();
    elsewhere.menuItem("Sign out everywhere").click();
    assertThat(elsewhere.heading("Sign in")).isVisible();
    save();
    Screen again = pia.dialog();
    assertThat(again.text("Your session has ended. Nothing on this page is lost")).isVisible();
    again.field("Password").fill("not the password");
    again.button("Sign in").click();
    assertThat(again.text("password")).not().hasCount(0);
    again.field("Password").fill(People.PASSWORD);
    again.button("Sign in").click();
    assertThat(pia.text("All is saved.")).isVisible();
    assertThat(saved("url")).isEqualTo(TYPED);
  }

  @Test
  @DisplayName("412: two people edit one connector, and the second is told what the first changed")
  void twoPeople() {
    var theirs = client.patch("/v1" + connector, "{\"name\":\"Theirs\"}");
    assertThat(theirs.status()).isEqualTo(200);
    save();
    assertThat(pia.text("Somebody else has changed this connector meanwhile.")).isVisible();
    assertThat(pia.text("/name")).isVisible();
    isStillTyped();
    assertThat(saved("name")).isEqualTo("Theirs");
    pia.button("Save mine over theirs").click();
    assertThat(pia.text("All is saved.")).isVisible();
    assertThat(saved("url")).isEqualTo(TYPED);
  }

  @Test
  @DisplayName("400: what is wrong stands beside the field, and the tab that it is on is marked")
  void wrong() {
    pia.field("API URL").fill("ftp://example.com/{{");
    save();
    assertThat(pia.field("API URL")).hasText("ftp://example.com/{{");
    assertThat(pia.tab("General has errors")).isVisible();
  }

  @Test
  @DisplayName("the page is reloaded before it was saved")
  void reloaded() {
    assertThat(pia.text("Not saved yet.")).isVisible();
    pia.page().onDialog(dialog -> dialog.accept());
    var _ = pia.page().reload();
    isStillTyped();
    savesNow();
  }

  @Test
  @DisplayName("a list cannot be read, and then can")
  void listIsDown() {
    pia.page().route("**/v1/authorizations?*", Route::abort);
    pia.goTo("Authorizations");
    assertThat(pia.text("This could not be read.")).isVisible();
    assertThat(pia.text("The hub does not answer.")).isVisible();
    pia.page().unroute("**/v1/authorizations?*");
    pia.button("Try again").click();
    assertThat(pia.text("No authorization yet")).isVisible();
  }

  @Test
  @DisplayName("a slow hub: the page stands there with lines where its rows will be")
  void slow() {
    Queue<Route> held = new ArrayDeque<>();
    pia.page().route("**/v1/adaptors?*", held::add);
    pia.goTo("Adaptors");
    assertThat(pia.table("Adaptors")).hasAttribute("aria-busy", "true");
    assertThat(pia.button("New Adaptor")).isVisible();
    pia.page().waitForCondition(() -> !held.isEmpty());
    pia.page().unroute("**/v1/adaptors?*");
    held.forEach(Route::resume);
    assertThat(pia.text("No adaptor yet")).isVisible();
  }

  @Test
  @DisplayName("a slow save: what is typed meanwhile is neither saved unseen nor lost")
  void slowSave() {
    Queue<Route> held = new ArrayDeque<>();
    String here = "**/v1" + connector;
    pia.page()
        .route(
            here,
            route -> {
              if (route.request().method().equals("PUT")) {
                held.add(route);
              } else {
                route.resume();
              }
            });
    save();
    pia.page().waitForCondition(() -> !held.isEmpty());
    pia.field("Name").fill("Typed meanwhile");
    pia.page().unroute(here);
    held.forEach(Route::resume);
    TestHub.await("the first save has arrived", () -> saved("url").equals(TYPED));
    assertThat(pia.field("Name")).hasValue("Typed meanwhile");
    assertThat(pia.button("Save Connector")).isEnabled();
    assertThat(pia.text("Not saved yet.")).isVisible();
    save();
    assertThat(pia.text("All is saved.")).isVisible();
    assertThat(saved("name")).isEqualTo("Typed meanwhile");
    assertThat(saved("url")).isEqualTo(TYPED);
  }

  @Test
  @DisplayName(
      "a slow Create: what is typed meanwhile goes on, unsaved, in the connector that it made")
  void slowCreate() {
    pia.go("/connectors/new");
    assertThat(pia.field("API URL")).hasAttribute("contenteditable", "true");
    pia.field("Name").fill("Made slowly");
    pia.field("API URL").fill("https://api.example.com/slow");
    Queue<Route> held = new ArrayDeque<>();
    pia.page().route("**/v1/connectors", held::add);
    pia.button("Create Connector").click();
    pia.page().waitForCondition(() -> !held.isEmpty());
    pia.field("Name").fill("Typed while it was made");
    pia.page().unroute("**/v1/connectors");
    held.forEach(Route::resume);
    assertThat(pia.button("Save Connector")).isEnabled();
    assertThat(pia.field("Name")).hasValue("Typed while it was made");
    assertThat(client.get("/v1/connectors?q=slow").json().at("/data/0/name").asString())
        .isEqualTo("Made slowly");
    pia.button("Save Connector").click();
    assertThat(pia.text("All is saved.")).isVisible();
    assertThat(client.get("/v1/connectors?q=slow").json().at("/data/0/name").asString())
        .isEqualTo("Typed while it was made");
    pia.go("/connectors/new");
    assertThat(pia.field("Name")).hasValue("");
  }

  @Test
  @DisplayName("a delivery that vanishes while somebody looks at it, and one whose connector does")
  void vanishes() {
    try (ThirdParty party = ThirdParty.open()) {
      party.on("/gone", ThirdParty.Answer.status(422).json("{}"));
      String receiver = failedDelivery(party);
      String delivery =
          "/deliveries/" + client.get("/v1/deliveries").json().at("/data/0/id").asString();
      pia.go(delivery);
      assertThat(pia.button("Send again")).isEnabled();
      assertThat(client.delete("/v1/connectors/" + receiver).status()).isEqualTo(204);
      pia.page().route("**/v1" + delivery, Route::abort);
      pia.button("Send again").click();
      assertThat(pia.text("could not be").first()).isVisible();
      pia.page().unroute("**/v1" + delivery);
      pia.page().route("**/v1" + delivery, route -> answer(404, "Gone.", Map.of()).accept(route));
      assertThat(pia.text("This is not there any more.")).isVisible();
      assertThat(pia.region("Response").all()).isVisible();
      assertThat(party.received("/gone")).hasSize(1);
    }
  }

  private String failedDelivery(ThirdParty party) {
    Answer made =
        client.post(
            "/v1/connectors",
            "{\"name\":\"Vanishing\",\"method\":\"POST\",\"url\":\"%s\",\"triggers\":[{\"eventType\":\"gone.*\"}]}"
                .formatted(party.url("/gone")));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(client.post("/v1/events", "{\"type\":\"gone.now\",\"data\":{}}").status())
        .isEqualTo(202);
    TestHub.await(
        "it has failed",
        () -> client.get("/v1/deliveries?state=FAILED").json().get("total").asInt() == 1);
    return made.json().get("id").asString();
  }

  @Test
  @DisplayName("a delivery and an address that never were")
  void gone() {
    pia.go("/deliveries/dlv_0123456789abc");
    assertThat(pia.text("This is not there any more.")).isVisible();
    pia.go("/no/such/page");
    assertThat(pia.text("There is no such page")).isVisible();
    pia.link("To the start").click();
    pia.page().waitForURL("**/", new Page.WaitForURLOptions());
    assertThat(pia.menu("Connectors")).isVisible();
  }
}
