package io.fairlead;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A scripted name server on a real socket: other addresses at each asking, no answer at all, or
/// "no such name" for whatever it does not know.
public final class ScriptedNames implements AutoCloseable {
  private final DatagramSocket socket;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  private record Script(int ttl, List<List<InetAddress>> answers, int[] next) {}

  private ScriptedNames(DatagramSocket socket) {
    this.socket = socket;
    var _ = Thread.ofVirtual().name("names").start(this::serve);
  }

  /// Opens one on 127.0.0.1 and any free port.
  public static ScriptedNames open() {
    try {
      return new ScriptedNames(
          new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
  }

  /// Scripts a name: each text is a list of addresses with blanks between, for one asking after the
  /// other, the last for ever.
  ///
  /// @param ttl in seconds
  public ScriptedNames on(String name, int ttl, String... answers) {
    List<List<InetAddress>> all =
        Arrays.stream(answers)
            .map(a -> Arrays.stream(a.split(" ")).map(InetAddress::ofLiteral).toList())
            .toList();
    scripts.put(name, new Script(ttl, all, new int[2]));
    return this;
  }

  /// Never answers for a name.
  public ScriptedNames silent(String name) {
    scripts.put(name, new Script(0, List.of(), new int[2]));
    return this;
  }

  /// How often a name was asked for, each kind of address counted for itself.
  public long asked(String name) {
    return asked.stream().filter(name::equals).count();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[4_096], 4_096);
    while (!socket.isClosed()) {
      try {
        packet.setLength(4_096);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed: the loop sees it.
      }
    }
  }

  private byte[] answer(byte[] query) throws IOException {
    var labels = new ArrayList<String>();
    int at = 12;
    while (query[at] != 0) {
      labels.add(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
      at += query[at] + 1;
    }
    int type = ByteBuffer.wrap(query).getShort(at + 1);
    int end = at + 5;
    String name = String.join(".", labels).toLowerCase(Locale.ROOT);
    asked.add(name);
    Script script = scripts.get(name);
    if (script != null && script.answers.isEmpty()) {
      return new byte[0];
    }
    List<InetAddress> addresses = script == null ? List.of() : take(script, type == 28 ? 1 : 0);
    List<InetAddress> fitting =
        addresses.stream().filter(a -> a.getAddress().length == (type == 28 ? 16 : 4)).toList();
    var out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    out.write(new byte[] {(byte) 0x81, (byte) (script == null ? 0x83 : 0x80)});
    out.write(ByteBuffer.allocate(8).putShort((short) 1).putShort((short) fitting.size()).array());
    out.write(query, 12, end - 12);
    for (InetAddress address : fitting) {
      byte[] bytes = address.getAddress();
      out.write(
          ByteBuffer.allocate(12)
              .putShort((short) 0xc00c)
              .putShort((short) type)
              .putShort((short) 1)
              .putInt(script == null ? 0 : script.ttl)
              .putShort((short) bytes.length)
              .array());
      out.write(bytes);
    }
    return out.toByteArray();
  }

  /// Both kinds of address are asked for, each walks the script by itself.
  private static List<InetAddress> take(Script script, int kind) {
    int index = Math.min(script.next[kind]++, script.answers.size() - 1);
    return script.answers.get(index);
  }
}
