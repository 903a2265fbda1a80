package io.fairlead.call;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Decides what the hub may call. Ordinary hosts of the internet are open; everything else needs
/// the operator's word.
///
/// - A private or special address needs an entry of the allow list that covers it or names the
///   host.
/// - A cloud's metadata address needs an entry that is that very address, or a host entry that is
///   one of the metadata names; no block and no other name opens it.
/// - The hub's own port on one of this machine's addresses needs an entry that names the address or
///   the host *with that port*.
///
/// One refused address refuses the whole host: which of several is dialled must not matter.
/// Immutable.
public final class Gate {
  private final AllowList allowed;
  private final IntSupplier ownPort;
  private final Set<InetAddress> own;

  /// What is said of a host.
  public sealed interface Verdict {
    /// Each of the addresses may be dialled.
    enum Open implements Verdict {
      /// The only one.
      OPEN
    }

    /// None may.
    ///
    /// @param sentence why, and what an operator can do
    record Blocked(String sentence) implements Verdict {}
  }

  /// @param ownPort where the hub itself listens, as soon as that is known
  /// @param own the addresses of this machine, see {@link #ownAddresses}
  public Gate(AllowList allowed, IntSupplier ownPort, Set<InetAddress> own) {
    this.allowed = allowed;
    this.ownPort = ownPort;
    this.own = Set.copyOf(own);
  }

  /// The addresses of this machine's network interfaces, as they are now.
  public static Set<InetAddress> ownAddresses() {
    var all = new HashSet<InetAddress>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(address -> {
            // Without the interface's name that link-local ones carry.
            all.add(Addresses.plain(unscoped(address)));
          });
    } catch (SocketException e) {
      throw new IllegalStateException("cannot list the addresses of this machine", e);
    }
    return all;
  }

  private static InetAddress unscoped(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The address that a host is written as, null when it is a name and has to be resolved.
  ///
  /// @throws IllegalArgumentException when it looks like an address and is none
  static @Nullable InetAddress literal(String host) {
    return Addresses.literal(host);
  }

  /// Whether all addresses of a host may be dialled.
  ///
  /// @param host the host as the URL has it: a name in lower-case ASCII, or an address
  /// @param addresses all that it resolves to
  public Verdict check(String host, int port, List<InetAddress> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      String sentence = refusal(host, port, Addresses.plain(addresses.get(i)));
      if (sentence != null) {
        return new Verdict.Blocked(sentence);
      }
    }
    return Verdict.Open.OPEN;
  }

  private @Nullable String refusal(String host, int port, InetAddress plain) {
    if (Addresses.isMetadata(plain) || Addresses.isMetadata(host)) {
      String name = Addresses.isMetadata(host) ? host : null;
      return allowed.names(name, port, plain, false)
          ? null
          : "The hub may not call %s: it leads to a cloud's metadata service. An operator can allow it by naming exactly that address in FAIRLEAD_EGRESS_ALLOW."
              .formatted(host);
    }
    if (port == ownPort.getAsInt() && isOwn(plain)) {
      return allowed.names(host, port, plain, true)
          ? null
          : "The hub may not call %s on port %d: that is the hub itself. An operator can allow it by naming host and port in FAIRLEAD_EGRESS_ALLOW."
              .formatted(host, port);
    }
    if (Addresses.isSpecial(plain) && !allowed.allows(host, port, plain)) {
      return "The hub may not call %s: it leads to an address that is private or otherwise special. An operator can allow it with FAIRLEAD_EGRESS_ALLOW."
          .formatted(host);
    }
    return null;
  }

  private boolean isOwn(InetAddress plain) {
    return plain.isLoopbackAddress() || plain.isAnyLocalAddress() || own.contains(plain);
  }
}
