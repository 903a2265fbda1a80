package io.fairlead.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Screen;
import io.fairlead.TestBrowser;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.api.HubClient;
import io.fairlead.api.People;
import io.fairlead.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Calling off what waits, in the console.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CancelWalkTest {
  private final TestHub hub = TestHub.start(Dialect.SQLITE);
  private final ThirdParty party = ThirdParty.open();
  private final HubClient client = hub.client();

  @RegisterExtension final TestBrowser browser = TestBrowser.at(hub);

  CancelWalkTest() {
    new People(hub).makeFirst();
    party.on("/busy", ThirdParty.Answer.status(503));
    connector("Good", "/good", "a.good");
    connector("Busy", "/busy", "a.busy");
  }

  @AfterAll
  void stop() {
    hub.close();
    party.close();
  }

  private void connector(String name, String path, String type) {
    var made =
        client.post(
            "/v1/connectors",
            "{\"name\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"triggers\":[{\"eventType\":\"%s\"}]}"
                .formatted(name, party.url(path), type));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  private String delivery(String type, String state) {
    var sent = client.post("/v1/events", "{\"type\":\"%s\",\"data\":{}}".formatted(type));
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    String list =
        "/v1/deliveries?event=%s&state=%s".formatted(sent.json().get("id").asString(), state);
    TestHub.await("it is " + state, () -> !client.get(list).json().get("data").isEmpty());
    return client.get(list).json().at("/data/0/id").asString();
  }

  private String state(String delivery) {
    return client.get("/v1/deliveries/" + delivery).json().get("state").asString();
  }

  @Test
  @DisplayName("chosen deliveries are cancelled, with a result for each")
  void chosenOnes() {
    String good = delivery("a.good", "SUCCEEDED");
    String busy = delivery("a.busy", "RETRYING");
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/deliveries");
    ana.field("Choose a.good to Good").first().check();
    ana.field("Choose a.busy to Busy").first().check();
    ana.button("Cancel").click();
    ana.dialog().button("Cancel 2 deliveries").click();

    assertThat(ana.dialog().heading("What became of each")).isVisible();
    assertThat(ana.dialog().text("The delivery is SUCCEEDED: there is nothing left to cancel."))
        .isVisible();
    ana.dialog().button("Close").last().click();
    assertThat(state(busy)).isEqualTo("CANCELLED");
    assertThat(state(good)).isEqualTo("SUCCEEDED");
  }

  @Test
  @DisplayName("a delivery is cancelled on its page, and can't be when it has ended")
  void one() {
    String busy = delivery("a.busy", "RETRYING");
    Screen ana = browser.signedIn(People.ANA);
    ana.go("/deliveries/" + busy);
    ana.button("Cancel").click();
    ana.dialog().button("Cancel this delivery").click();

    assertThat(ana.text("It is cancelled.")).isVisible();
    assertThat(ana.button("Cancel")).hasCount(0);
    assertThat(state(busy)).isEqualTo("CANCELLED");
  }
}
