package io.fairlead.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpServerTest {
  private final HandClock clock = new HandClock(0);
  private final Network network = Network.open(new Network.Settings(2, clock, List.of(), null));
  private final Echo edge = new Echo();
  private final HttpServer server = network.listen("127.0.0.1", 0, edge);
  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  /// Answers with what it was asked.
  private static final class Echo implements Edge {
    final ConcurrentHashMap<Integer, Boolean> loops = new ConcurrentHashMap<>();
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch entered = new CountDownLatch(1);

    @Override
    public Take take(Head head) {
      loops.put(head.loop().index(), true);
      return switch (head.path()) {
        case "/loop" ->
            new OnLoop(
                100,
                (request, answer) -> {
                  assertThat(request.loop().isCurrent()).isTrue();
                  answer.accept(echo(request));
                });
        case "/later" ->
            new OnLoop(
                100,
                (request, answer) -> request.loop().execute(() -> answer.accept(echo(request))));
        case "/thread" ->
            new OnThread(
                100_000,
                request -> {
                  assertThat(Thread.currentThread().isVirtual()).isTrue();
                  return echo(request);
                });
        case "/wait" ->
            new OnThread(
                0,
                request -> {
                  entered.countDown();
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return echo(request);
                });
        case "/throws" ->
            new OnThread(
                0,
                request -> {
                  throw new IllegalStateException("planted");
                });
        case "/throws-on-loop" ->
            new OnLoop(
                0,
                (request, answer) -> {
                  throw new IllegalStateException("planted");
                });
        case "/nothing" -> new Now(Response.empty(204));
        default -> new Now(Response.of(404, "text/plain", "no such path".getBytes(UTF_8)));
      };
    }

    private static Response echo(Request request) {
      String text =
          request.method()
              + " "
              + request.path()
              + "?"
              + request.query()
              + " "
              + request.header("x-a")
              + " "
              + new String(request.body(), UTF_8);
      return new Response(
          200,
          List.of(new Header("Content-Type", "text/plain"), new Header("X-B", "c")),
          text.getBytes(UTF_8));
    }

    @Override
    public Response refuse(Refusal why, @Nullable Head head) {
      int status =
          switch (why) {
            case BODY_TOO_LARGE -> 413;
            case BODY_TOO_SLOW -> 408;
            case MALFORMED -> 400;
            case FAILED -> 500;
          };
      return Response.of(status, "text/plain", why.name().getBytes(UTF_8));
    }
  }

  @AfterEach
  void close() {
    edge.go.countDown();
    client.close();
    server.close(Duration.ofSeconds(5));
    network.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-A", "1")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Sends bytes on a connection of its own and gives all that comes back until its end.
  private String raw(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void handsRequestsToLoopsAndThreads() throws Exception {
    for (String path : List.of("/loop", "/later", "/thread")) {
      HttpResponse<String> response = send("POST", path + "?q=%20&r", "body");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("POST " + path + "?q=%20&r 1 body");
      assertThat(response.headers().firstValue("Content-Length"))
          .hasValue("" + response.body().length());
      assertThat(response.headers().firstValue("X-B")).hasValue("c");
    }
    assertThat(send("GET", "/elsewhere", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/nothing", "").statusCode()).isEqualTo(204);
  }

  @Test
  void everyLoopHasItsShareOfConnections() throws IOException {
    for (int i = 0; i < 8; i++) {
      assertThat(raw("GET /loop HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("200 OK");
    }
    assertThat(edge.loops.keySet()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    String answer = raw("HEAD /loop HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK")
        .contains("content-length: 16")
        .endsWith("\r\n\r\n");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    String answers =
        raw(
            "POST /thread HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"
                + "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nb"
                + "POST /later HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n"
                + "GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answers)
        .containsSubsequence(
            "POST /thread? null a", "POST /loop? null b", "POST /later? null c", "no such path");
  }

  @Test
  void tooLargeBodiesAreRefusedEarly() throws IOException {
    assertThat(
            raw(
                "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n"
                    + "x".repeat(101)))
        .startsWith("HTTP/1.1 413")
        .endsWith("BODY_TOO_LARGE");
    String chunk = "32\r\n" + "x".repeat(50) + "\r\n";
    assertThat(
            raw(
                "POST /loop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(3)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    assertThat(
            raw(
                "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 6000000\r\n\r\n"
                    + "x".repeat(6_000_000)))
        .startsWith("HTTP/1.1 413");
    assertThat(
            raw(
                "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nConnection: close\r\n\r\n"
                    + "x".repeat(100)))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void expectContinueWorks() throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      var in = socket.getInputStream();
      out.write(
          "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
              .getBytes(ISO_8859_1));
      assertThat(new String(in.readNBytes(25), ISO_8859_1))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      out.write("ok".getBytes(ISO_8859_1));
      assertThat(new String(in.readAllBytes(), ISO_8859_1)).endsWith("null ok");
    }
  }

  @Test
  void garbageAndOverlongHeadsAreRefused() throws IOException {
    assertThat(raw("nonsense\r\n\r\n")).contains(" 400 Bad Request");
    assertThat(raw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 400 Bad Request");
    assertThat(raw("GET /loop HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(17_000) + "\r\n\r\n"))
        .contains(" 400 Bad Request");
    assertThat(
            raw(
                "GET /loop?"
                    + "x".repeat(7_900)
                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void whatAHandlerThrowsIsA500() throws Exception {
    assertThat(send("GET", "/throws", "").statusCode()).isEqualTo(500);
    assertThat(send("GET", "/throws-on-loop", "").statusCode()).isEqualTo(500);
    assertThat(send("GET", "/loop", "").statusCode()).isEqualTo(200);
  }

  @Test
  void closingLetsRunningRequestsEnd() throws Exception {
    var running = new CompletableFuture<HttpResponse<String>>();
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              try {
                running.complete(send("GET", "/wait", ""));
              } catch (IOException | InterruptedException e) {
                running.completeExceptionally(e);
              }
            });
    edge.entered.await();
    var closed = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(10)));
    // The port is let go at once; the running request is not.
    while (canConnect()) {
      Thread.onSpinWait();
    }
    assertThat(closed).isNotDone();
    edge.go.countDown();
    assertThat(running.orTimeout(10, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200);
    closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private boolean canConnect() {
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void closingCutsWhatTakesTooLong() throws Exception {
    var running = new ArrayList<CompletableFuture<String>>();
    running.add(
        CompletableFuture.supplyAsync(() -> {
          try {
            return raw("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
          } catch (IOException e) {
            return "";
          }
        }));
    edge.entered.await();
    server.close(Duration.ofMillis(100));
    assertThat(running.getFirst().orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
  }

  @Test
  void aTakenPortIsSaidPlainly() {
    try (var other = Network.open(1)) {
      assertThatThrownBy(() -> other.listen("127.0.0.1", server.port(), edge))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1 port " + server.port());
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsRefused() throws IOException {
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "POST /loop HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\nabc"
                  .getBytes(ISO_8859_1));
      var in = socket.getInputStream();
      // The server has the head once it says this.
      assertThat(in.readNBytes(25)).hasSize(25);
      clock.advance(Duration.ofSeconds(31));
      assertThat(new String(in.readNBytes(12), ISO_8859_1)).isEqualTo("HTTP/1.1 408");
      clock.advance(Duration.ofSeconds(6));
      assertThat(new String(in.readAllBytes(), ISO_8859_1)).endsWith("BODY_TOO_SLOW");
    }
  }

  @Test
  void aConnectionThatAsksNothingIsClosedHoweverItDrips() throws IOException {
    try (var socket = connect()) {
      var in = socket.getInputStream();
      socket.getOutputStream().write("GET /loop HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(new String(in.readNBytes(12), ISO_8859_1)).isEqualTo("HTTP/1.1 200");
      socket.getOutputStream().write("GET /loop HTTP/1.1\r\nX-Dri".getBytes(ISO_8859_1));
      assertThat(endsAsTimePasses(socket)).isTrue();
    }
  }

  /// The clock is moved on and on, since the server may note the end of an answer only after it was
  /// read here.
  private boolean endsAsTimePasses(Socket socket) throws IOException {
    socket.setSoTimeout(1_000);
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofSeconds(76));
      try {
        var _ = socket.getInputStream().readAllBytes();
        return true;
      } catch (SocketTimeoutException e) {
        clock.advance(Duration.ofSeconds(1));
      }
    }
    return false;
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }
}
