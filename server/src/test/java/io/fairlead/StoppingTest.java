package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.api.HubClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// SIGTERM to a real process.
final class StoppingTest {
  private final ThirdParty party = ThirdParty.open();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    party.close();
  }

  @Test
  void callsGetTenSecondsAndTheRestIsCutRecordedAndMadeAgain() {
    var finish = new CountDownLatch(1);
    party
        .on("/hang", Answer.hang(), Answer.ok())
        .on(
            "/slow",
            (request, out, itself) -> {
              try {
                finish.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return Answer.ok().to(request, out, itself);
            });
    try (var hub = HubProcess.start(HubProcess.settings(folder, null)).awaitReady()) {
      connector(hub.client(), "hang");
      connector(hub.client(), "slow");
      event(hub.client(), "hang", 202);
      event(hub.client(), "slow", 202);
      var _ = party.await("/hang", 1);
      var _ = party.await("/slow", 1);

      long start = System.nanoTime();
      hub.terminate();
      TestHub.await("no event is taken", () -> takesNoEvent(hub));
      assertThat(hub.isAlive()).isTrue();
      finish.countDown();

      assertThat(hub.awaitExit()).as(hub.output()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(25));
      assertThat(hub.output()).contains("stopped");
    }
    assertThat(party.received("/hang")).hasSize(1);

    try (var hub = HubProcess.start(HubProcess.settings(folder, null)).awaitReady()) {
      TestHub.await("what was cut is made again", () -> isIn(hub, "SUCCEEDED", 2));
      assertThat(party.received("/slow")).hasSize(1);
      var calls = party.received("/hang");
      assertThat(calls).hasSize(2);
      String id = String.valueOf(calls.getFirst().header("webhook-id"));
      assertThat(calls.getLast().header("webhook-id")).isEqualTo(id);
      JsonNode delivery = hub.client().get("/v1/deliveries/" + id).json();
      JsonNode cut = delivery.get("attempts").get(0);
      assertThat(cut.get("errorClass").asString()).isEqualTo("BROKEN");
      assertThat(cut.get("error").asString()).isEqualTo("The hub was stopped during the call.");
      assertThat(delivery.get("attempts")).hasSize(2);
    }
  }

  @Test
  void anIdleHubStopsAtOnceWithStatusZero() {
    try (var hub = HubProcess.start(HubProcess.settings(folder, null)).awaitReady()) {
      long start = System.nanoTime();
      hub.terminate();
      assertThat(hub.awaitExit()).as(hub.output()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }
  }

  private static boolean takesNoEvent(HubProcess hub) {
    try {
      return hub.client().post("/v1/events", "{\"type\":\"nobody\",\"data\":{}}").status() == 503;
    } catch (UncheckedIOException e) {
      return true;
    }
  }

  private static boolean isIn(HubProcess hub, String state, int count) {
    return hub.client().get("/v1/deliveries?state=" + state).json().get("data").size() == count;
  }

  private void connector(HubClient client, String name) {
    var answer =
        client.post(
            "/v1/connectors",
            """
            {"name": "%1$s", "method": "POST", "url": "%2$s", "triggers": [{"eventType": "%1$s"}],
             "policy": {"timeout": "60s", "retrySchedule": ["1s", "1s"]}}
            """
                .formatted(name, party.url("/" + name)));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
  }

  private static void event(HubClient client, String type, int status) {
    var answer = client.post("/v1/events", "{\"type\":\"%s\",\"data\":{}}".formatted(type));
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
  }
}
