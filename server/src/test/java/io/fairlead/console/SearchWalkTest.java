package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// "What happened to INV0000001?", asked in the console.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchWalkTest {
  private static final String VERA = "vera@example.com";
  private static final String SEARCH = "**/v1/search?*";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final String connector;
  private final String event;
  private final String delivery;
  private final String attempt;

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  SearchWalkTest() {
    var people = new People(hub);
    HubClient ana = people.first();
    var _ = people.let(ana, VERA, "viewer");
    var hidden = client.get("/v1/users").json().get("data");
    hidden.forEach(user -> {
      if (user.get("email").asString().equals(VERA)) {
        var changed =
            client.patch("/v1/users/" + user.get("id").asString(), "{\"payloads\":false}");
        assertThat(changed.status()).as("%s", changed).isEqualTo(200);
      }
    });
    var described =
        client.put("/v1/event-types/invoice.paid", "{\"searchable\":[\"invoice.number\"]}");
    assertThat(described.status()).as("%s", described).isEqualTo(201);
    var made =
        client.post(
            "/v1/connectors",
            """
            {"name":"Billing system","method":"POST","url":"%s","triggers":[{"eventType":"*"}]}
            """
                .formatted(party.url("/bills")));
    connector = made.json().get("id").asString();
    var sent =
        client.post(
            "/v1/events",
            """
            {"type":"invoice.paid","key":"customer-9",
             "data":{"invoice":{"number":"INV0000001"},"note":"Handle with care"}}
            """);
    event = sent.json().get("id").asString();
    TestHub.await(
        "a delivery",
        () -> !client.get("/v1/deliveries?state=SUCCEEDED").json().get("data").isEmpty());
    var row = client.get("/v1/deliveries").json().at("/data/0");
    delivery = row.get("id").asString();
    attempt = row.get("lastAttempt").asString();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static Locator box(Screen screen) {
    return screen
        .dialog()
        .all()
        .getByRole(
            AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Search").setExact(true));
  }

  private static Locator options(Screen screen) {
    return screen.dialog().all().locator("[role=option]");
  }

  private static Locator chosen(Screen screen) {
    return screen.dialog().all().locator("[role=option][aria-selected=true]");
  }

  private static void open(Screen screen) {
    screen.page().keyboard().press("Control+k");
    assertThat(box(screen)).isFocused();
  }

  private static Pattern ends(String path) {
    return Pattern.compile(path.replaceAll("[.?+]", "\\\\$0") + "$");
  }

  @Test
  @DisplayName("what happened to INV0000001 is found from anywhere, by keyboard alone")
  void anEventIsFoundByASearchablePath() {
    Screen ana = browser.signedIn(People.ANA);
    open(ana);
    ana.page().keyboard().type("inv0000001");

    assertThat(options(ana).first()).containsText("invoice.paid");
    assertThat(chosen(ana)).containsText("Found by its key");
    assertThat(ana.dialog().all().getByRole(AriaRole.STATUS)).hasText("1 found.");
    assertThat(box(ana)).hasAttribute("aria-activedescendant", chosen(ana).getAttribute("id"));
    ana.page().keyboard().press("Enter");

    assertThat(ana.page()).hasURL(ends("/events/" + event));
    assertThat(ana.page().getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  @Test
  @DisplayName("arrows walk through what was found and round its ends, Esc closes")
  void arrowsWalk() {
    Screen ana = browser.signedIn(People.ANA);
    ana.button("Search").click();
    assertThat(chosen(ana)).hasText("Overview");
    ana.page().keyboard().press("ArrowUp");
    assertThat(chosen(ana)).hasText("Settings");
    ana.page().keyboard().press("ArrowDown");
    ana.page().keyboard().press("ArrowDown");
    assertThat(chosen(ana)).hasText("Connectors");

    ana.page().keyboard().press("Escape");

    assertThat(ana.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(ana.button("Search")).isFocused();
  }

  @Test
  @DisplayName("everything is found by its id, an attempt in its delivery")
  void everythingIsFoundByItsId() {
    Screen ana = browser.signedIn(People.ANA);
    for (String[] one :
        new String[][] {
          {connector, "/connectors/" + connector},
          {delivery, "/deliveries/" + delivery},
          {attempt, "/deliveries/" + delivery + "?attempt=" + attempt},
          {"getinvoice", "/commands/GetInvoiceImage"}
        }) {
      open(ana);
      box(ana).fill(one[0]);
      assertThat(ana.dialog().all().getByRole(AriaRole.STATUS)).hasText("1 found.");
      chosen(ana).click();
      assertThat(ana.page()).hasURL(ends(one[1]));
    }
  }

  @Test
  @DisplayName("a page is gone to by a part of its name")
  void pagesAreFound() {
    Screen ana = browser.signedIn(People.ANA);
    open(ana);
    box(ana).fill("egress");
    assertThat(chosen(ana)).hasText("Settings: egress addresses");
    ana.page().keyboard().press("Enter");

    assertThat(ana.page()).hasURL(ends("/settings?part=egress"));
  }

  @Test
  @DisplayName("nothing found says what can be found, and offers to look in data")
  void otherTextIsFoundInData() {
    Screen ana = browser.signedIn(People.ANA);
    open(ana);
    box(ana).fill("with care");
    assertThat(ana.text("Nothing found for “with care”")).isVisible();
    assertThat(chosen(ana)).hasText("Look for “with care” in events’ data too");
    ana.page().keyboard().press("Enter");

    assertThat(options(ana).first()).containsText("The text stands in its data.");
    assertThat(ana.text("Looked through the data of 1 event: all of this time.")).isVisible();
    ana.page().keyboard().press("ArrowDown");
    ana.page().keyboard().press("Enter");

    assertThat(ana.page()).hasURL(Pattern.compile("/search\\?q=with(\\+|%20)care&in=data$"));
    assertThat(ana.heading("Events")).isVisible();
    assertThat(ana.region("Events").text("The text stands in its data.")).isVisible();
  }

  @Test
  @DisplayName("a search's address can be shared, with its times")
  void anAddressIsShared() {
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/search?q=with%20care&in=data&from=2020-01-01T00:00:00.000Z&to=2020-02-01T00:00:00Z");
    assertThat(ana.heading("Nothing found for “with care”")).isVisible();
    ana.field("Time").selectOption("Any time");
    assertThat(ana.page()).hasURL(ends("&in=data"));
    ana.region("Events").all().getByRole(AriaRole.LINK).click();
    assertThat(ana.page()).hasURL(ends("/events/" + event));
  }

  @Test
  @DisplayName(
      "who may not see payloads is told that data is not looked through, and none is asked")
  void withoutPayloads() {
    Screen vera = browser.signedIn(VERA);
    List<String> asked = new ArrayList<>();
    vera.page()
        .onRequest(request -> {
          if (request.url().contains("/v1/search")) {
            asked.add(request.url());
          }
        });
    vera.go("/search?q=with%20care&in=data");
    assertThat(vera.text("Events’ data is not looked through for you")).isVisible();
    assertThat(vera.heading("Nothing found for “with care”")).isVisible();
    assertThat(vera.button("Look in data too")).hasCount(0);
    open(vera);
    assertThat(vera.dialog().text("it is hidden from you here")).isVisible();
    assertThat(asked).isNotEmpty().noneMatch(url -> url.contains("in=data"));
  }

  @Test
  @DisplayName("a question that nobody waits for any more is given up")
  void earlierQuestionsAreGivenUp() {
    Screen ana = browser.signedIn(People.ANA);
    List<Route> held = new ArrayList<>();
    ana.page().route("**/v1/search?q=bil", held::add);
    open(ana);
    ana.page().waitForRequest("**/v1/search?q=bil", () -> box(ana).fill("bil"));
    assertThat(ana.dialog().all().locator(".mantine-Skeleton-root").first()).isVisible();

    var given =
        ana.page()
            .waitForRequestFinished(
                new Page.WaitForRequestFinishedOptions()
                    .setPredicate(r -> r.url().endsWith("q=billing")),
                () -> box(ana).fill("billing"));

    assertThat(given.response().status()).isEqualTo(200);
    assertThat(chosen(ana)).containsText("Billing system");
    assertThat(held).hasSize(1);
    assertThat(held.getFirst().request().failure()).contains("ABORTED");
  }

  @Test
  @DisplayName("what goes wrong is told in words, and can be tried again")
  void troubleIsTold() {
    Screen ana = browser.signedIn(People.ANA);
    ana.page()
        .route(
            SEARCH,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(400)
                        .setContentType("application/problem+json")
                        .setBody(
                            "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":400,\"detail\":\"That can’t be looked for.\"}")));
    open(ana);
    box(ana).fill("billing");
    assertThat(ana.dialog().text("That can’t be looked for.")).isVisible();
    ana.page().unroute(SEARCH);
    ana.dialog().button("Try again").click();

    assertThat(chosen(ana)).containsText("Billing system");
  }

  @Test
  @DisplayName("on a phone it fills the screen, and nothing scrolls sideways")
  void onAPhone() {
    Screen ana = browser.signedIn(People.ANA);
    ana.page().setViewportSize(390, 844);
    ana.go("/search?q=billing&in=data&from=2020-01-01T00:00:00.000Z");
    assertThat(ana.region("Connectors").text("Billing system")).isVisible();
    assertThat(sideways(ana)).isZero();
    ana.button("Search").click();
    box(ana).fill("billing");
    assertThat(chosen(ana)).containsText("Billing system");
    assertThat(sideways(ana)).isZero();
    assertThat(ana.dialog().all().boundingBox().width).isEqualTo(390);
    chosen(ana).click();
    assertThat(ana.page()).hasURL(ends("/connectors/" + connector));
  }

  private static int sideways(Screen screen) {
    return ((Number)
            screen.page().evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        .intValue();
  }
}
