package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.ThirdParty.Answer;
import io.fairlead.ThirdParty.Received;
import io.fairlead.storage.TestStores;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the hub at random moments under load, over and over on the same data: what was answered
/// 202 arrives, and what arrives twice is only what was under way at a kill.
final class CrashTest {
  private static final int SENDERS = 16;
  private static final int CONCURRENCY = 8;

  /// What a lane may have sent whose outcome is not yet committed, besides what is being sent.
  private static final int UNSETTLED = 512;

  /// An arrival before a kill by more than this had been settled, or the machine is broken.
  private static final Duration SHORTLY = Duration.ofSeconds(3);

  private record Arrival(String webhookId, long nanos) {}

  private record Kill(long began, long over) {}

  private final ThirdParty party = ThirdParty.open();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Map<Long, Queue<Arrival>> arrivals = new ConcurrentHashMap<>();
  private final Set<Long> promised = ConcurrentHashMap.newKeySet();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicInteger notPromised = new AtomicInteger();
  private final List<Kill> kills = new ArrayList<>();
  private volatile @Nullable URI target;
  private volatile boolean done;

  @AfterEach
  void close() {
    done = true;
    http.close();
    party.close();
  }

  @Test
  void nothingPromisedIsLostByTwentyKillsOnSqlite(@TempDir Path folder) {
    killOverAndOver(HubProcess.settings(folder, null), 20, new Random(20_260_302));
  }

  @Test
  void nothingPromisedIsLostByThreeKillsOnPostgresql(@TempDir Path folder) {
    killOverAndOver(
        HubProcess.settings(folder, TestStores.newPostgresql()), 3, new Random(20_260_303));
  }

  private void killOverAndOver(Map<String, String> settings, int times, Random random) {
    party.on("/count", this::count);
    startSenders();
    for (int i = 0; i < times; i++) {
      try (var hub = HubProcess.start(settings).awaitReady()) {
        if (i == 0) {
          addConnector(hub);
        }
        int before = promised.size();
        target = URI.create("http://127.0.0.1:" + hub.port() + "/v1/events");
        TestHub.await("some events are taken", () -> promised.size() > before);
        pause(Duration.ofMillis(50 + random.nextInt(700)));
        long began = System.nanoTime();
        hub.kill();
        kills.add(new Kill(began, System.nanoTime()));
        target = null;
      }
    }
    done = true;
    try (var hub = HubProcess.start(settings).awaitReady()) {
      TestHub.await("all that was promised arrives", () -> arrivals.keySet().containsAll(promised));
      TestHub.await("nothing waits any more", () -> isSettled(hub));
      long kept = arrivals.values().stream().mapToLong(Queue::size).sum();
      assertThat(promised).hasSizeGreaterThan(times * 10);
      checkRepeats();
      checkNothingComesAgain(settings, hub, kept);
    }
  }

  /// What is settled is not sent by the next start.
  private void checkNothingComesAgain(Map<String, String> settings, HubProcess hub, long kept) {
    hub.kill();
    try (var again = HubProcess.start(settings).awaitReady()) {
      assertThat(isSettled(again)).isTrue();
      assertThat(arrivals.values().stream().mapToLong(Queue::size).sum()).isEqualTo(kept);
    }
  }

  private static boolean isSettled(HubProcess hub) {
    return hub.client()
        .get("/v1/deliveries?state=WAITING&state=SENDING&state=RETRYING&state=FAILED&limit=1")
        .json()
        .get("data")
        .isEmpty();
  }

  private void addConnector(HubProcess hub) {
    var answer =
        hub.client()
            .post(
                "/v1/connectors",
                """
                {"name": "Count", "method": "POST", "url": "%s",
                 "triggers": [{"eventType": "load"}], "policy": {"concurrency": %d}}
                """
                    .formatted(party.url("/count"), CONCURRENCY));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
  }

  private boolean count(Received request, OutputStream out, ThirdParty itself) throws IOException {
    String text = request.text();
    int at = text.indexOf("\"n\":") + 4;
    long n = Long.parseLong(text.substring(at, text.indexOf('}', at)));
    arrivals
        .computeIfAbsent(n, any -> new ConcurrentLinkedQueue<>())
        .add(new Arrival(String.valueOf(request.header("webhook-id")), request.nanos()));
    return Answer.ok().to(request, out, itself);
  }

  private void startSenders() {
    for (int i = 0; i < SENDERS; i++) {
      var _ = Thread.ofVirtual().name("sender-", i).start(this::send);
    }
  }

  private void send() {
    while (!done) {
      URI to = target;
      if (to == null) {
        pause(Duration.ofMillis(5));
      } else {
        send(to, sequence.incrementAndGet());
      }
    }
  }

  private void send(URI to, long n) {
    String body = "{\"id\":\"load-%d\",\"type\":\"load\",\"data\":{\"n\":%d}}".formatted(n, n);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + TestHub.OPERATOR_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status == 202) {
        promised.add(n);
        return;
      }
      assertThat(status).isEqualTo(503);
    } catch (IOException e) {
      // The hub was killed: nothing was promised.
      pause(Duration.ofMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    notPromised.incrementAndGet();
  }

  private void checkRepeats() {
    var repeatsOfKill = new int[kills.size()];
    arrivals.forEach((n, all) -> {
      List<Arrival> inOrder = List.copyOf(all);
      for (int i = 1; i < inOrder.size(); i++) {
        assertThat(inOrder.get(i).webhookId()).isEqualTo(inOrder.get(0).webhookId());
        repeatsOfKill[killBetween(n, inOrder.get(i - 1), inOrder.get(i))]++;
      }
    });
    for (int repeats : repeatsOfKill) {
      assertThat(repeats).isLessThanOrEqualTo(CONCURRENCY + UNSETTLED);
    }
    int repeats = 0;
    for (int each : repeatsOfKill) {
      repeats += each;
    }
    System.out.printf(
        "%d kills: %d events promised, %d not, %d arrived, %d repeats%n",
        kills.size(), promised.size(), notPromised.get(), arrivals.size(), repeats);
  }

  /// The kill that explains a repeat: it came shortly after the one arrival and before the other.
  private int killBetween(long n, Arrival before, Arrival after) {
    for (int i = 0; i < kills.size(); i++) {
      Kill kill = kills.get(i);
      // What the hub had written to the socket may be read when it is gone already.
      boolean shortlyAfter =
          before.nanos() - kill.over() < SHORTLY.toNanos()
              && kill.began() - before.nanos() < SHORTLY.toNanos();
      if (shortlyAfter && after.nanos() > kill.began()) {
        return i;
      }
    }
    throw new AssertionError("event " + n + " came again, and no kill explains it");
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
