package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.ThirdParty.Received;
import io.fairlead.api.HubClient;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The database is full or away while the hub runs: nothing is promised, nothing promised is lost,
/// nothing is called twice, and all goes on by itself afterwards.
final class StoreOutageTest {
  private final ThirdParty party = ThirdParty.open();
  private final CountDownLatch finish = new CountDownLatch(1);
  private final Set<String> accepted = new HashSet<>();
  private int sent;

  @AfterEach
  void close() {
    finish.countDown();
    party.close();
  }

  @Test
  void aFullSqliteDatabase() {
    try (var hub = TestHub.start(Dialect.SQLITE)) {
      beginCall(hub);
      pragma(hub, "PRAGMA max_page_count = 1");
      sendUntilRefused(hub, 200_000);
      finish.countDown();
      pragma(hub, "PRAGMA max_page_count = 1000000000");
      goesOn(hub);
    }
  }

  @Test
  void aPostgresqlThatIsStoppedAndStartedAgain(@TempDir Path folder, @TempDir Path data)
      throws IOException {
    EmbeddedPostgres server = TestStores.start(0, data, true);
    int port = server.getPort();
    String url = server.getJdbcUrl("postgres", "postgres");
    try (var hub = TestHub.start(folder, url)) {
      beginCall(hub);
      server.close();
      sendUntilRefused(hub, 100);
      holdsOut(hub);
      server = TestStores.start(port, data, true);
      goesOn(hub);
    } finally {
      server.close();
    }
  }

  /// Two calls are under way when the database goes: one whose outcome can't be written then, and
  /// one that is still under way when it is back.
  private void beginCall(TestHub hub) {
    party.on("/early", (request, out, itself) -> await(finish, request, out, itself));
    party.on("/late", Answer.held(Answer.ok()));
    // Outcomes that are written would make room.
    party.on("/rest", Answer.held(Answer.ok()));
    for (String name : new String[] {"early", "late", "rest"}) {
      var made =
          hub.client()
              .post(
                  "/v1/connectors",
                  """
                  {"name": "%1$s", "method": "POST", "url": "%2$s",
                   "triggers": [{"eventType": "%1$s"}]}
                  """
                      .formatted(name, party.url("/" + name)));
      assertThat(made.status()).as("%s", made).isEqualTo(201);
    }
    for (String name : new String[] {"early", "late"}) {
      assertThat(send(hub, name, 100).status()).isEqualTo(202);
      var _ = party.await("/" + name, 1);
    }
  }

  private static boolean await(
      CountDownLatch latch, Received request, OutputStream out, ThirdParty itself)
      throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    // An answer that takes room in the log.
    return Answer.status(200).json("[" + "1,".repeat(30_000) + "1]").to(request, out, itself);
  }

  private HubClient.Answer send(TestHub hub, String type, int size) {
    String body =
        "{\"id\":\"event-%d\",\"type\":\"%s\",\"data\":{\"fill\":\"%s\"}}"
            .formatted(++sent, type, "x".repeat(size));
    HubClient.Answer answer = hub.client().post("/v1/events", body);
    if (answer.status() == 202) {
      accepted.add(answer.json().get("id").asString());
    }
    return answer;
  }

  private void sendUntilRefused(TestHub hub, int size) {
    HubClient.Answer answer = send(hub, "rest", size);
    for (int i = 0; i < 1_000 && answer.status() == 202; i++) {
      answer = send(hub, "rest", size);
    }
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotNull();
    assertThat(answer.json().get("type").asString())
        .isEqualTo("https://fairlead.io/problems/unavailable");
  }

  private void holdsOut(TestHub hub) {
    TestHub.await("the hub is not ready", () -> hub.client().get("/readyz").status() == 503);
    assertThat(hub.client().get("/healthz").status()).isEqualTo(200);
    finish.countDown();
    // The attempt's outcome is tried to be written, and tried again, some times over.
    long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    TestHub.await(
        "three seconds are over",
        () -> {
          assertThat(party.received("/early")).hasSize(1);
          assertThat(send(hub, "rest", 100).status()).isEqualTo(503);
          return System.nanoTime() > until;
        });
    assertThat(hub.client().get("/readyz").status()).isEqualTo(503);
  }

  private void goesOn(TestHub hub) {
    TestHub.await("the hub is ready again", () -> hub.client().get("/readyz").status() == 200);
    party.release();
    TestHub.await("events are taken again", () -> send(hub, "rest", 100).status() == 202);
    TestHub.await("nothing is under way", () -> unfinished(hub) == 0);

    for (String name : new String[] {"early", "late"}) {
      assertThat(party.received("/" + name)).as(name).hasSize(1);
    }
    var arrived = new HashSet<String>();
    for (Received one : party.received()) {
      String id = JsonMapper.shared().readTree(one.body()).get("id").asString();
      assertThat(arrived.add(id)).as("%s came once", id).isTrue();
    }
    // An event that was answered 503 may have been stored all the same.
    assertThat(arrived).containsAll(accepted);
  }

  private static int unfinished(TestHub hub) {
    return hub.client()
        .get("/v1/deliveries?state=WAITING&state=SENDING&state=RETRYING&state=FAILED&state=HELD")
        .json()
        .get("data")
        .size();
  }

  private static void pragma(TestHub hub, String pragma) {
    long pages =
        hub.hub().database().write(handle -> handle.createQuery(pragma).mapTo(Long.class).one());
    assertThat(pages).isPositive();
  }
}
