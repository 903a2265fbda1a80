package io.fairlead.call;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an operator lets the hub call although it is private: the value of `FAIRLEAD_EGRESS_ALLOW`.
///
/// Entries are separated by commas. Each is a block of addresses (`10.0.0.0/8`, `fd00::/8`), one
/// address (`10.1.2.3`, `::1`) or one host name (`billing.internal`), and may end with a port
/// (`10.0.0.0/8:8443`, `[fd00::/8]:443`, `[::1]:8080`, `billing.internal:80`); without one it holds
/// for every port.
public final class AllowList {
  /// Allows nothing that is private.
  public static final AllowList NOTHING = new AllowList(List.of());

  private final List<Entry> entries;

  /// What reading a list came to.
  public sealed interface Parsed {
    /// It can be used.
    record Ready(AllowList list) implements Parsed {}

    /// It cannot.
    ///
    /// @param sentences one for each wrong entry
    record Faulty(List<String> sentences) implements Parsed {}
  }

  /// One entry; `port` 0 is any.
  private sealed interface Entry {
    int port();

    record Block(Cidr cidr, int port) implements Entry {}

    record Address(InetAddress address, int port) implements Entry {}

    record Name(String name, int port) implements Entry {}
  }

  private AllowList(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Reads a list; empty text is an empty list.
  public static Parsed parse(String text) {
    var entries = new ArrayList<Entry>();
    var faults = new ArrayList<String>();
    for (String part : text.split(",", -1)) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        if (!text.isBlank()) {
          faults.add("There is an empty entry: two commas, or one at an end.");
        }
        continue;
      }
      try {
        entries.add(entry(entry.toLowerCase(Locale.ROOT)));
      } catch (Unreadable e) {
        faults.add("\"" + entry + "\": " + e.getMessage());
      }
    }
    return faults.isEmpty()
        ? new Parsed.Ready(new AllowList(entries))
        : new Parsed.Faulty(List.copyOf(faults));
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  private static Entry entry(String text) throws Unreadable {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new Unreadable("the bracket is not closed.");
      }
      String rest = text.substring(end + 1);
      if (!rest.isEmpty() && !rest.startsWith(":")) {
        throw new Unreadable(
            "after ] there may be only a port, as in [::1]:8080 or [fd00::/8]:443.");
      }
      String inside = text.substring(1, end);
      if (inside.indexOf(':') < 0) {
        throw new Unreadable("between [ and ] stands an IPv6 address or block.");
      }
      return entry(inside, rest.isEmpty() ? 0 : port(rest.substring(1)));
    }
    int colon = text.indexOf(':');
    boolean one = colon >= 0 && text.indexOf(':', colon + 1) < 0;
    return one ? entry(text.substring(0, colon), port(text.substring(colon + 1))) : entry(text, 0);
  }

  private static int port(String text) throws Unreadable {
    if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new Unreadable("a port is a number from 1 to 65535.");
  }

  private static Entry entry(String text, int port) throws Unreadable {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return new Entry.Block(block(text.substring(0, slash), text.substring(slash + 1)), port);
    }
    InetAddress address = address(text);
    if (address != null) {
      return new Entry.Address(Addresses.plain(address), port);
    }
    if (text.indexOf('*') >= 0) {
      throw new Unreadable("hosts are named one by one, without wildcards.");
    }
    if (!text.matches("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?") || text.contains("..")) {
      throw new Unreadable(
          "expected a block like 10.0.0.0/8, an address, or a host name, each perhaps with a :port.");
    }
    return new Entry.Name(text, port);
  }

  private static Cidr block(String base, String bits) throws Unreadable {
    InetAddress address = address(base);
    if (address == null) {
      throw new Unreadable("before the slash stands an address, as in 10.0.0.0/8.");
    }
    int most = address.getAddress().length * 8;
    if (!bits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bits) > most) {
      throw new Unreadable("after the slash stands a number from 0 to " + most + ".");
    }
    Cidr block = Cidr.of(address, Integer.parseInt(bits));
    if (!Cidr.of(address, most).equals(Cidr.of(block.base(), most))) {
      throw new Unreadable("the address has bits beyond its prefix; " + block + " is meant?");
    }
    return block;
  }

  private static @Nullable InetAddress address(String text) throws Unreadable {
    InetAddress address;
    try {
      address = Addresses.literal(text);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("that is not an address.");
    }
    if (address != null
        && address.getAddress().length == 4
        && !address.getHostAddress().equals(text)) {
      throw new Unreadable("IPv4 addresses are written as four numbers, like 10.1.2.3.");
    }
    return address;
  }

  /// Whether a block, the address or the host allows it.
  boolean allows(String host, int port, InetAddress plain) {
    for (Entry entry : entries) {
      boolean named =
          switch (entry) {
            case Entry.Block block -> block.cidr.contains(plain);
            case Entry.Address address -> address.address.equals(plain);
            case Entry.Name name -> name.name.equals(host);
          };
      if (named && (entry.port() == 0 || entry.port() == port)) {
        return true;
      }
    }
    return false;
  }

  /// Whether an entry is that address, or that host by name.
  ///
  /// @param host null when naming the host is not enough
  /// @param withPort whether the entry has to name the port too
  boolean names(@Nullable String host, int port, InetAddress plain, boolean withPort) {
    for (Entry entry : entries) {
      boolean named =
          switch (entry) {
            case Entry.Block block -> false;
            case Entry.Address address -> address.address.equals(plain);
            case Entry.Name name -> name.name.equals(host);
          };
      if (named && (entry.port() == port || (entry.port() == 0 && !withPort))) {
        return true;
      }
    }
    return false;
  }
}
