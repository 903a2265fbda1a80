package io.fairlead;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A scripted third party on a real socket: answers by path, remembers what it was sent, and can be
/// as hostile as they get. Works on bare sockets, since a server library would not let it lie.
///
/// ```java
/// try (var party = ThirdParty.open()) {
///   party.on("/hook", Answer.status(503).header("Retry-After", "2"), Answer.ok());
///   … call party.url("/hook") …
///   assertThat(party.await("/hook", 2)).hasSize(2);
/// }
/// ```
///
/// Several answers for a path are given one after the other, the last of them for ever. A path
/// without a script is answered 200.
public final class ThirdParty implements AutoCloseable {
  private final ServerSocket server;
  private final boolean tls;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Received> received = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  /// A request as it came.
  ///
  /// @param head the request line and headers, byte for byte in ISO-8859-1, without the empty line
  /// @param connection which connection it came on, from 1
  public record Received(
      String method,
      String target,
      String head,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      int connection,
      long nanos) {
    /// The only header of that name, without case; null when there is none.
    public @Nullable String header(String name) {
      List<String> all = all(name);
      if (all.size() > 1) {
        throw new AssertionError(name + " came " + all.size() + " times: " + all);
      }
      return all.isEmpty() ? null : all.getFirst();
    }

    /// Every header of that name.
    public List<String> all(String name) {
      return headers.stream()
          .filter(h -> h.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    /// The body as text.
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The target up to the question mark.
    public String path() {
      int at = target.indexOf('?');
      return at < 0 ? target : target.substring(0, at);
    }
  }

  /// What is done with one request.
  public interface Answer {
    /// Writes what is to come back; the connection is kept when it says so.
    ///
    /// @return whether the connection lives on
    boolean to(Received request, OutputStream out, ThirdParty party) throws IOException;

    /// 200 with a small JSON body.
    static Reply ok() {
      return status(200).json("{\"ok\":true}");
    }

    /// A status without a body.
    static Reply status(int status) {
      return new Reply(status, List.of(), new byte[0]);
    }

    /// Never answers; the connection stays open until the third party closes or is released.
    static Answer hang() {
      return (request, out, party) -> {
        party.awaitRelease();
        return false;
      };
    }

    /// Waits for {@link ThirdParty#release} and goes on.
    static Answer held(Answer then) {
      return (request, out, party) -> {
        party.awaitRelease();
        return then.to(request, out, party);
      };
    }

    /// These bytes, whatever they are, then the end of the connection.
    static Answer raw(String bytes) {
      return (request, out, party) -> {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return false;
      };
    }

    /// These bytes, then silence on an open connection.
    static Answer rawThenHang(String bytes) {
      return (request, out, party) -> {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        party.awaitRelease();
        return false;
      };
    }

    /// Ends the connection without a word.
    static Answer close() {
      return (request, out, party) -> false;
    }

    /// A body without an end, until the other side has enough.
    static Answer endless() {
      return (request, out, party) -> {
        out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        byte[] chunk = ascii("2000\r\n" + "x".repeat(0x2000) + "\r\n");
        while (!party.isReleased()) {
          out.write(chunk);
        }
        return false;
      };
    }

    /// As many bytes of headers, or as many as the other side takes.
    static Answer headers(long bytes) {
      return (request, out, party) -> {
        out.write(ascii("HTTP/1.1 200 OK\r\n"));
        byte[] line = ascii("X-Filler: " + "y".repeat(1_000) + "\r\n");
        for (long sent = 0; sent < bytes; sent += line.length) {
          out.write(line);
        }
        out.write(ascii("Content-Length: 0\r\n\r\n"));
        return true;
      };
    }

    /// Says that the body has `said` bytes, sends `sent`, ends the connection.
    static Answer lying(int said, int sent) {
      return raw("HTTP/1.1 200 OK\r\nContent-Length: " + said + "\r\n\r\n" + "z".repeat(sent));
    }

    /// A byte each so often.
    static Answer dripping(Duration pause, String bytes) {
      return (request, out, party) -> {
        for (byte b : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
          out.write(b);
          out.flush();
          if (party.waited(pause)) {
            return false;
          }
        }
        return true;
      };
    }

    /// 302 to somewhere else.
    static Reply redirect(String location) {
      return status(302).header("Location", location);
    }
  }

  /// A well-behaved answer.
  public record Reply(int status, List<Map.Entry<String, String>> headers, byte[] body)
      implements Answer {
    /// One header more.
    public Reply header(String name, String value) {
      var more = new ArrayList<>(headers);
      more.add(Map.entry(name, value));
      return new Reply(status, List.copyOf(more), body);
    }

    /// With a body.
    public Reply body(String contentType, byte[] bytes) {
      return new Reply(status, headers, bytes).header("Content-Type", contentType);
    }

    /// With a JSON body.
    public Reply json(String json) {
      return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean to(Received request, OutputStream out, ThirdParty party) throws IOException {
      var head =
          new StringBuilder("HTTP/1.1 " + status + " " + (status < 400 ? "OK" : "No") + "\r\n");
      for (Map.Entry<String, String> header : headers) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
      }
      if (status != 204 && status != 304) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      head.append("\r\n");
      var whole = new ByteArrayOutputStream();
      whole.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      if (!request.method().equals("HEAD")) {
        whole.write(body);
      }
      out.write(whole.toByteArray());
      out.flush();
      return headers.stream()
          .noneMatch(h ->
              h.getKey().equalsIgnoreCase("Connection") && h.getValue().equalsIgnoreCase("close"));
    }
  }

  private static final class Script {
    final List<Answer> answers;
    int next;

    Script(List<Answer> answers) {
      this.answers = answers;
    }

    synchronized Answer next() {
      return answers.get(Math.min(next++, answers.size() - 1));
    }
  }

  private ThirdParty(ServerSocket server, boolean tls) {
    this.server = server;
    this.tls = tls;
    var _ = Thread.ofVirtual().name("third-party").start(this::accept);
  }

  /// Opens one on 127.0.0.1 and any free port.
  public static ThirdParty open() {
    return open("127.0.0.1");
  }

  /// Opens one on an address of this machine and any free port.
  public static ThirdParty open(String address) {
    try {
      var server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 1_024);
      return new ThirdParty(server, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens one that speaks TLS, on 127.0.0.1.
  public static ThirdParty open(SSLContext tls) {
    try {
      ServerSocket server = tls.getServerSocketFactory().createServerSocket();
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_024);
      return new ThirdParty(server, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Scripts a path (without query): one answer after the other, the last for ever.
  public ThirdParty on(String path, Answer... answers) {
    scripts.put(path, new Script(List.of(answers)));
    return this;
  }

  /// The port.
  public int port() {
    return server.getLocalPort();
  }

  /// An URL of a path here, by address.
  public String url(String path) {
    return url("127.0.0.1", path);
  }

  /// An URL of a path here, by a host name.
  public String url(String host, String path) {
    return (tls ? "https://" : "http://") + host + ":" + port() + path;
  }

  /// Lets everything that hangs or is held go on.
  public void release() {
    released.countDown();
  }

  /// How many connections were made.
  public int connections() {
    return connections.get();
  }

  /// How many connections are open.
  public int openConnections() {
    return open.size();
  }

  /// Everything that came, in order.
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /// What came for a path.
  public List<Received> received(String path) {
    return received().stream().filter(r -> r.path().equals(path)).toList();
  }

  /// Waits, 20 seconds at most, until as many requests came for a path, and gives all of them.
  public List<Received> await(String path, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (received) {
      while (received(path).size() < count) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(
              "only %d of %d requests came for %s".formatted(received(path).size(), count, path));
        }
        try {
          received.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    return received(path);
  }

  /// Cuts every connection, as a crash would; goes on listening.
  public void cut() {
    for (Socket socket : open) {
      shut(socket);
    }
  }

  @Override
  public void close() {
    release();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void awaitRelease() throws IOException {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private boolean waited(Duration pause) throws IOException {
    try {
      return released.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private boolean isReleased() {
    return released.getCount() == 0;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int number = connections.incrementAndGet();
        open.add(socket);
        var _ = Thread.ofVirtual().name("third-party-" + number).start(() -> serve(socket, number));
      } catch (IOException e) {
        // Closed, or a connection that was gone before it was taken: the loop sees which.
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Received request = read(in, out, number);
      while (request != null) {
        synchronized (received) {
          received.add(request);
          received.notifyAll();
        }
        Script script = scripts.get(request.path());
        Answer answer = script == null ? Answer.ok() : script.next();
        if (!answer.to(request, out, this)) {
          return;
        }
        request = read(in, out, number);
      }
    } catch (IOException e) {
      // The other side went away: that is its right.
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Received read(InputStream in, OutputStream out, int number)
      throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    var head = new StringBuilder(line);
    var headers = new ArrayList<Map.Entry<String, String>>();
    int length = 0;
    boolean chunked = false;
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      head.append("\r\n").append(header);
      int colon = header.indexOf(':');
      String name = header.substring(0, colon);
      String value = header.substring(colon + 1).strip();
      headers.add(Map.entry(name, value));
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Integer.parseInt(value);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked = true;
      } else if (name.equalsIgnoreCase("Expect")) {
        out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        out.flush();
      }
    }
    byte[] body = chunked ? chunks(in) : in.readNBytes(length);
    String[] words = line.split(" ", 3);
    return new Received(
        words[0], words[1], head.toString(), List.copyOf(headers), body, number, System.nanoTime());
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    for (String size = line(in); size != null; size = line(in)) {
      int length = Integer.parseInt(size, 16);
      body.write(in.readNBytes(length));
      line(in);
      if (length == 0) {
        break;
      }
    }
    return body.toByteArray();
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString();
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return null;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
