package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What each role sees in the console and may do there, tried by clicking; and that the API refuses
/// what the screen does not offer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RightsTest {
  private static final String OWNER = "ola@example.com";
  private static final String ADMIN = "ada@example.com";
  private static final String POWER_USER = "pia@example.com";
  private static final String VIEWER = "vic@example.com";
  private static final String BLIND = "ned@example.com";
  private static final String SENT = "sent-payload-7f3a";
  private static final String ANSWERED = "answered-payload-9b21";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final People people = new People(hub);
  private final String connector;
  private final String event;
  private final String delivery;

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  RightsTest() {
    HubClient ana = people.first();
    var _ = people.let(ana, OWNER, "owner");
    var _ = people.let(ana, ADMIN, "admin");
    var _ = people.let(ana, POWER_USER, "power_user");
    var _ = people.let(ana, VIEWER, "viewer");
    String invited =
        made(
            client.post(
                "/v1/users",
                "{\"email\":\"%s\",\"role\":\"viewer\",\"payloads\":false}".formatted(BLIND)),
            "link");
    var _ = people.setUp(People.token(invited), BLIND, "ned", People.PASSWORD);
    party.on("/vendor", Answer.status(422).json("{\"id\":\"%s\"}".formatted(ANSWERED)));
    connector =
        made(
            client.post(
                "/v1/connectors",
                """
                {"name":"Vendor","method":"POST","url":"%s?n={{number}}","body":{"type":"json"},
                 "response":{"type":"json","key":"id"},"triggers":[{"eventType":"invoice.*"}]}
                """
                    .formatted(party.url("/vendor"))),
            "id");
    event =
        made(
            client.post(
                "/v1/events",
                "{\"type\":\"invoice.paid\",\"key\":\"K-1\",\"data\":{\"number\":\"%s\"}}"
                    .formatted(SENT)),
            "id");
    TestHub.await(
        "the delivery has failed",
        () -> client.get("/v1/deliveries?state=FAILED").json().get("total").asInt() == 1);
    delivery = client.get("/v1/deliveries").json().at("/data/0/id").asString();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static String made(HubClient.Answer answer, String member) {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    return answer.json().get(member).asString();
  }

  private HubClient api(String email) {
    return people.signedIn(people.signIn(email, People.PASSWORD));
  }

  private void gearHas(Screen who, String... lines) {
    who.button("Actions for Vendor").click();
    assertThat(who.page().getByRole(AriaRole.MENUITEM)).hasText(lines);
    who.page().keyboard().press("Escape");
  }

  private void mayChangeNothing(Screen who) {
    who.goTo("Connectors");
    assertThat(who.row("Vendor")).isVisible();
    assertThat(who.button("New Connector")).hasCount(0);
    assertThat(who.all().getByRole(AriaRole.CHECKBOX)).hasCount(0);
    gearHas(who, "Settings", "Mapping", "Logs", "Export", "Copy as cURL");
    who.gear("Vendor", "Settings");
    assertThat(who.field("Name")).isDisabled();
    assertThat(who.button("Save Connector")).hasCount(0);
    who.goTo("Adaptors");
    assertThat(who.button("New Adaptor")).hasCount(0);
    who.goTo("Authorizations");
    assertThat(who.button("New Authorization")).hasCount(0);
    who.goTo("Events");
    assertThat(who.link("invoice.paid")).isVisible();
    assertThat(who.button("Send a test event")).hasCount(0);
    who.goTo("Deliveries");
    assertThat(who.all().getByRole(AriaRole.CHECKBOX)).hasCount(0);
    who.link("invoice.paid").click();
    assertThat(who.heading("Response")).isVisible();
    assertThat(who.button("Send again")).hasCount(0);
    who.goTo("Settings");
    assertThat(who.tab("Your account")).isVisible();
    assertThat(who.tab("Users")).hasCount(0);
    assertThat(who.tab("API keys")).hasCount(0);
    assertThat(who.tab("Audit log")).hasCount(0);
  }

  private void apiRefusesChanges(HubClient who) {
    assertThat(who.post("/v1/connectors", "{}").status()).isEqualTo(403);
    assertThat(who.patch("/v1/connectors/" + connector, "{\"name\":\"Mine\"}").status())
        .isEqualTo(403);
    assertThat(who.delete("/v1/connectors/" + connector).status()).isEqualTo(403);
    assertThat(
            who.post("/v1/connectors/" + connector + "/test", "{\"dryRun\":true,\"data\":{}}")
                .status())
        .isEqualTo(403);
    assertThat(who.post("/v1/deliveries/retry", "{\"ids\":[\"%s\"]}".formatted(delivery)).status())
        .isEqualTo(403);
    assertThat(who.post("/v1/deliveries/cancel", "{\"ids\":[\"%s\"]}".formatted(delivery)).status())
        .isEqualTo(403);
    assertThat(who.post("/v1/adaptors", "{}").status()).isEqualTo(403);
    assertThat(who.post("/v1/authorizations", "{}").status()).isEqualTo(403);
    assertThat(who.post("/v1/events", "{\"type\":\"a\",\"data\":{}}").status()).isEqualTo(403);
    assertThat(who.get("/v1/users").status()).isEqualTo(403);
    assertThat(who.get("/v1/api-keys").status()).isEqualTo(403);
    assertThat(who.get("/v1/audit").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("a viewer looks at everything, payloads too, and changes nothing")
  void viewer() {
    Screen vic = browser.signedIn(VIEWER);
    mayChangeNothing(vic);
    vic.go("/events/" + event);
    assertThat(vic.region("Data").all()).containsText(SENT);
    vic.go("/connectors/%s?tab=logs".formatted(connector));
    vic.rows("Logs").first().getByText("View").click();
    assertThat(vic.dialog().region("Request").all()).containsText(SENT);
    assertThat(vic.dialog().region("Response").all()).containsText(ANSWERED);
    vic.dialog().button("Close").last().click();
    assertThat(vic.button("Retry")).hasCount(0);
    apiRefusesChanges(api(VIEWER));
  }

  @Test
  @DisplayName("a viewer who is kept from payloads finds none on any page, in no search and no CSV")
  void viewerWithoutPayloads() {
    Screen ned = browser.signedIn(BLIND);
    mayChangeNothing(ned);
    for (String path :
        List.of(
            "/",
            "/connectors",
            "/connectors/%s?tab=general".formatted(connector),
            "/connectors/%s?tab=adaptor".formatted(connector),
            "/connectors/%s?tab=triggers".formatted(connector),
            "/connectors/%s?tab=test".formatted(connector),
            "/connectors/%s?tab=logs".formatted(connector),
            "/events",
            "/events/" + event,
            "/deliveries",
            "/deliveries/" + delivery,
            "/search?q=invoice",
            "/runs")) {
      ned.go(path);
      seesNoPayload(ned);
    }
    ned.go("/events/" + event);
    assertThat(ned.text("Your role does not show what is in this event.")).isVisible();
    ned.go("/deliveries/" + delivery);
    assertThat(ned.text("Your role does not show what was sent").first()).isVisible();
    ned.go("/connectors/%s?tab=logs".formatted(connector));
    ned.rows("Logs").first().getByText("View").click();
    assertThat(ned.dialog().text("Your role does not show what was sent").first()).isVisible();
    seesNoPayload(ned);
    ned.dialog().button("Close").last().click();
    assertThat(ned.field("Search results and errors")).hasCount(0);
    assertThat(ned.button("CSV")).hasCount(0);
    ned.goTo("Deliveries");
    assertThat(ned.link("invoice.paid")).isVisible();
    assertThat(ned.field("Search results and errors")).hasCount(0);
    assertThat(ned.button("CSV")).hasCount(0);
    assertThat(api(BLIND).get("/v1/deliveries/export").status()).isEqualTo(403);
    assertThat(api(BLIND).get("/v1/deliveries?q=" + ANSWERED).status()).isEqualTo(403);
    apiRefusesChanges(api(BLIND));
  }

  private static void seesNoPayload(Screen ned) {
    assertThat(ned.page().locator("h1, h2").first()).isVisible();
    assertThat(ned.page().locator("[aria-busy=true], [data-stale=true], .mantine-Skeleton-root"))
        .hasCount(0);
    assertThat(String.valueOf(ned.page().content())).doesNotContain(SENT, ANSWERED);
  }

  @Test
  @DisplayName("a power user makes, tests and retries, and manages no users, keys or commands")
  void powerUser() {
    Screen pia = browser.signedIn(POWER_USER);
    pia.goTo("Connectors");
    gearHas(
        pia,
        "Settings",
        "Mapping",
        "Test",
        "Logs",
        "Duplicate",
        "Export",
        "Copy as cURL",
        "Disable",
        "Delete");
    pia.button("New Connector").click();
    pia.dialog().field("Connector Name").fill("Of a power user");
    pia.dialog().field("URL").fill(party.url("/pia"));
    pia.dialog().button("Create").click();
    pia.gear("Of a power user", "Test");
    pia.button("Test Connector").click();
    assertThat(party.await("/pia", 1)).hasSize(1);
    int before = party.received("/vendor").size();
    pia.go("/deliveries/" + delivery);
    pia.button("Send again").click();
    assertThat(party.await("/vendor", before + 1)).hasSize(before + 1);
    pia.goTo("Commands");
    assertThat(pia.button("New command")).hasCount(0);
    pia.go("/settings?part=users");
    assertThat(pia.tab("Egress addresses")).hasAttribute("aria-selected", "true");
    assertThat(pia.tab("Users")).hasCount(0);

    HubClient api = api(POWER_USER);
    assertThat(api.get("/v1/users").status()).isEqualTo(403);
    assertThat(api.post("/v1/api-keys", "{}").status()).isEqualTo(403);
    assertThat(api.get("/v1/audit").status()).isEqualTo(403);
    assertThat(api.post("/v1/commands", "{}").status()).isEqualTo(403);
    assertThat(api.get("/v1/tenants").status()).isEqualTo(403);
    assertThat(pia.button("Tenant")).hasCount(0);
  }

  @Test
  @DisplayName(
      "an admin invites and changes roles, but makes no owners; who is invited comes in by the link")
  void admin() {
    Screen ada = browser.signedIn(ADMIN);
    ada.goTo("Settings");
    ada.tab("Users").click();
    ada.button("Invite").click();
    Screen form = ada.dialog();
    form.field("Email").fill("new@example.com");
    form.field("Role").selectOption("owner");
    form.button("Make the link").click();
    assertThat(form.field("Role")).hasAttribute("aria-invalid", "true");
    assertThat(form.field("Email")).hasValue("new@example.com");
    form.field("Role").selectOption("viewer");
    form.field("May see what events and calls hold")
        .setChecked(false, new Locator.SetCheckedOptions().setForce(true));
    form.button("Make the link").click();
    Locator link = ada.dialog().all().getByText("/setup?token=");
    String url = link.textContent();

    Screen guest = browser.stranger();
    URI uri = URI.create(url.strip());
    guest.go(uri.getPath() + "?" + uri.getQuery());
    guest.field("Name").fill("Nora");
    guest.field("Password").fill(People.PASSWORD);
    guest.button("Make the account").click();
    guest.menu("Events").waitFor();
    guest.go("/events/" + event);
    assertThat(guest.text("Your role does not show what is in this event.")).isVisible();

    ada.dialog().button("Close").last().click();
    ada.page().reload();
    ada.button("Actions for new@example.com").click();
    ada.menuItem("Let them see payloads").click();
    assertThat(ada.text("Nora may see payloads.")).isVisible();
    guest.page().reload();
    assertThat(guest.region("Data").all()).containsText(SENT);
    ada.button("Actions for new@example.com").click();
    ada.menuItem("Make power user").click();
    assertThat(ada.text("Nora is power user now.")).isVisible();
    guest.go("/connectors");
    assertThat(guest.button("New Connector")).isVisible();
    ada.tab("Audit log").click();
    assertThat(ada.table("Audit log")).containsText("Change user");

    assertThat(
            api(ADMIN)
                .post("/v1/users", "{\"email\":\"eve@example.com\",\"role\":\"owner\"}")
                .faults())
        .containsExactly("/role");
  }

  @Test
  @DisplayName("an owner makes owners, and is no operator")
  void owner() {
    var _ = people.let(api(OWNER), "olaf@example.com", "admin");
    Screen ola = browser.signedIn(OWNER);
    ola.goTo("Settings");
    ola.tab("Users").click();
    ola.button("Actions for olaf@example.com").click();
    assertThat(ola.menuItem("Make operator of all tenants")).hasCount(0);
    ola.menuItem("Make owner").click();
    assertThat(ola.text("olaf is owner now.")).isVisible();
    assertThat(api("olaf@example.com").get("/v1/session").json().at("/tenants/0/role").asString())
        .isEqualTo("owner");
    ola.goTo("Commands");
    assertThat(ola.button("New command")).hasCount(0);
    assertThat(ola.button("Tenant")).hasCount(0);
    assertThat(api(OWNER).post("/v1/tenants", "{\"id\":\"olas\"}").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("an operator changes over to another tenant, and what is made there is there alone")
  void operator() {
    var _ = made(client.post("/v1/tenants", "{\"id\":\"acme\",\"name\":\"Acme\"}"), "id");
    HubClient acme = client.forTenant("acme");
    Screen ana = browser.signedIn(People.ANA);
    ana.button("Tenant").click();
    ana.menuItem("Acme").click();
    ana.goTo("Connectors");
    assertThat(ana.text("Send your first event somewhere")).isVisible();
    ana.button("New Connector").first().click();
    ana.dialog().field("Connector Name").fill("Of Acme alone");
    ana.dialog().field("URL").fill(party.url("/acme"));
    ana.dialog().button("Create").click();
    ana.gear("Of Acme alone", "Test");
    ana.button("Test Connector").click();
    assertThat(party.await("/acme", 1)).hasSize(1);
    assertThat(acme.get("/v1/connectors").json().get("total").asInt()).isEqualTo(1);
    assertThat(client.get("/v1/connectors?q=Acme").json().get("total").asInt()).isZero();
    ana.go("/connectors/" + connector);
    assertThat(ana.text("This is not there any more.")).isVisible();
    ana.button("Tenant").click();
    ana.menuItem("default").click();
    ana.goTo("Connectors");
    assertThat(ana.row("Vendor")).isVisible();
    assertThat(ana.row("Of Acme alone")).hasCount(0);

    HubClient pia = api(POWER_USER).forTenant("acme");
    assertThat(pia.get("/v1/connectors").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("signing out everywhere, and another password, end the sessions in other windows")
  void otherWindows() {
    var _ = people.let(api(OWNER), "two@example.com", "viewer");
    Screen here = browser.signedIn("two@example.com");
    Screen there = browser.signedIn("two@example.com");
    here.goTo("Settings");
    here.tab("Your account").click();
    here.field("Password now").fill(People.PASSWORD);
    here.field("New password").fill("six words are better than four");
    here.button("Change the password").click();
    assertThat(here.text("Your password is changed.")).isVisible();
    there.menu("Events").click();
    assertThat(there.dialog().text("Your session has ended.")).isVisible();
    there.dialog().field("Password").fill("six words are better than four");
    there.dialog().button("Sign in").click();
    assertThat(there.text("invoice.paid").first()).isVisible();
    here.goTo("Events");

    here.button("two").click();
    here.menuItem("Sign out everywhere").click();
    assertThat(here.heading("Sign in")).isVisible();
    there.menu("Deliveries").click();
    assertThat(there.dialog().text("Your session has ended.")).isVisible();
  }
}
