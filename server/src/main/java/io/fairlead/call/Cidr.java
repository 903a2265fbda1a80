package io.fairlead.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A block of addresses of one family: those that share their first `prefix` bits.
public final class Cidr {
  private final byte[] base;
  private final int prefix;

  private Cidr(byte[] base, int prefix) {
    this.base = base;
    this.prefix = prefix;
  }

  /// The block that an address is in.
  public static Cidr of(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new IllegalArgumentException("no prefix of " + prefix + " bits");
    }
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return new Cidr(bytes, prefix);
  }

  /// A block that the code itself names, e.g. `10.0.0.0/8`.
  static Cidr of(String text) {
    int slash = text.indexOf('/');
    return of(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text, slash + 1, text.length(), 10));
  }

  /// Whether an address is in the block; never when it is of the other family.
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != base[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || (((address[whole] ^ base[whole]) & 0xff) >> (8 - rest)) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr && prefix == cidr.prefix && Arrays.equals(base, cidr.base);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(base) * 31 + prefix;
  }

  /// Its first address.
  InetAddress base() {
    try {
      return InetAddress.getByAddress(base);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return base().getHostAddress() + "/" + prefix;
  }
}
