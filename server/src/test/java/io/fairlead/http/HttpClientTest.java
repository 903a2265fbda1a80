package io.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestTls;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import io.fairlead.base.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpClientTest {
  private static final int KEPT = 64 << 10;

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final ThirdParty party = ThirdParty.open();
  private final HandClock clock = new HandClock(0);
  private Network network = Network.open(new Network.Settings(1, clock, List.of(), null));

  @AfterEach
  void close() {
    network.close();
    party.close();
  }

  private void reopen(Clock time, @Nullable KeyStore trusted) {
    network.close();
    network = Network.open(new Network.Settings(1, time, List.of(), trusted));
  }

  private static Outgoing post(int port, String target, List<Header> headers) {
    return new Outgoing(
        "POST",
        false,
        "127.0.0.1",
        port,
        HERE,
        target,
        headers,
        BODY,
        Duration.ofSeconds(30),
        KEPT);
  }

  private CompletableFuture<Reply> send(Outgoing outgoing) {
    var reply = new CompletableFuture<Reply>();
    Loop loop = network.loops().getFirst();
    loop.execute(() -> {
      var _ =
          network
              .client(loop)
              .send(
                  outgoing,
                  r -> {
                    if (!reply.complete(r)) {
                      throw new AssertionError("told twice");
                    }
                  });
    });
    return reply.orTimeout(20, TimeUnit.SECONDS);
  }

  private Reply.Answered answered(String path) {
    return (Reply.Answered) send(post(party.port(), path, List.of())).join();
  }

  private Reply.Broke broke(String path) {
    return (Reply.Broke) send(post(party.port(), path, List.of())).join();
  }

  /// The sweep of the loop has seen the clock once this returns.
  private void sweep() {
    var done = new CompletableFuture<Void>();
    network.loops().getFirst().every(Duration.ofMillis(60), () -> done.complete(null));
    done.join();
  }

  @Test
  void sendsTheRequestByteForByte() {
    var headers =
        List.of(
            new Header("X-First", "1"),
            new Header("x-second", "caf\u00e9"),
            new Header("X-First", "2"));

    send(post(party.port(), "/a%2Fb/%C3%A9?q=1&q=%20&x='{}|", headers)).join();

    var received = party.received().getFirst();
    assertThat(received.head())
        .isEqualTo(
            "POST /a%2Fb/%C3%A9?q=1&q=%20&x='{}| HTTP/1.1\r\nHost: 127.0.0.1:"
                + party.port()
                + "\r\nX-First: 1\r\nx-second: caf\u00e9\r\nX-First: 2\r\nContent-Length: 7");
    assertThat(received.body()).isEqualTo(BODY);
  }

  @Test
  void sendsLargeBodiesAndNone() {
    byte[] large = new byte[1 << 20];
    new java.util.Random(1).nextBytes(large);
    send(new Outgoing(
            "PUT",
            false,
            "127.0.0.1",
            party.port(),
            HERE,
            "/large",
            List.of(),
            large,
            Duration.ofSeconds(30),
            KEPT))
        .join();
    send(new Outgoing(
            "GET",
            false,
            "127.0.0.1",
            party.port(),
            HERE,
            "/none",
            List.of(),
            null,
            Duration.ofSeconds(30),
            KEPT))
        .join();

    assertThat(party.received("/large").getFirst().body()).isEqualTo(large);
    assertThat(party.received("/none").getFirst().header("Content-Length")).isNull();
  }

  @Test
  void givesStatusHeadersAndBody() {
    party.on("/", Answer.status(418).header("X-Tea", "pot").header("X-Tea", "two").json("[1]"));

    Reply.Answered reply = answered("/");

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.headers()).startsWith(new Header("X-Tea", "pot"), new Header("X-Tea", "two"));
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("[1]");
    assertThat(reply.bodySize()).isEqualTo(3);
  }

  @Test
  void keepsTheFirstPartOfALargeBodyAndCountsTheRest() {
    byte[] body = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    party.on("/", Answer.status(200).body("text/plain", body));

    Reply.Answered reply = answered("/");

    assertThat(reply.bodySize()).isEqualTo(1 << 20);
    assertThat(reply.body())
        .hasSize(64 << 10)
        .startsWith("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    assertThat(party.connections()).isEqualTo(1);
    answered("/");
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void usesAConnectionAgainAndNotOneThatEnded() {
    for (int i = 0; i < 50; i++) {
      answered("/");
    }
    assertThat(party.connections()).isEqualTo(1);

    party.cut();
    party.on("/bye", Answer.status(200).header("Connection", "close"));
    send(post(party.port(), "/", List.of())).join();
    assertThat(answered("/bye").status()).isEqualTo(200);
    assertThat(answered("/").status()).isEqualTo(200);
    assertThat(party.connections()).isLessThanOrEqualTo(4);
  }

  @Test
  void callsAtOnceUseConnectionsOfTheirOwnAndEachHearsItsOwnAnswer() {
    party.on("/held", Answer.held(Answer.ok()));
    var held = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < 20; i++) {
      held.add(send(post(party.port(), "/held", List.of())));
    }
    party.await("/held", 20);
    assertThat(answered("/").status()).isEqualTo(200);
    party.release();
    held.forEach(h -> assertThat(h.join()).isInstanceOf(Reply.Answered.class));
    assertThat(party.connections()).isEqualTo(21);
  }

  @Test
  void connectionsThatNobodyUsesAreClosed() {
    answered("/");
    assertThat(network.client(network.loops().getFirst()).idleConnections()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(31));
    party.on("/x", Answer.ok());
    while (party.openConnections() > 0) {
      sweep();
    }
    answered("/x");
    assertThat(party.connections()).isEqualTo(2);
  }

  @Test
  void endsWhenTheTimeIsOver() {
    party.on("/hang", Answer.hang());
    party.on("/half", Answer.rawThenHang("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
    var hang = send(post(party.port(), "/hang", List.of()));
    var half = send(post(party.port(), "/half", List.of()));
    party.await("/hang", 1);
    party.await("/half", 1);
    assertThat(answered("/").status()).isEqualTo(200);
    assertThat(hang).isNotDone();

    clock.advance(Duration.ofSeconds(30));

    for (var late : List.of(hang, half)) {
      var reply = (Reply.Broke) late.join();
      assertThat(reply.failure()).isEqualTo(Reply.Failure.TIMEOUT);
      assertThat(reply.sentence()).isEqualTo("No answer within 30 seconds.");
      assertThat(reply.nanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
    }
  }

  @Test
  void dripsDoNotBuyTime() {
    reopen(Clock.SYSTEM, null);
    party.on(
        "/drip",
        Answer.dripping(Duration.ofMillis(20), "HTTP/1.1 200 OK\r\nX: " + "a".repeat(9_000)));
    var reply =
        (Reply.Broke)
            send(new Outgoing(
                    "GET",
                    false,
                    "127.0.0.1",
                    party.port(),
                    HERE,
                    "/drip",
                    List.of(),
                    null,
                    Duration.ofMillis(300),
                    KEPT))
                .join();
    assertThat(reply.failure()).isEqualTo(Reply.Failure.TIMEOUT);
    assertThat(reply.sentence()).isEqualTo("No answer within 300 milliseconds.");
  }

  @Test
  void cancelEndsItAtOnce() {
    party.on("/hang", Answer.hang());
    var replies = new ArrayList<Reply>();
    var cancelled = new CompletableFuture<Void>();
    Loop loop = network.loops().getFirst();
    loop.execute(() -> {
      Cancel cancel =
          network.client(loop).send(post(party.port(), "/hang", List.of()), replies::add);
      var _ =
          Thread.ofVirtual()
              .start(() -> {
                party.await("/hang", 1);
                loop.execute(() -> {
                  cancel.cancel("The hub is stopping.");
                  assertThat(replies).hasSize(1);
                  cancel.cancel("Again.");
                  cancelled.complete(null);
                });
              });
    });
    cancelled.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(replies).hasSize(1);
    var reply = (Reply.Broke) replies.getFirst();
    assertThat(reply.failure()).isEqualTo(Reply.Failure.BROKEN);
    assertThat(reply.sentence()).isEqualTo("The hub is stopping.");
  }

  @Test
  void hostileAnswersBreakTheirOwnCallOnly() {
    party
        .on("/garbage", Answer.raw("SSH-2.0-OpenSSH_9.2\r\n"))
        .on("/noise", Answer.raw("\u0000\u0001\u00ff".repeat(30_000)))
        .on("/early", Answer.close())
        .on("/cut", Answer.raw("HTTP/1.1 200 OK\r\nContent-"))
        .on("/short", Answer.lying(100, 10))
        .on("/chunk", Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
        .on("/headers", Answer.headers(10_000_000))
        .on("/endless", Answer.endless())
        .on("/length", Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n"))
        .on("/interim", Answer.raw("HTTP/1.1 103 Early\r\n\r\n".repeat(1_000)));

    assertBroke("/garbage", "The answer is not HTTP.");
    assertBroke("/noise", "The answer is not HTTP.");
    assertBroke("/early", "The connection was closed without an answer.");
    assertBroke("/cut", "The connection was closed before the answer was complete.");
    assertBroke("/short", "The connection was closed before the answer was complete.");
    assertBroke("/chunk", "The answer is not HTTP.");
    assertBroke("/headers", "The answer's headers are larger than 64 KiB.");
    assertBroke("/endless", "The answer is larger than 10 MiB.");
    assertBroke("/length", "The answer is not HTTP.");
    assertBroke("/interim", "The answer never got beyond interim ones.");
    assertThat(answered("/").status()).isEqualTo(200);
  }

  private void assertBroke(String path, String sentence) {
    Reply.Broke reply = broke(path);
    assertThat(reply.sentence()).as(path).isEqualTo(sentence);
    assertThat(reply.failure()).as(path).isEqualTo(Reply.Failure.BROKEN);
  }

  @Test
  void tooMuchOfAnAnswerDoesNotReachTheNextCall() {
    party.on(
        "/two",
        Answer.rawThenHang(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
    party.on(
        "/tail", Answer.rawThenHang("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 5"));
    for (String path : List.of("/two", "/tail")) {
      assertThat(answered(path).status()).isEqualTo(200);
      assertThat(answered("/").status()).isEqualTo(200);
    }
    assertThat(party.connections()).isEqualTo(3);
  }

  @Test
  void understandsWhatIsUnusualButRight() {
    party
        .on(
            "/continue",
            Answer.raw(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"))
        .on("/old", Answer.raw("HTTP/1.0 200 OK\r\n\r\nuntil the end"))
        .on(
            "/chunks",
            Answer.raw(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n"))
        .on("/nothing", Answer.raw("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
        .on(
            "/upgrade",
            Answer.raw(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"));

    assertThat(answered("/continue").status()).isEqualTo(201);
    assertThat(new String(answered("/old").body(), StandardCharsets.US_ASCII))
        .isEqualTo("until the end");
    assertThat(new String(answered("/chunks").body(), StandardCharsets.US_ASCII)).isEqualTo("abc");
    assertThat(answered("/nothing").status()).isEqualTo(204);
    assertThat(answered("/upgrade").status()).isEqualTo(101);
  }

  @Test
  void headHasNoBodyWhateverItsHeadersSay() {
    party.on("/", Answer.status(200).json("{\"long\":\"body\"}"));
    for (int i = 0; i < 3; i++) {
      var reply =
          (Reply.Answered)
              send(new Outgoing(
                      "HEAD",
                      false,
                      "127.0.0.1",
                      party.port(),
                      HERE,
                      "/",
                      List.of(),
                      null,
                      Duration.ofSeconds(30),
                      KEPT))
                  .join();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.bodySize()).isZero();
    }
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void doesNotFollowRedirectsNorUnpackNorKeepCookies() {
    byte[] gzip = {31, (byte) 139, 8, 0};
    party.on("/from", Answer.redirect(party.url("/to")));
    party.on(
        "/zip",
        Answer.status(200)
            .header("Content-Encoding", "gzip")
            .header("Set-Cookie", "a=b")
            .body("x/y", gzip));

    assertThat(answered("/from").status()).isEqualTo(302);
    assertThat(answered("/zip").body()).isEqualTo(gzip);
    answered("/");
    assertThat(party.received("/to")).isEmpty();
    assertThat(party.received("/").getFirst().header("Cookie")).isNull();
  }

  @Test
  void aHeaderCannotBecomeTwo() {
    for (Header bad :
        List.of(
            new Header("X-A", "1\r\nX-B: 2"),
            new Header("X-A", "1\nX-B: 2"),
            new Header("X-A", "1\u010aX-B: 2"),
            new Header("X-A", "\u0085"),
            new Header("X-A: 1\r\nX-B", "2"),
            new Header("", "2"),
            new Header("host", "other"),
            new Header("Content-Length", "1"),
            new Header("TRANSFER-ENCODING", "chunked"),
            new Header("Connection", "close"))) {
      var reply = (Reply.Broke) send(post(party.port(), "/", List.of(bad))).join();
      assertThat(reply.failure()).isEqualTo(Reply.Failure.BROKEN);
    }
    for (String target : List.of("", "x", "/a b", "/a\r\nX: y", "/\u00e9", "http://x/")) {
      assertThat(send(post(party.port(), target, List.of())).join())
          .isInstanceOf(Reply.Broke.class);
    }
    assertThat(party.received()).isEmpty();
  }

  @Test
  void refusedConnectionsAreConnect() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var reply = (Reply.Broke) send(post(free, "/", List.of())).join();
    assertThat(reply.failure()).isEqualTo(Reply.Failure.CONNECT);
    assertThat(reply.sentence()).isEqualTo("127.0.0.1 on port " + free + " refuses connections.");
  }

  @Test
  void tlsChecksTheNameAndSendsIt(@TempDir Path folder) {
    TestTls right = TestTls.make(folder, "dns:api.example.com", "dns:localhost");
    reopen(clock, right.trusted());
    try (var secure = ThirdParty.open(right.server())) {
      for (String host : List.of("api.example.com", "localhost")) {
        var reply = (Reply.Answered) send(tls(host, secure.port())).join();
        assertThat(reply.status()).isEqualTo(200);
      }
      send(tls("localhost", secure.port())).join();
      assertThat(secure.connections()).isEqualTo(2);
      assertThat(secure.received().getFirst().header("Host"))
          .isEqualTo("api.example.com:" + secure.port());

      var wrong = (Reply.Broke) send(tls("other.example.com", secure.port())).join();
      assertThat(wrong.failure()).isEqualTo(Reply.Failure.TLS);
      assertThat(wrong.sentence())
          .isEqualTo("The certificate of other.example.com is not made for that name.");
    }
  }

  @Test
  void tlsTroubleIsTls(@TempDir Path folder) {
    TestTls stranger = TestTls.make(folder, "dns:localhost");
    try (var secure = ThirdParty.open(stranger.server())) {
      var reply = (Reply.Broke) send(tls("localhost", secure.port())).join();
      assertThat(reply.failure()).isEqualTo(Reply.Failure.TLS);
      assertThat(reply.sentence())
          .isEqualTo("The certificate of localhost is not trusted or not valid now.");
    }
    var plain = (Reply.Broke) send(tls("localhost", party.port())).join();
    assertThat(plain.failure()).isEqualTo(Reply.Failure.TLS);
  }

  private static Outgoing tls(String host, int port) {
    return new Outgoing(
        "POST", true, host, port, HERE, "/", List.of(), BODY, Duration.ofSeconds(30), KEPT);
  }

  @Test
  void closingEndsWhatIsInFlight() {
    party.on("/hang", Answer.hang());
    var hang = send(post(party.port(), "/hang", List.of()));
    party.await("/hang", 1);
    network.close();
    assertThat(((Reply.Broke) hang.join()).sentence())
        .isEqualTo("The hub stopped before the answer came.");
  }

  @Test
  void loopsAreThreadsOfTheirOwn() {
    try (var four = Network.open(4)) {
      var threads = new ArrayList<CompletableFuture<Thread>>();
      for (Loop loop : four.loops()) {
        var thread = new CompletableFuture<Thread>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        threads.add(thread);
      }
      assertThat(threads.stream().map(CompletableFuture::join).distinct()).hasSize(4);
    }
  }
}
