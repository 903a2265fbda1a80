package io.fairlead.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An answer that is taken piece by piece, from the client's side.
final class InflowTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock = new HandClock(0);
  private final Network network = Network.open(new Network.Settings(1, clock, List.of(), null));
  private final Loop loop = network.loops().getFirst();

  @AfterEach
  void close() {
    party.release();
    network.close();
    party.close();
  }

  private Outgoing ask(String method, String path) {
    return new Outgoing(
        method,
        false,
        "127.0.0.1",
        party.port(),
        HERE,
        path,
        List.of(),
        null,
        Duration.ofSeconds(30),
        Inflow.FIRST);
  }

  /// Opens a call and does that on the loop with what it came to.
  private CompletableFuture<Opening> open(Outgoing outgoing, Consumer<Opening> with) {
    var opening = new CompletableFuture<Opening>();
    loop.execute(() -> {
      var _ =
          network
              .client(loop)
              .open(
                  outgoing,
                  o -> {
                    with.accept(o);
                    if (!opening.complete(o)) {
                      throw new AssertionError("told twice");
                    }
                  });
    });
    return opening.orTimeout(20, TimeUnit.SECONDS);
  }

  private Opening.Opened opened(String method, String path) {
    return (Opening.Opened) open(ask(method, path), o -> {}).join();
  }

  private Opening.Broke broke(String path) {
    return (Opening.Broke) open(ask("GET", path), o -> {}).join();
  }

  private Reply collected(String path, int most) {
    var reply = new CompletableFuture<Reply>();
    var _ =
        open(
            ask("GET", path),
            o -> {
              if (o instanceof Opening.Opened opened) {
                opened.rest().collect(most, reply::complete);
              } else {
                reply.completeExceptionally(new AssertionError(o.toString()));
              }
            });
    return reply.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static Answer raw(String head, byte[] body, boolean kept) {
    return (request, out, p) -> {
      out.write(head.getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      return kept;
    };
  }

  @Test
  void saysOfAShortAnswerThatItIsComplete() {
    party.on("/", Answer.status(200).json("[1]"));
    Opening.Opened opened = opened("GET", "/");
    assertThat(opened.first()).isEqualTo("[1]".getBytes(ISO_8859_1));
    assertThat(opened.complete()).isTrue();
    assertThat(opened.declared()).isEqualTo(3);
    assertThat(opened("GET", "/").status()).isEqualTo(200);
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void saysOfALongOneWhatItsSenderDeclaredAndGivesTheFirstOfIt() {
    byte[] body = random(1 << 20);
    party.on("/", Answer.status(200).body("application/pdf", body));
    Opening.Opened opened = opened("GET", "/");
    assertThat(opened.first()).isEqualTo(Arrays.copyOf(body, Inflow.FIRST));
    assertThat(opened.complete()).isFalse();
    assertThat(opened.declared()).isEqualTo(1 << 20);
  }

  @Test
  void anAnswerToAHeadAnd204And304HaveNoBody() {
    party.on("/", Answer.status(200).body("application/pdf", random(10_000)));
    party.on("/204", Answer.status(204));
    party.on("/304", Answer.status(304));
    for (Opening.Opened opened :
        List.of(opened("HEAD", "/"), opened("GET", "/204"), opened("GET", "/304"))) {
      assertThat(opened.complete()).isTrue();
      assertThat(opened.first()).isEmpty();
    }
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void passesOverInterimAnswers() {
    party.on(
        "/",
        raw(
            String.join(
                "\r\n",
                List.of(
                    "HTTP/1.1 100 Continue",
                    "",
                    "HTTP/1.1 103 Early Hints",
                    "Link: a",
                    "",
                    "HTTP/1.1 200 OK",
                    "Content-Length: 5",
                    "",
                    "")),
            new byte[5],
            true));
    Opening.Opened opened = opened("GET", "/");
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.first()).hasSize(5);
  }

  @Test
  void whatFollowsALyingLengthIsNotTheNextAnswer() {
    party.on("/", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", random(50), true));
    party.on("/next", Answer.ok());
    assertThat(opened("GET", "/").first()).hasSize(5);
    assertThat(opened("GET", "/next").status()).isEqualTo(200);
    assertThat(party.received("/next").getFirst().connection()).isEqualTo(2);
  }

  @Test
  void endlessHeadersBreakIt() {
    party.on("/", Answer.headers(Long.MAX_VALUE));
    Opening.Broke broke = broke("/");
    assertThat(broke.sentence()).isEqualTo("The answer's headers are larger than 64 KiB.");
    assertThat(broke.lost()).isFalse();
  }

  @Test
  void saysWhetherTheConnectionWasLostBeforeAnAnswerBegan() {
    party.on("/close", Answer.close());
    party.on("/half", Answer.raw("HTTP/1.1 200 OK\r\nContent-"));
    assertThat(broke("/close").lost()).isTrue();
    assertThat(broke("/half").lost()).isFalse();
  }

  @Test
  void collectsTheWholeBodyFromItsFirstByte() {
    byte[] body = random(700_000);
    party.on("/", Answer.status(200).body("text/plain", body));
    var answered = (Reply.Answered) collected("/", 1 << 20);
    assertThat(answered.body()).isEqualTo(body);
    assertThat(answered.bodySize()).isEqualTo(700_000);
    assertThat(((Reply.Answered) collected("/", 700_000)).body()).isEqualTo(body);
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void collectsNoMoreThanItMay() {
    party.on("/declared", Answer.status(200).body("text/plain", random(700_000)));
    party.on("/endless", Answer.endless());
    for (String path : List.of("/declared", "/endless")) {
      var broke = (Reply.Broke) collected(path, 512 << 10);
      assertThat(broke.failure()).isEqualTo(Reply.Failure.BROKEN);
      assertThat(broke.sentence()).isEqualTo("The answer is larger than 512 KiB.");
    }
    TestHub.await("the connections are closed", () -> party.openConnections() == 0);
  }

  @Test
  void theTimeOfTheCallHoldsForCollecting() {
    party.on(
        "/",
        Answer.rawThenHang("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(5_000)));
    var begun = new CompletableFuture<Void>();
    var reply = new CompletableFuture<Reply>();
    var _ =
        open(
            ask("GET", "/"),
            o -> {
              ((Opening.Opened) o).rest().collect(10_000, reply::complete);
              begun.complete(null);
            });
    begun.orTimeout(20, TimeUnit.SECONDS).join();
    clock.advance(Duration.ofSeconds(31));
    var broke = (Reply.Broke) reply.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(broke.failure()).isEqualTo(Reply.Failure.TIMEOUT);
    assertThat(broke.sentence()).isEqualTo("No answer within 30 seconds.");
  }

  /// Takes one piece at a time, when it is told to.
  private static final class Slow implements Inflow.Sink {
    final BlockingQueue<Integer> pieces = new LinkedBlockingQueue<>();
    final CompletableFuture<Reply> end = new CompletableFuture<>();

    @Override
    public boolean take(ByteBuf chunk) {
      pieces.add(chunk.readableBytes());
      chunk.release();
      return false;
    }

    @Override
    public void ended(Reply how) {
      end.complete(how);
    }

    int next() {
      try {
        Integer piece = pieces.poll(20, TimeUnit.SECONDS);
        if (piece == null) {
          throw new AssertionError("nothing came");
        }
        return piece;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private long takenSlowly(Inflow rest, Slow slow, int mostAtOnce) {
    long total = 0;
    while (!slow.end.isDone()) {
      Integer piece = slow.pieces.poll();
      if (piece != null) {
        total += piece;
        assertThat(piece).isLessThanOrEqualTo(mostAtOnce);
      }
      var asked = new CompletableFuture<Void>();
      loop.execute(() -> {
        rest.resume();
        asked.complete(null);
      });
      asked.join();
    }
    return total + slow.pieces.stream().mapToInt(Integer::intValue).sum();
  }

  private void neverHoldsMuch(Answer answer, int size, int mostAtOnce) {
    party.on("/", answer);
    var slow = new Slow();
    var opening = open(ask("GET", "/"), o -> ((Opening.Opened) o).rest().into(slow)).join();
    assertThat(slow.next()).isEqualTo(Inflow.FIRST);

    long rest = takenSlowly(((Opening.Opened) opening).rest(), slow, mostAtOnce);

    assertThat(slow.end.join()).isInstanceOf(Reply.Answered.class);
    assertThat(Inflow.FIRST + rest).isEqualTo(size);
  }

  @Test
  void holdsLittleWhileNobodyTakesIt() {
    neverHoldsMuch(
        Answer.status(200).body("application/pdf", random(3_000_000)), 3_000_000, 256 << 10);
    neverHoldsMuch(
        Answer.status(200).body("application/pdf", random(3_000_000)), 3_000_000, 256 << 10);
    assertThat(party.connections()).isEqualTo(1);
  }

  /// What the machine still holds when the sender has closed is read at once: Linux has at most 32
  /// MiB for a connection.
  @Test
  void holdsNoMoreThanTheMachineOfWhatWasSentAndClosed() {
    int size = 48 << 20;
    int most = 33 << 20;
    neverHoldsMuch(
        raw("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n", random(size), false),
        size,
        most);
    neverHoldsMuch(raw("HTTP/1.1 200 OK\r\n\r\n", random(size), false), size, most);
  }

  @Test
  void whatIsHeldBackIsDroppedWhenItIsCancelled() {
    party.on("/", Answer.endless());
    var slow = new Slow();
    var rest = new AtomicReference<Inflow>();
    var _ =
        open(
                ask("GET", "/"),
                o -> {
                  Inflow inflow = ((Opening.Opened) o).rest();
                  rest.set(inflow);
                  inflow.into(slow);
                })
            .join();
    loop.execute(() -> rest.get().cancel("Enough."));
    assertThat(((Reply.Broke) slow.end.join()).sentence()).isEqualTo("Enough.");
    TestHub.await("the connection is closed", () -> party.openConnections() == 0);
  }
}
