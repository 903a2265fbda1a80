package io.fairlead.manual;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manual 4's web request, typed in a browser as it is written, up to what the third party got.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual4ScreenTest {
  private static final String POWER_USER = "pia@example.com";

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Page page;

  Manual4ScreenTest() {
    var people = new People(hub);
    HubClient owner = people.first();
    var _ = people.let(owner, POWER_USER, "power_user");
  }

  @BeforeEach
  void signIn() {
    page = browser.signedIn(POWER_USER).page();
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator text(String label) {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  @Test
  @DisplayName(
      "4-11, 4-12, 4-14, 4-15, 4-17, 4-18, 4-22 the web request of a command is typed, with its tokens, bound and run")
  void webRequest() {
    page.navigate("/commands");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("GetInvoiceImage")).click();
    Locator tokens =
        page.getByRole(
            AriaRole.GROUP, new Page.GetByRoleOptions().setName("Tokens of this command"));
    assertThat(tokens).containsText("{{InvoiceNumber}}");

    page.getByLabel("Method", new Page.GetByLabelOptions().setExact(true)).selectOption("POST");
    text("URL (tokens allowed)").click();
    page.keyboard().type(party.url("/items/"));
    button("{{InvoiceNumber}}").click();
    assertThat(page.getByText("Additional data to be sent with a POST request.")).isVisible();
    text("Raw request body, for example form data or JSON content (tokens allowed)").click();
    page.keyboard().type("key1=value1&key2=");
    button("{{InvoiceNumber}}").click();

    assertThat(page.getByText("Additional headers to be sent with the request.")).isVisible();
    button("ADD HEADER").click();
    text("Header 1: Header Key").fill("Content-Type");
    text("Header 1: Header Value").click();
    page.keyboard().type("application/x-www-form-urlencoded");
    button("ADD HEADER").click();
    text("Header 2: Header Key").fill("X-Unwanted");
    button("Remove header 2").click();
    assertThat(text("Header 2: Header Key")).hasCount(0);

    button("Bind GetInvoiceImage").click();
    assertThat(page.getByText("All is saved.")).isVisible();

    party.on("/items/INV0000001", Answer.ok().json("{\"error\":\"no document\"}"));
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Run it")).click();
    button("Run").click();
    assertThat(page.getByText("What the third party said")).isVisible();

    Received got = party.await("/items/INV0000001", 1).getFirst();
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.path()).isEqualTo("/items/INV0000001");
    assertThat(got.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(got.text()).isEqualTo("key1=value1&key2=INV0000001");
  }

  @Test
  @DisplayName("4-08 a token in other letters is told beside the URL, with the right one")
  void otherLetters() {
    page.navigate("/commands/LoginWithToken");
    text("URL (tokens allowed)").click();
    page.keyboard().insertText("https://api.example.com/login/{{token}}");
    assertThat(page.getByText("There is no token; did you mean Token?").first()).isVisible();
  }
}
