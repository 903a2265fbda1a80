package io.fairlead.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.TestHub;
import io.fairlead.TestTls;
import io.fairlead.ThirdParty;
import io.fairlead.ThirdParty.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A third party's answer on its way to a caller, on real sockets.
final class StreamingTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final long MOST = 4 << 20;

  private final HandClock clock = new HandClock(0);
  private final ThirdParty party = ThirdParty.open();
  private final Network network = Network.open(new Network.Settings(1, clock, List.of(), null));
  private final Passing edge = new Passing(network, party, false);
  private final HttpServer server = network.listen("127.0.0.1", 0, edge);

  private final BlockingQueue<Integer> steps = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    party.release();
    server.close(Duration.ofSeconds(1));
    network.close();
    party.close();
  }

  /// Asks the third party for the same path and passes its answer on; a problem in its place says
  /// why there is none.
  private static final class Passing implements Edge {
    private final Network network;
    private final ThirdParty party;
    private final boolean tls;
    final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<String> gone = new LinkedBlockingQueue<>();
    final BlockingQueue<Opening> openings = new LinkedBlockingQueue<>();

    Passing(Network network, ThirdParty party, boolean tls) {
      this.network = network;
      this.party = party;
      this.tls = tls;
    }

    @Override
    public Take take(Head head) {
      return new Streaming(1_000, this::pass);
    }

    private void pass(Request request, Answering answering) {
      HttpClient client = network.client(request.loop());
      Cancel call =
          client.open(get(request.path()), opening -> opened(request, opening, answering));
      answering.onGone(() -> {
        gone.add(request.path());
        call.cancel("The caller went away.");
      });
    }

    private void opened(Request request, Opening opening, Answering answering) {
      assertThat(request.loop().isCurrent()).isTrue();
      openings.add(opening);
      switch (opening) {
        case Opening.Broke broke -> answering.answer(problem(502, broke.sentence()));
        case Opening.Opened opened ->
            answering.stream(
                opened.status(),
                List.of(new Header("X-Passed", passed(opened))),
                opened,
                // No test waits for the end of the wide ones.
                request.path().equals("/wide") ? Long.MAX_VALUE : MOST,
                end -> {
                  ends.add(end);
                  if (!end.begun()) {
                    answering.answer(problem(502, String.valueOf(end.broke())));
                  }
                });
      }
    }

    private static String passed(Opening.Opened opened) {
      String given = Header.first(opened.headers(), "X-Given");
      return given == null ? "on" : given;
    }

    private Outgoing get(String path) {
      return new Outgoing(
          "GET",
          tls,
          "127.0.0.1",
          party.port(),
          HERE,
          path,
          List.of(),
          null,
          Duration.ofSeconds(60),
          Inflow.FIRST);
    }

    private static Response problem(int status, String sentence) {
      return Response.of(status, "text/plain", sentence.getBytes(UTF_8));
    }

    @Override
    public Response refuse(Refusal why, @Nullable Head head) {
      return problem(500, why.name());
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// A caller's side of one connection.
  private final class Caller implements AutoCloseable {
    final Socket socket;
    final InputStream in;

    Caller() throws IOException {
      this(server.port());
    }

    Caller(int port) throws IOException {
      socket = new Socket(HERE, port);
      socket.setSoTimeout(20_000);
      in = socket.getInputStream();
    }

    Caller ask(String request) throws IOException {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return this;
    }

    Caller get(String path) throws IOException {
      return ask("GET " + path + " HTTP/1.1\r\nHost: hub\r\n\r\n");
    }

    String head() throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int c = in.read();
        if (c < 0) {
          throw new AssertionError("the connection ended within the head: " + head);
        }
        head.append((char) c);
      }
      return head.toString();
    }

    /// The body of an answer that says where it ends.
    byte[] body(String head) throws IOException {
      int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
      if (at >= 0) {
        int size = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return in.readNBytes(size);
      }
      assertThat(head).containsIgnoringCase("transfer-encoding: chunked");
      var body = new java.io.ByteArrayOutputStream();
      while (true) {
        var line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
          int c = in.read();
          if (c < 0) {
            throw new IOException("cut short");
          }
          line.append((char) c);
        }
        int size = Integer.parseInt(line.toString().strip(), 16);
        body.write(in.readNBytes(size));
        in.skipNBytes(2);
        if (size == 0) {
          return body.toByteArray();
        }
      }
    }

    /// Whether the connection was reset rather than ended in order.
    boolean isReset() throws IOException {
      try {
        while (in.read() >= 0) {
          // What came before.
        }
        return false;
      } catch (SocketException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private void wholeIsPassedOn(int size, Answer answer) throws IOException {
    party.on("/doc", answer);
    try (var caller = new Caller()) {
      for (int i = 0; i < 3; i++) {
        String head = caller.get("/doc").head();
        assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("X-Passed: on");
        assertThat(caller.body(head)).isEqualTo(random(size));
        assertThat(next(edge.ends)).isEqualTo(new StreamEnd(size, true, null, null));
      }
    }
  }

  @Test
  void passesOnWhatSaysItsLengthOnOneConnectionEachWay() throws IOException {
    for (int size : List.of(0, 1, 4_095, 4_096, 4_097, 70_000, 3_000_000)) {
      wholeIsPassedOn(size, Answer.status(200).body("application/pdf", random(size)));
    }
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void passesOnChunksOfAnySize() throws IOException {
    for (int chunk : List.of(1, 1_000, 8_192, 200_000)) {
      int size = chunk == 1 ? 9_000 : 1_000_000;
      wholeIsPassedOn(size, chunked(random(size), chunk));
    }
    assertThat(party.connections()).isEqualTo(1);
  }

  @Test
  void passesOnWhatEndsWithItsConnection() throws IOException {
    byte[] body = random(500_000);
    wholeIsPassedOn(
        500_000,
        (request, out, p) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
          out.write(body);
          out.flush();
          return false;
        });
    assertThat(party.connections()).isEqualTo(3);
  }

  private static Answer chunked(byte[] body, int chunk) {
    return (request, out, p) -> {
      var bytes = new java.io.ByteArrayOutputStream();
      bytes.writeBytes(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
      for (int at = 0; at < body.length; at += chunk) {
        byte[] part = Arrays.copyOfRange(body, at, Math.min(body.length, at + chunk));
        bytes.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(part);
        bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
      }
      bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
      out.write(bytes.toByteArray());
      out.flush();
      return true;
    };
  }

  @Test
  void aBreakAfterTheBeginningResetsTheCallersConnection() throws IOException {
    party.on("/short", Answer.lying(100_000, 50_000));
    try (var caller = new Caller()) {
      String head = caller.get("/short").head();
      assertThat(head).containsIgnoringCase("content-length: 100000");
      assertThat(caller.isReset()).isTrue();
    }
    StreamEnd end = next(edge.ends);
    assertThat(end.begun()).isTrue();
    assertThat(end.why()).isEqualTo(StreamEnd.Why.THIRD_PARTY_BROKE);
    assertThat(end.broke()).isEqualTo("The connection was closed before the answer was complete.");
  }

  @Test
  void aBreakOfAChunkedAnswerLeavesOutItsEnd() throws IOException {
    party.on(
        "/short",
        Answer.raw(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1770\r\n"
                + "x".repeat(6_000)
                + "\r\n1770\r\nx"));
    try (var caller = new Caller()) {
      assertThat(caller.get("/short").head()).containsIgnoringCase("transfer-encoding: chunked");
      assertThat(caller.isReset()).isTrue();
    }
    assertThat(next(edge.ends).why()).isEqualTo(StreamEnd.Why.THIRD_PARTY_BROKE);
  }

  @Test
  void aBreakIsSeenAlsoByACallerThatReadsUntilTheConnectionEnds() throws IOException {
    party.on(
        "/short",
        Answer.raw(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1770\r\n" + "x".repeat(6_000)));
    try (var caller = new Caller()) {
      caller.ask("GET /short HTTP/1.0\r\n\r\n");
      assertThat(caller.isReset()).isTrue();
    }
  }

  @Test
  void aCallerOfHttp10GetsItAll() throws IOException {
    byte[] body = random(300_000);
    party.on("/doc", chunked(body, 8_192));
    try (var caller = new Caller()) {
      assertThat(caller.ask("GET /doc HTTP/1.0\r\n\r\n").head())
          .doesNotContainIgnoringCase("transfer-encoding");
      assertThat(caller.in.readAllBytes()).isEqualTo(body);
    }
    assertThat(next(edge.ends)).isEqualTo(new StreamEnd(300_000, true, null, null));
  }

  @Test
  void moreThanTheDeclaredLengthIsLeftOut() throws IOException {
    party.on(
        "/long",
        Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(20_000)));
    try (var caller = new Caller()) {
      String head = caller.get("/long").head();
      assertThat(caller.body(head)).hasSize(9_000);
      assertThat(next(edge.ends)).isEqualTo(new StreamEnd(9_000, true, null, null));
      assertThat(caller.body(caller.get("/other").head())).isNotEmpty();
    }
  }

  @Test
  void oneThatDeclaresTooMuchIsNotBegun() throws IOException {
    party.on("/large", Answer.status(200).body("application/pdf", random((int) MOST + 1)));
    try (var caller = new Caller()) {
      String head = caller.get("/large").head();
      assertThat(head).startsWith("HTTP/1.1 502 ");
      assertThat(caller.body(head)).asString().isEqualTo("The answer is larger than 4 MiB.");
      assertThat(next(edge.ends))
          .isEqualTo(
              new StreamEnd(0, false, StreamEnd.Why.TOO_LARGE, "The answer is larger than 4 MiB."));
      party.on("/right", Answer.status(200).body("application/pdf", random((int) MOST)));
      assertThat(caller.body(caller.get("/right").head())).hasSize((int) MOST);
    }
  }

  @Test
  void oneWithAHeaderThatCannotBeSentIsNotBegun() throws IOException {
    party.on(
        "/odd",
        Answer.status(200).header("X-Given", "a\u0000b").body("application/pdf", random(9_000)));
    try (var caller = new Caller()) {
      String head = caller.get("/odd").head();
      assertThat(head).startsWith("HTTP/1.1 502 ");
      assertThat(caller.body(head))
          .asString()
          .isEqualTo("The answer has a header that cannot be sent.");
      assertThat(next(edge.ends).begun()).isFalse();
      assertThat(caller.body(caller.get("/other").head())).isNotEmpty();
    }
  }

  @Test
  void anEndlessBodyIsCutAtTheLimit() throws IOException {
    party.on("/endless", Answer.endless());
    try (var caller = new Caller()) {
      var _ = caller.get("/endless").head();
      assertThat(caller.isReset()).isTrue();
    }
    StreamEnd end = next(edge.ends);
    assertThat(end.why()).isEqualTo(StreamEnd.Why.TOO_LARGE);
    assertThat(end.broke()).isEqualTo("The answer is larger than 4 MiB.");
    assertThat(end.bytes()).isLessThanOrEqualTo(MOST);
    TestHub.await("the third party is let go", () -> party.openConnections() == 0);
  }

  @Test
  void aThirdPartyThatStallsIsCutAfterThirtySeconds() throws IOException {
    party.on(
        "/stall",
        Answer.rawThenHang("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(5_000)));
    try (var caller = new Caller()) {
      var _ = caller.get("/stall").head();
      assertThat(caller.in.readNBytes(5_000)).hasSize(5_000);
      clock.advance(Duration.ofSeconds(31));
      assertThat(caller.isReset()).isTrue();
    }
    StreamEnd end = next(edge.ends);
    assertThat(end.why()).isEqualTo(StreamEnd.Why.THIRD_PARTY_STALLED);
    assertThat(end.broke()).isEqualTo("The third party sent nothing for 30 seconds.");
    assertThat(end.bytes()).isEqualTo(5_000);
  }

  @Test
  void aThirdPartyThatIsSlowIsNot() throws IOException {
    party.on(
        "/slow",
        (request, out, p) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 14096\r\n\r\n".getBytes(ISO_8859_1));
          out.write(random(Inflow.FIRST));
          out.flush();
          for (int i = 0; i < 10; i++) {
            next(steps);
            out.write(random(1_000));
            out.flush();
          }
          return true;
        });
    try (var caller = new Caller()) {
      var _ = caller.get("/slow").head();
      assertThat(caller.in.readNBytes(Inflow.FIRST)).isEqualTo(random(Inflow.FIRST));
      for (int i = 0; i < 10; i++) {
        clock.advance(Duration.ofSeconds(29));
        steps.add(i);
        assertThat(caller.in.readNBytes(1_000)).isEqualTo(random(1_000));
      }
    }
    assertThat(next(edge.ends)).isEqualTo(new StreamEnd(14_096, true, null, null));
  }

  @Test
  void aCallerThatTakesNothingIsCutAfterThirtySecondsAndTheThirdPartyIsNotBlamed()
      throws IOException {
    party.on("/wide", Answer.endless());
    try (var caller = new Caller()) {
      var _ = caller.get("/wide").head();
      // Until the buffers of both systems are full, nothing stands still.
      TestHub.await(
          "the stream ends",
          () -> {
            clock.advance(Duration.ofSeconds(1));
            return !edge.ends.isEmpty();
          });
    }
    StreamEnd end = next(edge.ends);
    assertThat(end.why()).isEqualTo(StreamEnd.Why.CALLER_STALLED);
    assertThat(end.broke()).isEqualTo("The caller took nothing for 30 seconds.");
    TestHub.await("the third party is let go", () -> party.openConnections() == 0);
  }

  @Test
  void aCallerThatGoesAwayWhileItIsAnsweredEndsTheCall() throws IOException {
    party.on("/wide", Answer.endless());
    try (var caller = new Caller()) {
      var _ = caller.get("/wide").head();
    }
    StreamEnd end = next(edge.ends);
    assertThat(end.why()).isEqualTo(StreamEnd.Why.CALLER_GONE);
    assertThat(end.broke()).isEqualTo("The caller went away before the answer was complete.");
    TestHub.await("the third party is let go", () -> party.openConnections() == 0);
  }

  @Test
  void aHeadIsAnsweredWithoutTheBody() throws IOException {
    party.on("/doc", Answer.status(200).body("application/pdf", random(50_000)));
    try (var caller = new Caller()) {
      String head = caller.ask("HEAD /doc HTTP/1.1\r\nHost: hub\r\n\r\n").head();
      assertThat(head).containsIgnoringCase("content-length: 50000");
      assertThat(next(edge.ends).broke()).isNull();
      assertThat(caller.get("/doc").head()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void whatHasNoBodyIsPassedOnWithoutOne() throws IOException {
    party.on("/204", Answer.status(204));
    party.on("/304", Answer.status(304));
    party.on("/doc", Answer.ok());
    try (var caller = new Caller()) {
      for (String path : List.of("/204", "/304")) {
        assertThat(caller.get(path).head())
            .startsWith("HTTP/1.1 " + path.substring(1))
            .doesNotContainIgnoringCase("transfer-encoding");
        assertThat(next(edge.ends)).isEqualTo(new StreamEnd(0, true, null, null));
      }
      assertThat(caller.body(caller.get("/doc").head())).isNotEmpty();
    }
  }

  @Test
  void whatIsSentOverTlsIsPassedOn(@TempDir Path folder) throws IOException {
    TestTls tls = TestTls.make(folder, "ip:127.0.0.1");
    byte[] body = random(3_000_000);
    try (var secret = ThirdParty.open(tls.server());
        var trusting = Network.open(new Network.Settings(1, clock, List.of(), tls.trusted()))) {
      secret.on("/doc", Answer.status(200).body("application/pdf", body));
      var passing = new Passing(trusting, secret, true);
      HttpServer front = trusting.listen("127.0.0.1", 0, passing);
      try (var caller = new Caller(front.port())) {
        for (int i = 0; i < 2; i++) {
          assertThat(caller.body(caller.get("/doc").head())).isEqualTo(body);
        }
      }
      assertThat(secret.connections()).isEqualTo(1);
      front.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void aCallerThatGoesAwayBeforeTheAnswerEndsTheCall() throws IOException {
    party.on("/slow", Answer.hang());
    try (var caller = new Caller()) {
      caller.get("/slow");
      party.await("/slow", 1);
    }
    assertThat(next(edge.gone)).isEqualTo("/slow");
    Opening opening = next(edge.openings);
    assertThat(opening).isInstanceOf(Opening.Broke.class);
    assertThat(((Opening.Broke) opening).sentence()).isEqualTo("The caller went away.");
  }
}
