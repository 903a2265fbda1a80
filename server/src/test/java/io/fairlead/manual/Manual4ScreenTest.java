package io.fairlead.manual;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manual 4's web requests, typed in a browser as they are written, up to what the third party got
/// and what came back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Manual4ScreenTest {
  private static final String POWER_USER = "pia@example.com";
  private static final String URL = "URL (tokens allowed)";
  private static final String BODY =
      "Raw request body, for example form data or JSON content (tokens allowed)";
  private static final byte[] PDF =
      "%PDF-1.7\nan invoice\n\0\u0001\u00ff%%EOF".getBytes(StandardCharsets.ISO_8859_1);

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient user;

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private Screen pia;

  Manual4ScreenTest() {
    var people = new People(hub);
    user = people.let(people.first(), POWER_USER, "power_user");
  }

  @BeforeEach
  void logInWithNothingBound() {
    var _ = user.delete("/v1/commands/GetInvoiceImage/binding");
    var _ = user.delete("/v1/commands/LoginWithToken/binding");
    pia = browser.signedIn(POWER_USER);
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private static Answer pdf() {
    return Answer.status(200).body("application/pdf", PDF);
  }

  private void open(String command) {
    pia.goTo("Commands");
    pia.link(command).click();
    assertThat(pia.heading(command)).isVisible();
  }

  private void type(Screen where, String method, String path) {
    where.field("Method").selectOption(method);
    where.field(URL).fill(party.url(path));
  }

  private void bind(String command) {
    pia.button("Bind " + command).click();
    isSaved();
  }

  private void isSaved() {
    assertThat(pia.text("All is saved.")).isVisible();
  }

  /// Runs it for that invoice, and gives what is shown of the answer.
  private Screen run(String invoice) {
    pia.tab("Run it").click();
    pia.field("InvoiceNumber").fill(invoice);
    return run();
  }

  private Screen run() {
    pia.button("Run").click();
    return pia.region("Answer");
  }

  private void isAnswered(Screen answer) {
    assertThat(answer.text("Answered")).isVisible();
  }

  /// What somebody has who keeps the document that came.
  private static byte[] saved(Screen answer, String file) throws IOException {
    Download download = answer.page().waitForDownload(() -> answer.link("Save as " + file).click());
    return Files.readAllBytes(download.path());
  }

  @Test
  @DisplayName(
      "4-01 4-02 4-03 4-05 4-06 4-07 4-09 4-10 GetInvoiceImage brings the invoice from one's own server")
  void viewTheInvoice() throws IOException {
    party.on("/items/INV0000001", pdf());
    open("GetInvoiceImage");
    pia.tab("Run it").click();
    assertThat(pia.text("Nobody is asked yet")).isVisible();
    pia.link("Bind it").click();
    pia.field(URL).fill(party.url("/items/{{InvoiceNumber"));
    pia.field(URL).blur(); // as long as tokens are offered, it is still being typed
    assertThat(pia.field(URL)).hasAttribute("aria-invalid", "true");
    pia.button("Bind GetInvoiceImage").click();
    assertThat(pia.text("to close the token that begins here").first()).isVisible();
    assertThat(pia.text("Not saved yet.")).isVisible();

    type(pia, "GET", "/items/{{InvoiceNumber}}");
    bind("GetInvoiceImage");
    assertThat(party.received("/items/INV0000001")).as("asked before anybody wants it").isEmpty();
    Screen answer = run("INV0000001");
    isAnswered(answer);
    assertThat(answer.all()).containsText("application/pdf");
    assertThat(answer.all().locator("iframe"))
        .hasAttribute("title", "The document GetInvoiceImage-INV0000001.pdf");
    assertThat(saved(answer, "GetInvoiceImage-INV0000001.pdf")).isEqualTo(PDF);

    Received got = party.await("/items/INV0000001", 1).getFirst();
    assertThat(got.method()).isEqualTo("GET");
    assertThat(got.target()).isEqualTo("/items/INV0000001");
  }

  @Test
  @DisplayName("4-04 the operator adds a command, and a tenant's power user binds it by themselves")
  void selfService() {
    Screen ana = browser.signedIn(People.ANA);
    ana.goTo("Commands");
    ana.button("New command").click();
    ana.field("Name").first().fill("GetStatement");
    ana.field("What it is for").fill("Shows a customer's statement.");
    ana.button("Add an input").click();
    ana.field("Name").last().fill("Customer");
    ana.field("It brings").selectOption("Nothing but that it worked");
    ana.button("Define command").click();
    assertThat(ana.heading("GetStatement")).isVisible();

    pia.goTo("Commands");
    assertThat(pia.button("New command")).hasCount(0);
    open("GetStatement");
    pia.tab("Definition").click();
    assertThat(pia.text("Only the operator of this hub changes what a command is.")).isVisible();
    assertThat(pia.button("Save command")).hasCount(0);
    pia.tab("Binding").click();
    type(pia, "POST", "/statements/{{Customer}}");
    bind("GetStatement");
    pia.tab("Run it").click();
    pia.field("Customer").fill("C-17");
    assertThat(run().text("It worked")).isVisible();
    assertThat(party.await("/statements/C-17", 1)).hasSize(1);
  }

  @Test
  @DisplayName(
      "4-11 4-12 4-14 4-15 4-16 4-17 4-18 4-19 4-22 the form example: typed with its tokens and headers, and a value does not break out")
  void formExample() {
    party.on("/items/a&b=c", pdf());
    open("GetInvoiceImage");
    Locator tokens = pia.group("Tokens of this command").all();
    assertThat(tokens).containsText("{{InvoiceNumber}}");
    type(pia, "POST", "/items/");
    pia.field(URL).press("End");
    pia.button("{{InvoiceNumber}}").click();
    assertThat(pia.field(URL)).hasText(party.url("/items/{{InvoiceNumber}}"));
    assertThat(pia.text("Additional data to be sent with a POST request.")).isVisible();
    pia.field(BODY).fill("key1=value1&key2={{InvoiceNumber}}");

    assertThat(pia.text("Additional headers to be sent with the request.")).isVisible();
    assertThat(pia.text("If your server requires the appropriate Content-Type header")).isVisible();
    pia.button("application/x-www-form-urlencoded").click();
    assertThat(pia.text(Pattern.compile("^Header Key$"))).isVisible();
    assertThat(pia.text(Pattern.compile("^Header Value$"))).isVisible();
    assertThat(pia.field("Header 1: Header Key")).hasValue("Content-Type");
    assertThat(pia.field("Header 1: Header Value")).hasText("application/x-www-form-urlencoded");
    pia.button("ADD HEADER").click();
    pia.field("Header 2: Header Key").fill("X-Invoice");
    pia.field("Header 2: Header Value").fill("{{InvoiceNumber}}");
    pia.button("ADD HEADER").click();
    pia.field("Header 3: Header Key").fill("X-Unwanted");
    pia.button("Remove header 3").click();
    assertThat(pia.field("Header 3: Header Key")).hasCount(0);
    bind("GetInvoiceImage");

    isAnswered(run("a&b=c"));
    Received got = party.received().getLast();
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(got.header("X-Invoice")).isEqualTo("a&b=c");
    assertThat(got.header("X-Unwanted")).isNull();
    assertThat(got.text()).isEqualTo("key1=value1&key2=a%26b%3Dc");
  }

  @Test
  @DisplayName("4-13 a value with everything that means something in a URL arrives as one segment")
  void encoded() {
    String value = "a b/c?d#e%f%2Fg+h&ä€😀";
    open("GetInvoiceImage");
    type(pia, "GET", "/segment/{{InvoiceNumber}}/end");
    assertThat(pia.text("Each value is encoded and arrives whole")).isVisible();
    bind("GetInvoiceImage");
    Screen answer = run(value);
    assertThat(answer.text("What the third party said").first()).isVisible();

    String target = party.received().getLast().target();
    assertThat(target).startsWith("/segment/").endsWith("/end");
    String segment = target.substring("/segment/".length(), target.length() - "/end".length());
    assertThat(segment).doesNotContain("/", "?", "#", " ");
    assertThat(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(value);
  }

  @Test
  @DisplayName("4-08 4-22 a token in other letters is told beside the URL, with the right one")
  void otherLetters() {
    open("LoginWithToken");
    assertThat(pia.group("Tokens of this command").all()).containsText("{{Token}}");
    assertThat(pia.group("Tokens of this command").all()).containsText("are case-sensitive");
    type(pia, "GET", "/login/{{token}}");
    assertThat(pia.text("There is no token; did you mean Token?").first()).isVisible();
    pia.button("Bind LoginWithToken").click();
    assertThat(pia.field(URL)).hasAttribute("aria-invalid", "true");
    assertThat(pia.text("Not saved yet.")).isVisible();
    pia.field(URL).fill(party.url("/login/{{Token}}"));
    bind("LoginWithToken");
    pia.tab("Run it").click();
    pia.field("Token").fill("token");
    var _ = run();
    assertThat(party.await("/login/token", 1)).hasSize(1);
  }

  @Test
  @DisplayName("4-16 4-20 the JSON example is valid JSON for text, quotes, numbers and line ends")
  void jsonExample() {
    HubClient operator = hub.client();
    assertThat(
            operator
                .post(
                    "/v1/commands",
                    """
                    {"name":"TellThem","sentence":"Tells them.","answer":{"type":"nothing"},
                     "inputs":[{"name":"TokenName","type":"text"},{"name":"Amount","type":"number"}]}
                    """)
                .status())
        .isEqualTo(201);
    open("TellThem");
    type(pia, "POST", "/json");
    pia.field(BODY).fill("{\"key1\":\"value1\",\"key2\": {{TokenName}},\"key3\": {{Amount}}}");
    pia.button("application/json").click();
    bind("TellThem");
    pia.tab("Run it").click();
    pia.field("TokenName").fill("a \"quote\" \\ and 7");
    pia.field("Amount").fill("1.10");
    assertThat(run().text("It worked")).isVisible();
    var lineEnd =
        user.post(
            "/v1/commands/TellThem/run", "{\"inputs\":{\"TokenName\":\"a\\nb\",\"Amount\":-7}}");
    assertThat(lineEnd.status()).as("%s", lineEnd).isEqualTo(204);

    assertThat(party.received("/json"))
        .extracting(Received::text)
        .containsExactly(
            "{\"key1\":\"value1\",\"key2\": \"a \\\"quote\\\" \\\\ and 7\",\"key3\": 1.10}",
            "{\"key1\":\"value1\",\"key2\": \"a\\nb\",\"key3\": -7}");
    assertThat(party.received("/json"))
        .extracting(got -> got.header("Content-Type"))
        .containsOnly("application/json");
  }

  @Test
  @DisplayName("4-14 4-21 a body goes with POST; when the method becomes GET none is sent")
  void noBodyWithGet() {
    party.on("/bodies", pdf());
    open("GetInvoiceImage");
    type(pia, "POST", "/bodies");
    pia.field(BODY).fill("invoice {{InvoiceNumber}}");
    bind("GetInvoiceImage");
    isAnswered(run("INV1"));
    pia.tab("Binding").click();
    pia.field("Method").selectOption("GET");
    assertThat(pia.text("GET sends no body.")).isVisible();
    assertThat(pia.field(BODY)).hasCount(0);
    pia.button("Save").click();
    isSaved();
    isAnswered(run("INV1"));

    assertThat(party.received("/bodies"))
        .extracting(Received::method, Received::text, got -> got.header("Content-Length"))
        .containsExactly(tuple("POST", "invoice INV1", "12"), tuple("GET", "", null));
  }

  @Test
  @DisplayName("4-23 LoginWithToken: a one-time token out, ContactId or ContactEmail back")
  void loginWithToken() {
    party.on(
        "/login",
        Answer.status(200).json("{\"ContactId\": 17}"),
        Answer.status(200).json("{\"ContactEmail\": \"eva@example.com\"}"),
        Answer.status(200).json("{\"Contact\": 17}"));
    open("LoginWithToken");
    type(pia, "POST", "/login");
    pia.field("How the body is made").selectOption("JSON");
    pia.button("Add JSON data").click();
    pia.field("Data 1: Name").fill("token");
    pia.field("Data 1: Value").fill("{{Token}}");
    bind("LoginWithToken");
    pia.tab("Run it").click();
    pia.field("Token").fill("4f9c");
    assertThat(run().all()).containsText("\"ContactId\": 17");
    assertThat(run().all()).containsText("\"ContactEmail\": \"eva@example.com\"");
    assertThat(run().all()).containsText("The third party's JSON is not what the command takes.");

    assertThat(party.received("/login"))
        .extracting(Received::text)
        .containsExactly("{\"token\":\"4f9c\"}", "{\"token\":\"4f9c\"}", "{\"token\":\"4f9c\"}");
  }

  @Test
  @DisplayName(
      "4-24 a second source is asked when the first finds nothing; their order can be turned")
  void fallBack() throws IOException {
    party.on("/old", Answer.status(404));
    party.on("/new", pdf());
    open("GetInvoiceImage");
    type(pia, "GET", "/old");
    pia.button("Ask another when this one finds nothing").click();
    pia.menuItem("A web request").click();
    type(pia.region("Target 2"), "GET", "/new");
    bind("GetInvoiceImage");
    Screen answer = run("INV7");
    isAnswered(answer);
    assertThat(saved(answer, "GetInvoiceImage-INV7.pdf")).isEqualTo(PDF);
    answer.link("Look at the run").click();
    assertThat(pia.region("Target 1").all()).containsText("404");
    assertThat(pia.region("Target 2").all()).containsText("200");
    assertThat(party.received("/old")).hasSize(1);
    assertThat(party.received("/new")).hasSize(1);

    open("GetInvoiceImage");
    pia.button("Ask target 2 earlier").click();
    assertThat(pia.region("Target 1").field(URL)).hasText(party.url("/new"));
    pia.button("Save").click();
    isSaved();
    isAnswered(run("INV7"));
    assertThat(party.received("/new")).hasSize(2);
    assertThat(party.received("/old")).as("not asked in vain").hasSize(1);
  }
}
