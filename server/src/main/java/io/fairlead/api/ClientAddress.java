package io.fairlead.api;

import io.fairlead.call.Cidr;
import io.fairlead.http.Head;
import io.fairlead.http.Header;
import java.net.InetAddress;
import java.util.List;

/// Who calls, seen through the proxies in front of the hub: the last address of `X-Forwarded-For`
/// that is not a trusted proxy's. What stands before it anybody can have written.
public final class ClientAddress {
  private final List<Cidr> proxies;

  /// @param proxies the addresses of proxies that are believed
  public ClientAddress(List<Cidr> proxies) {
    this.proxies = List.copyOf(proxies);
  }

  InetAddress of(Head head) {
    InetAddress address = head.remote();
    if (!isProxy(address)) {
      return address;
    }
    List<String> forwarded =
        head.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("X-Forwarded-For"))
            .map(Header::value)
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .toList();
    for (String text : forwarded.reversed()) {
      try {
        address = InetAddress.ofLiteral(text.strip());
      } catch (IllegalArgumentException e) {
        return address;
      }
      if (!isProxy(address)) {
        return address;
      }
    }
    return address;
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }
}
