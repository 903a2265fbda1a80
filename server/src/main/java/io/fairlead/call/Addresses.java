package io.fairlead.call;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of addresses: which are no ordinary hosts of the internet (the registries of IANA
/// for special-purpose addresses, RFC 6890 and its successors, and what was special once), and
/// which give away the keys of a cloud.
final class Addresses {
  private static final List<Cidr> SPECIAL_V4 =
      cidrs(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by a carrier
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /// Everything but 2000::/3 is special in IPv6; these are special within it.
  private static final List<Cidr> SPECIAL_V6 =
      cidrs(
          "2001::/23", // protocol assignments: Teredo, ORCHID and others
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  private static final Cidr UNICAST_V6 = Cidr.of("2000::/3");
  private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("169.254.169.254"),
          InetAddress.ofLiteral("169.254.170.2"),
          InetAddress.ofLiteral("169.254.170.23"),
          InetAddress.ofLiteral("169.254.0.23"),
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("168.63.129.16"),
          InetAddress.ofLiteral("192.0.0.192"),
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("fd00:ec2::23"),
          InetAddress.ofLiteral("fd20:ce::254"));

  private static final Set<String> METADATA_NAMES =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "metadata.tencentyun.com",
          "instance-data",
          "instance-data.ec2.internal");

  private Addresses() {}

  private static List<Cidr> cidrs(String... texts) {
    return Arrays.stream(texts).map(Cidr::of).toList();
  }

  /// The IPv4 address that an IPv6 address stands for (mapped, compatible, translated by RFC 6052),
  /// or the address itself.
  static InetAddress plain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16) {
      return address;
    }
    boolean zeros = true;
    for (int i = 0; i < 10 && zeros; i++) {
      zeros = bytes[i] == 0;
    }
    boolean mapped = zeros && bytes[10] == -1 && bytes[11] == -1;
    // :: and ::1 are addresses of IPv6's own.
    boolean compatible =
        zeros && bytes[10] == 0 && bytes[11] == 0 && (bytes[12] | bytes[13] | bytes[14]) != 0;
    if (mapped || compatible || NAT64.contains(bytes)) {
      try {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
    return address;
  }

  /// Whether a plain address is anything but an ordinary host of the internet.
  static boolean isSpecial(InetAddress plain) {
    byte[] bytes = plain.getAddress();
    if (plain instanceof Inet4Address) {
      return contains(SPECIAL_V4, bytes);
    }
    return !UNICAST_V6.contains(bytes) || contains(SPECIAL_V6, bytes);
  }

  private static boolean contains(List<Cidr> blocks, byte[] address) {
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }

  static boolean isMetadata(InetAddress plain) {
    return METADATA.contains(plain);
  }

  static boolean isMetadata(String host) {
    return METADATA_NAMES.contains(host);
  }

  /// The address that a host is when it is written as one, in whatever way a program might read as
  /// an address (`127.1`, `0x7f.1`, `2130706433`); null when it is a name.
  ///
  /// @throws IllegalArgumentException when it looks like an address and is none
  static @Nullable InetAddress literal(String host) {
    if (host.indexOf(':') >= 0) {
      if (host.indexOf('%') >= 0) {
        throw new IllegalArgumentException("a zone");
      }
      return InetAddress.ofLiteral(host);
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.isEmpty() || !isNumber(last)) {
      return null;
    }
    return Inet4Address.ofPosixLiteral(name);
  }

  /// As the URL standard has it: a host whose last label is a number is an address or nothing.
  private static boolean isNumber(String label) {
    boolean hex = label.startsWith("0x") || label.startsWith("0X");
    for (int i = hex ? 2 : 0; i < label.length(); i++) {
      if (Character.digit(label.charAt(i), hex ? 16 : 10) < 0 || label.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }
}
