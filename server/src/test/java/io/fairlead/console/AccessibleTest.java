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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page as axe sees it, the checker of the Web Content Accessibility Guidelines: nothing that
/// it calls serious or critical.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibleTest {
  private static final Path AXE =
      Path.of("..", "console", "node_modules", "axe-core", "axe.min.js");
  private static final String FINDINGS =
      """
      async () => {
        const { violations } = await axe.run(document, { resultTypes: ['violations'] })
        return violations
          .filter((v) => v.impact === 'serious' || v.impact === 'critical')
          .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary}`))
      }
      """;

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();
  private final String axe = axe();
  private final List<String> pages = new ArrayList<>();

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
    pages.addAll(
        List.of(
            "/",
            "/connectors",
            "/connectors?edit=new",
            "/connectors?edit=" + connector,
            "/connectors/new?from=template",
            "/connectors/new?from=curl",
            "/connectors/new?from=import"));
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
      pages.add("/connectors/" + connector + "?tab=" + tab);
    }
    pages.addAll(
        List.of(
            "/adaptors",
            "/adaptors/" + adaptor,
            "/authorizations",
            "/authorizations/" + authorization,
            "/authorizations/new",
            "/commands",
            "/commands/GetInvoiceImage",
            "/events",
            "/events?send=new",
            "/events/" + event,
            "/deliveries",
            "/deliveries/" + delivery,
            "/search",
            "/search?q=vendor",
            "/search?q=INV0000001&in=data&from=2020-01-01T00:00:00Z",
            "/help",
            "/docs"));
    for (String part : List.of("users", "keys", "audit", "egress", "account")) {
      pages.add("/settings?part=" + part);
    }
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

  private List<String> findings(Screen screen) {
    assertThat(screen.page().locator("h1, h2").first()).isVisible();
    assertThat(screen.page().locator("[aria-busy=true], [data-stale=true], .mantine-Skeleton-root"))
        .hasCount(0);
    var _ = screen.page().evaluate(axe);
    List<String> findings = new ArrayList<>();
    if (screen.page().evaluate(FINDINGS) instanceof List<?> all) {
      all.forEach(one -> findings.add(String.valueOf(one)));
    }
    return findings;
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  @DisplayName("axe finds nothing serious on any page")
  void nothingSerious(ColorScheme theme) {
    Screen ana = browser.stranger();
    ana.page()
        .emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE));
    List<String> all = new ArrayList<>();
    for (String path : List.of("/setup?token=a", "/sign-in")) {
      ana.go(path);
      findings(ana).forEach(one -> all.add(path + " " + one));
    }
    ana.signIn(People.ANA, People.PASSWORD);
    ana.menu("Connectors").waitFor();
    for (String path : pages) {
      ana.go(path);
      findings(ana).forEach(one -> all.add(path + " " + one));
    }
    ana.page().keyboard().press("Control+k");
    ana.dialog().field("Search").fill("INV");
    assertThat(ana.dialog().text("GetInvoiceImage")).isVisible();
    findings(ana).forEach(one -> all.add("the search " + one));
    assertThat(all).isEmpty();
  }
}
