package io.fairlead.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.call.Gate.Verdict;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
  private static final int OWN_PORT = 8080;
  private static final Set<InetAddress> OWN =
      Set.of(InetAddress.ofLiteral("10.1.1.1"), InetAddress.ofLiteral("198.41.0.4"));

  private static Gate gate(String allowed) {
    return switch (AllowList.parse(allowed)) {
      case AllowList.Parsed.Ready(var list) -> new Gate(list, () -> OWN_PORT, OWN);
      case AllowList.Parsed.Faulty(var sentences) -> throw new AssertionError(sentences.toString());
    };
  }

  private static boolean open(String allowed, String host, int port, String... addresses) {
    var all = Arrays.stream(addresses).map(GateTest::raw).toList();
    return gate(allowed).check(host, port, all) instanceof Verdict.Open;
  }

  /// An address as it came, without the unwrapping that the JDK does for mapped ones.
  private static InetAddress raw(String text) {
    if (!text.startsWith("::ffff:") || text.startsWith("::ffff:0:")) {
      return InetAddress.ofLiteral(text);
    }
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(InetAddress.ofLiteral(text.substring(7)).getAddress(), 0, bytes, 12, 4);
    try {
      return Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.9",
        "192.0.0.255",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::2",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::1.2.3.4",
        "100::1",
        "100:0:0:1::1",
        "2001::1",
        "2001:0:1234::1",
        "2001:1::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:30::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "5f00::1",
        "fc00::1",
        "fdff:ffff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "ff0e::1",
        "4000::1",
        "1fff::1"
      })
  void specialAddressesAreRefused(String address) {
    assertThat(open("", "api.example.com", 443, address)).isFalse();
    assertThat(open("", "api.example.com", 443, "93.184.215.14", address)).isFalse();
    assertThat(open("", "api.example.com", 443, address, "93.184.215.14")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1",
        "2001:200::1",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "3ffe:ffff::1",
        "3fff:1000::1"
      })
  void ordinaryAddressesAreOpen(String address) {
    assertThat(open("", "api.example.com", 443, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1", "0x7f000001",
        "017700000001", "127.1", "127.0.1", "0x7F.1", "127.0.0.1.", "00000177.1"
      })
  void everySpellingOfLoopbackIsReadAsLoopback(String host) {
    assertThat(Gate.literal(host)).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "256.1.1.1",
        "1.2.3.4.5",
        "0x",
        "1.2.3.0xfffff",
        "09.1",
        "127.0.0.08",
        "a.b.1",
        "fe80::1%eth0",
        "::1%1",
        "1::2::3",
        "::g",
        "99999999999"
      })
  void whatLooksLikeAnAddressAndIsNoneIsRefused(String host) {
    assertThatThrownBy(() -> Gate.literal(host)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "api.example.com", "1.example.com", "a1", "face", "0x7f.example"})
  void namesAreNames(String host) {
    assertThat(Gate.literal(host)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, h.example, 443, 10.2.3.4, true",
    "10.0.0.0/8, h.example, 443, 11.2.3.4, true",
    "10.0.0.0/8, h.example, 443, 192.168.1.1, false",
    "10.0.0.0/8:8443, h.example, 443, 10.2.3.4, false",
    "10.0.0.0/8:8443, h.example, 8443, 10.2.3.4, true",
    "10.0.0.0/8, h.example, 443, 64:ff9b::10.1.1.2, true",
    "10.0.0.0/8, h.example, 443, ::ffff:10.1.1.2, true",
    "127.0.0.0/8, 127.0.0.1, 9000, 127.0.0.1, true",
    "127.0.0.0/8, 127.0.0.1, 8080, 127.0.0.1, false",
    "127.0.0.1, 127.0.0.1, 8080, 127.0.0.1, false",
    "127.0.0.1:8080, 127.0.0.1, 8080, 127.0.0.1, true",
    "localhost, localhost, 8080, 127.0.0.1, false",
    "localhost:8080, localhost, 8080, 127.0.0.1, true",
    "localhost:8080, other.example, 8080, 127.0.0.1, false",
    "10.0.0.0/8, h.example, 8080, 10.1.1.1, false",
    "'', h.example, 8080, 198.41.0.4, false",
    "'', h.example, 8081, 198.41.0.4, true",
    "::1, h.example, 443, ::1, true",
    "[::1]:443, h.example, 443, ::1, true",
    "[::1]:443, h.example, 444, ::1, false",
    "fd00::/8, h.example, 443, fd12::1, true",
    "[fd00::/8]:443, h.example, 443, fd12::1, true",
    "[fd00::/8]:443, h.example, 80, fd12::1, false",
    "billing.internal, billing.internal, 443, 10.0.0.1, true",
    "billing.internal, other.internal, 443, 10.0.0.1, false",
    "BILLING.internal:443, billing.internal, 443, 10.0.0.1, true",
    "billing.internal:443, billing.internal, 80, 10.0.0.1, false",
    "169.254.0.0/16, h.example, 80, 169.254.169.254, false",
    "0.0.0.0/0, h.example, 80, 169.254.169.254, false",
    "h.example, h.example, 80, 169.254.169.254, false",
    "169.254.169.254, h.example, 80, 169.254.169.254, true",
    "169.254.169.254:80, h.example, 443, 169.254.169.254, false",
    "metadata.google.internal, metadata.google.internal, 80, 169.254.169.254, true",
    "169.254.0.0/16, metadata.google.internal, 80, 169.254.1.1, false",
    "fd00::/8, h.example, 80, fd00:ec2::254, false",
    "100.64.0.0/10, h.example, 80, 100.100.100.200, false",
    "0.0.0.0/0, h.example, 80, ::ffff:169.254.169.254, false",
    "'', h.example, 80, 168.63.129.16, false",
    "::/0, h.example, 80, fe80::1, true",
    "::/0, h.example, 80, 10.0.0.1, false",
    "' 10.0.0.0/8 , fd00::/8', h.example, 80, fd00::1, true"
  })
  void theAllowListOpensWhatItNames(
      String allowed, String host, int port, String address, boolean expected) {
    assertThat(open(allowed, host, port, address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1/8 | \"10.0.0.1/8\": the address has bits beyond its prefix; 10.0.0.0/8 is meant?",
        "10.0.0.0/33 | \"10.0.0.0/33\": after the slash stands a number from 0 to 32.",
        "10.0.0.0/ | \"10.0.0.0/\": after the slash stands a number from 0 to 32.",
        "fd00::/129 | \"fd00::/129\": after the slash stands a number from 0 to 128.",
        "host/8 | \"host/8\": before the slash stands an address, as in 10.0.0.0/8.",
        "*.internal | \"*.internal\": hosts are named one by one, without wildcards.",
        "host:0 | \"host:0\": a port is a number from 1 to 65535.",
        "host:65536 | \"host:65536\": a port is a number from 1 to 65535.",
        "host: | \"host:\": a port is a number from 1 to 65535.",
        "[::1 | \"[::1\": the bracket is not closed.",
        "[::1]x | \"[::1]x\": after ] there may be only a port, as in [::1]:8080 or [fd00::/8]:443.",
        "[host]:80 | \"[host]:80\": between [ and ] stands an IPv6 address or block.",
        "127.1 | \"127.1\": IPv4 addresses are written as four numbers, like 10.1.2.3.",
        "1.2.3.256 | \"1.2.3.256\": that is not an address.",
        "http://host | \"http://host\": a port is a number from 1 to 65535.",
        "a b | \"a b\": expected a block like 10.0.0.0/8, an address, or a host name, each perhaps with a :port.",
        "a,,b | There is an empty entry: two commas, or one at an end."
      })
  void wrongEntriesAreSaidPlainly(String text, String sentence) {
    assertThat(AllowList.parse(text)).isEqualTo(new AllowList.Parsed.Faulty(List.of(sentence)));
  }

  @Test
  void blockedSentencesNameTheHostAndNotItsAddresses() {
    var blocked =
        (Verdict.Blocked)
            gate("").check("billing.internal", 443, List.of(InetAddress.ofLiteral("10.9.8.7")));
    assertThat(blocked.sentence())
        .isEqualTo(
            "The hub may not call billing.internal: it leads to an address that is private or otherwise special. An operator can allow it with FAIRLEAD_EGRESS_ALLOW.");
  }

  @Test
  void blocksContainWhatArithmeticSays() throws UnknownHostException {
    var random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      int size = random.nextBoolean() ? 4 : 16;
      byte[] base = new byte[size];
      random.nextBytes(base);
      byte[] other = base.clone();
      // Mostly near, so that both answers come up.
      int flipped = random.nextInt(size * 8);
      other[flipped / 8] ^= (byte) (0x80 >> (flipped % 8));
      int prefix = random.nextInt(size * 8 + 1);
      Cidr block = Cidr.of(address(base), prefix);
      boolean expected =
          new BigInteger(1, base)
              .shiftRight(size * 8 - prefix)
              .equals(new BigInteger(1, other).shiftRight(size * 8 - prefix));
      assertThat(block.contains(address(other).getAddress())).isEqualTo(expected);
      assertThat(block.contains(address(base))).isTrue();
      assertThat(block.contains(new byte[size == 4 ? 16 : 4])).isFalse();
    }
  }

  private static InetAddress address(byte[] bytes) throws UnknownHostException {
    return bytes.length == 16
        ? Inet6Address.getByAddress(null, bytes, -1)
        : InetAddress.getByAddress(bytes);
  }

  @Test
  void listsThisMachinesAddresses() {
    assertThat(Gate.ownAddresses()).contains(InetAddress.ofLiteral("127.0.0.1"));
  }
}
