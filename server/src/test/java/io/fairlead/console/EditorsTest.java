package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that can go wrong with a save, in every editor beside the connector's own: it is told
/// in words, and what was typed is still there and can be saved.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EditorsTest {
  private static final String POWER_USER = "pia@example.com";

  /// What is edited, by the name that the field has for it.
  enum Editor {
    ADAPTOR(
        "adaptor",
        "/v1/adaptors",
        "{\"name\":\"%s\",\"rows\":[{\"source\":\"a\",\"target\":\"b\"}]}",
        "Name",
        "name",
        "Save Adaptor"),
    AUTHORIZATION(
        "authorization",
        "/v1/authorizations",
        "{\"name\":\"%s\",\"kind\":\"bearer\",\"token\":\"t0ken\",\"hosts\":[\"api.example.com\"]}",
        "Name",
        "name",
        "Save Authorization"),
    BINDING(
        "binding",
        "/v1/commands/GetInvoiceImage/binding",
        "{\"deadline\":\"5s\",\"targets\":[{\"method\":\"GET\",\"url\":\"https://api.example.com/\"}]}",
        "Deadline",
        "deadline",
        "Save"),
    COMMAND(
        "command",
        "/v1/commands",
        "{\"name\":\"GetIt\",\"sentence\":\"%s\",\"inputs\":[],\"answer\":{\"type\":\"nothing\"}}",
        "What it is for",
        "sentence",
        "Save command");

    private final String noun;
    private final String api;
    private final String document;
    private final String field;
    private final String member;
    private final String save;

    Editor(String noun, String api, String document, String field, String member, String save) {
      this.noun = noun;
      this.api = api;
      this.document = document;
      this.field = field;
      this.member = member;
      this.save = save;
    }

    private String typed() {
      return this == BINDING ? "17s" : "Typed by Pia";
    }

    private String theirs() {
      return this == BINDING ? "29s" : "Changed by Eva";
    }
  }

  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  private final People people = new People(hub);

  EditorsTest() {
    var _ = people.let(people.first(), POWER_USER, "power_user");
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  /// Makes one, and gives its address in the API.
  private String made(Editor editor) {
    String document = editor.document.formatted("As it was");
    HubClient.Answer made =
        editor == Editor.BINDING
            ? client.put(editor.api, document)
            : client.post(editor.api, document);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return switch (editor) {
      case BINDING -> editor.api;
      case COMMAND -> editor.api + "/GetIt";
      case ADAPTOR, AUTHORIZATION -> editor.api + "/" + made.json().get("id").asString();
    };
  }

  private static String page(Editor editor, String api) {
    String path = api.substring("/v1".length());
    return switch (editor) {
      case BINDING -> path.substring(0, path.lastIndexOf('/'));
      case COMMAND -> path + "?tab=definition";
      case ADAPTOR, AUTHORIZATION -> path;
    };
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

  /// One person's work on one thing.
  private final class Work {
    private final Editor editor;
    private final String api;
    private final Screen screen;

    private Work(Editor editor, String api, Screen screen) {
      this.editor = editor;
      this.api = api;
      this.screen = screen;
    }

    private void type() {
      screen.go(page(editor, api));
      screen.field(editor.field).first().fill(editor.typed());
      assertThat(screen.text("Not saved yet.")).isVisible();
    }

    private void save() {
      screen.button(editor.save).click();
    }

    private void isStillTyped() {
      assertThat(screen.field(editor.field).first()).hasValue(editor.typed());
      assertThat(screen.text("Not saved yet.")).isVisible();
    }

    private void whileSaving(Consumer<Route> bad, String words) {
      String here = "**" + api;
      screen
          .page()
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
      assertThat(screen.text(words).first()).isVisible();
      isStillTyped();
      screen.page().unroute(here);
    }

    /// Everybody is signed out elsewhere in the moment in which the save is on its way.
    private void sessionEnds() {
      String here = "**" + api;
      screen
          .page()
          .route(
              here,
              route -> {
                if (route.request().method().equals("PUT")) {
                  signOutEverywhere();
                }
                route.resume();
              });
      save();
      Screen again = screen.dialog();
      assertThat(again.text("Your session has ended. Nothing on this page is lost")).isVisible();
      screen.page().unroute(here);
      again.field("Password").fill(People.PASSWORD);
      again.button("Sign in").click();
      isSaved();
    }

    private void signOutEverywhere() {
      HubClient elsewhere = people.signedIn(people.signIn(email(), People.PASSWORD));
      assertThat(elsewhere.delete("/v1/sessions").status()).isEqualTo(204);
    }

    private void isSaved() {
      assertThat(screen.text("Not saved yet.")).hasCount(0);
      TestHub.await("it is saved", () -> saved().equals(editor.typed()));
    }

    private String saved() {
      return client.get(api).json().get(editor.member).asString();
    }

    private String email() {
      return editor == Editor.COMMAND ? People.ANA : POWER_USER;
    }

    private void somebodyElseSaves() {
      var theirs = client.patch(api, "{\"%s\":\"%s\"}".formatted(editor.member, editor.theirs()));
      assertThat(theirs.status()).as("%s", theirs).isEqualTo(200);
    }

    private void isTold() {
      assertThat(screen.text("Somebody else has changed this %s meanwhile.".formatted(editor.noun)))
          .isVisible();
      assertThat(screen.text("They changed %s.".formatted(editor.field)).first()).isVisible();
    }
  }

  private Work work(Editor editor) {
    Screen screen = browser.signedIn(editor == Editor.COMMAND ? People.ANA : POWER_USER);
    return new Work(editor, made(editor), screen);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("down, 500, 429, 409, two at once and 401: told in words, and nothing typed is lost")
  void everythingGoesWrong(Editor editor) {
    Work pia = work(editor);
    pia.type();
    pia.whileSaving(Route::abort, "The hub does not answer. Nothing that you typed is lost");
    pia.whileSaving(answer(500, "No.", Map.of()), "Something went wrong in the hub");
    pia.whileSaving(
        answer(429, "Too many requests.", Map.of("Retry-After", "7")),
        "Too many requests. Try again in 7 seconds.");
    pia.whileSaving(
        answer(409, "Another one stands against it.", Map.of()), "Another one stands against it.");
    pia.somebodyElseSaves();
    pia.save();
    pia.isTold();
    pia.isStillTyped();
    assertThat(pia.saved()).isEqualTo(editor.theirs());
    pia.screen.button("Save mine over theirs").click();
    pia.isSaved();

    pia.somebodyElseSaves();
    pia.screen.page().reload();
    assertThat(pia.screen.field(editor.field).first()).hasValue(editor.theirs());
    pia.type();
    pia.sessionEnds();
    assertThat(client.delete(pia.api).status()).isEqualTo(204);
  }
}
