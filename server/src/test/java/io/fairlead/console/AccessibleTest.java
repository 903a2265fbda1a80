package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every page and dialog as axe sees it, the checker of the Web Content Accessibility Guidelines:
/// nothing that it calls serious or critical. And nothing there lacks its style.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibleTest {
  private static final Path AXE =
      Path.of("..", "console", "node_modules", "axe-core", "axe.min.js");
  private static final String FINDINGS =
      """
      async (rules) => {
        const { violations } = await axe.run(document, {
          resultTypes: ['violations'], elementRef: true, preload: false, ...rules && { runOnly: rules } })
        // The choices of a field are scrolled by walking along them with the arrow keys.
        const scrolled = (v, n) =>
          v.id === 'scrollable-region-focusable' && n.element.closest('[role=listbox]')
        return violations
          .filter((v) => v.impact === 'serious' || v.impact === 'critical')
          .flatMap((v) => v.nodes.filter((n) => !scrolled(v, n)).map((n) => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary}`))
      }
      """;

  /// Waits from frame to frame, up to a quarter of a minute, until a theme is shown, nothing is
  /// still being fetched and colours have changed over, which takes a frame or two. The page's
  /// policy keeps out what Playwright has for this.
  private static final String SETTLED =
      """
      (theme) => new Promise((done, fail) => {
        const end = performance.now() + 15000
        let still = 0
        const look = () => {
          const settled =
            document.querySelector('h1, h2')?.checkVisibility() &&
            document.documentElement.dataset.mantineColorScheme === theme &&
            !document.querySelector('[aria-busy=true], [data-stale=true], .mantine-Skeleton-root')
          const fading = document.getAnimations().some((a) => a instanceof CSSTransition && a.playState === 'running')
          still = settled && !fading ? still + 1 : 0
          if (still > 2) done()
          else if (performance.now() > end) fail(new Error(`${location.href} did not settle`))
          else requestAnimationFrame(look)
        }
        look()
      })
      """;

  /// Classes of Mantine's parts that no rule of a stylesheet names: its styles are chosen by hand.
  private static final String UNSTYLED =
      """
      () => {
        const rules = (all) => [...all].flatMap((r) => [r.selectorText ?? '', ...rules(r.cssRules ?? [])])
        const styled = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules)).join(' ')
        const drawn = [...document.querySelectorAll('[class*=m_]')].flatMap((e) => [...e.classList])
        return [...new Set(drawn)]
          .filter((c) => /^m_[0-9a-f]+$/.test(c) && !styled.includes(c))
          .map((c) => `${c} of ${document.querySelector('.' + c).className} has no style`)
      }
      """;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final String axe = axe();
  private final List<Place> places = new ArrayList<>();

  /// Where axe looks.
  ///
  /// @param what what is open over the page, for the message
  /// @param open opens it
  private record Place(String path, String what, Consumer<Screen> open) {}

  private void page(String path) {
    places.add(new Place(path, "", screen -> {}));
  }

  private void dialog(String path, String what, Consumer<Screen> open) {
    places.add(
        new Place(
            path,
            what,
            screen -> {
              open.accept(screen);
              assertThat(screen.dialog().all()).isVisible();
            }));
  }

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  AccessibleTest() {
    new People(hub).makeFirst();
    party.on("/hook", Answer.status(200).json("{\"id\":17}"), Answer.status(500).json("{}"));
    String connector =
        made(
            "/v1/connectors",
            """
            {"name":"Vendor","method":"POST","url":"%s?n={{InvoiceNumber}}",
             "headers":[{"name":"X-One","value":"{{InvoiceNumber}}"}],
             "body":{"type":"json","fields":[{"name":"n","value":"{{InvoiceNumber}}"}]},
             "authorization":{"kind":"basic","username":"u","password":"secret"},
             "triggers":[{"eventType":"*"}]}
            """
                .formatted(party.url("/hook")));
    String adaptor =
        made(
            "/v1/adaptors",
            "{\"name\":\"Leads\",\"rows\":[{\"source\":\"InvoiceNumber\",\"target\":\"number\",\"section\":\"Lead Fields\"}]}");
    String authorization =
        made(
            "/v1/authorizations",
            "{\"name\":\"Token\",\"kind\":\"bearer\",\"token\":\"t0ken\",\"hosts\":[\"127.0.0.1\"]}");
    String event = event();
    var _ = party.await("/hook", 1);
    String second = event();
    var _ = party.await("/hook", 2);
    String delivery =
        client.get("/v1/deliveries?event=" + second).json().at("/data/0/id").asString();
    String run = run();
    List.of(
            "/",
            "/connectors",
            "/connectors/new",
            "/connectors/new?from=template",
            "/connectors/new?from=curl",
            "/connectors/new?from=import",
            "/adaptors",
            "/adaptors/new",
            "/adaptors/" + adaptor,
            "/authorizations",
            "/authorizations/new",
            "/authorizations/" + authorization,
            "/commands",
            "/commands/new",
            "/commands/GetInvoiceImage",
            "/commands/LoginWithToken",
            "/commands/LoginWithToken?tab=run",
            "/commands/LoginWithToken?tab=runs",
            "/commands/LoginWithToken?tab=definition",
            "/runs",
            "/runs/" + run,
            "/events",
            "/events/" + event,
            "/deliveries",
            "/deliveries/" + delivery,
            "/docs",
            "/help",
            "/search",
            "/search?q=Vendor",
            "/search?q=INV0000001&in=data",
            "/deliveries/dlv_0123456789abc",
            "/no/such/page")
        .forEach(this::page);
    for (String tab :
        List.of(
            "general",
            "request",
            "adaptor",
            "triggers",
            "response",
            "policy",
            "test",
            "logs",
            "revisions")) {
      page("/connectors/" + connector + "?tab=" + tab);
    }
    for (String part : List.of("users", "keys", "audit", "egress", "account")) {
      page("/settings?part=" + part);
    }
    dialogs(connector, adaptor, authorization, delivery);
  }

  private void dialogs(String connector, String adaptor, String authorization, String delivery) {
    String attempt =
        client.get("/v1/deliveries/" + delivery).json().at("/attempts/0/id").asString();
    Consumer<Screen> none = screen -> {};
    dialog("/connectors?edit=new", "editor", none);
    dialog("/connectors?edit=" + connector, "editor", none);
    dialog("/connectors", "keys", ana -> ana.button("Keyboard shortcuts and help").click());
    dialog("/connectors", "search", ana -> ana.button("Search").click());
    dialog("/connectors", "deleting", ana -> ana.gear("Vendor", "Delete"));
    dialog(
        "/connectors",
        "disabling",
        ana -> {
          ana.field("Choose Vendor").check();
          ana.button("Disable").click();
        });
    places.add(new Place("/connectors", "gear", ana -> ana.button("Actions for Vendor").click()));
    places.add(new Place("/connectors", "user", ana -> ana.button("Ana").click()));
    dialog("/connectors/%s?tab=logs&attempt=%s".formatted(connector, attempt), "Input data", none);
    dialog("/events?send=new", "sending", none);
    dialog("/deliveries/" + delivery, "cancelling", ana -> ana.button("Cancel").click());
    dialog("/adaptors/" + adaptor, "deleting", ana -> ana.button("Delete").click());
    places.add(
        new Place(
            "/adaptors/" + adaptor,
            "date format",
            ana -> ana.button("Row 1: set date format").click()));
    dialog("/authorizations/" + authorization, "rotating", ana -> ana.button("Rotate").click());
    dialog("/authorizations/" + authorization, "deleting", ana -> ana.button("Delete").click());
    dialog("/commands/LoginWithToken", "unbinding", ana -> ana.button("Unbind …").click());
    places.add(
        new Place(
            "/commands/LoginWithToken?tab=run",
            "answer",
            ana -> {
              ana.field("Token").fill("4f9c");
              ana.button("Run").click();
              assertThat(ana.text("Answered")).isVisible();
            }));
    dialog("/settings?part=users", "inviting", ana -> ana.button("Invite").click());
    dialog("/settings?part=keys", "new key", ana -> ana.button("New API key").first().click());
  }

  /// A run of a command that is bound, in the log.
  private String run() {
    party.on("/login", Answer.status(200).json("{\"ContactId\":17}"));
    assertThat(
            client
                .put(
                    "/v1/commands/LoginWithToken/binding",
                    "{\"targets\":[{\"method\":\"GET\",\"url\":\"%s?t={{Token}}\"}]}"
                        .formatted(party.url("/login")))
                .status())
        .isEqualTo(201);
    String id =
        String.valueOf(
            client
                .post("/v1/commands/LoginWithToken/run", "{\"inputs\":{\"Token\":\"4f9c\"}}")
                .header("Fairlead-Run"));
    TestHub.await("the run is logged", () -> client.get("/v1/runs/" + id).status() == 200);
    return id;
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static String axe() {
    try {
      return Files.readString(AXE);
    } catch (IOException e) {
      throw new UncheckedIOException("axe is not there: npm ci in console brings it", e);
    }
  }

  private String made(String path, String json) {
    var answer = client.post(path, json);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private String event() {
    var answer =
        client.post(
            "/v1/events",
            "{\"type\":\"invoice.paid\",\"key\":\"K-1\",\"data\":{\"InvoiceNumber\":\"INV0000001\",\"amount\":119.50}}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  /// What axe finds in light and, on the same page, in dark, where nothing but colours differs.
  private List<String> inBothThemes(Screen screen) {
    awaitSettled(screen, ColorScheme.LIGHT);
    var _ = screen.page().evaluate(axe);
    List<String> all = new ArrayList<>(findings(screen, null));
    all.addAll(strings(screen.page().evaluate(UNSTYLED)));
    show(screen, ColorScheme.DARK);
    findings(screen, List.of("color-contrast")).forEach(one -> all.add("in dark " + one));
    show(screen, ColorScheme.LIGHT);
    return all;
  }

  private static List<String> findings(Screen screen, @Nullable List<String> rules) {
    return strings(screen.page().evaluate(FINDINGS, rules));
  }

  private static List<String> strings(Object list) {
    return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
  }

  private static void show(Screen screen, ColorScheme theme) {
    screen
        .page()
        .emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE));
    awaitSettled(screen, theme);
  }

  private static void awaitSettled(Screen screen, ColorScheme theme) {
    var _ = screen.page().evaluate(SETTLED, theme.name().toLowerCase(Locale.ROOT));
  }

  @Test
  @DisplayName("axe finds nothing serious on any page or dialog, in light and dark")
  void nothingSerious() {
    Screen ana = browser.stranger();
    ana.go("/sign-in");
    show(ana, ColorScheme.LIGHT);
    List<String> all = new ArrayList<>();
    for (String path : List.of("/setup?token=a", "/sign-in")) {
      ana.go(path);
      inBothThemes(ana).forEach(one -> all.add(path + " " + one));
    }
    ana.signIn(People.ANA, People.PASSWORD);
    ana.menu("Connectors").waitFor();
    for (Place place : places) {
      ana.go(place.path());
      place.open().accept(ana);
      inBothThemes(ana)
          .forEach(one -> all.add("%s %s: %s".formatted(place.path(), place.what(), one)));
    }
    assertThat(all).isEmpty();
  }
}
