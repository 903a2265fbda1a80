package io.fairlead.http;

import io.fairlead.base.Clock;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Resolves names on one loop: the hosts file, then the name servers, without blocking. Always all
/// addresses, since each of them has to be checked. Used only on its loop.
public final class Names {
  private static final long QUERY_MILLIS = 5_000;
  private static final long LONGEST_SECONDS = 30;
  private static final Duration FAILED_FOR = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final int MOST_NAMES = 10_000;

  private final DnsNameResolver resolver;
  private final Clock clock;
  private final Ttls ttls = new Ttls();
  private final HashMap<String, Known> known = new HashMap<>();
  private final HashMap<String, List<Waiter>> waiting = new HashMap<>();

  /// What resolving a name came to.
  public sealed interface Resolution {}

  /// The name has these addresses, at least one. The same object for as long as it is remembered.
  public record Found(List<InetAddress> addresses) implements Resolution {
    public Found {
      addresses = List.copyOf(addresses);
    }
  }

  /// The name has no address, or nobody said.
  ///
  /// @param sentence why, for a person
  public record NotFound(String sentence) implements Resolution {}

  private record Known(Resolution resolution, long until) {}

  private static final class Waiter {
    final Consumer<Resolution> done;
    final long deadline;
    boolean told;

    Waiter(Consumer<Resolution> done, long deadline) {
      this.done = done;
      this.deadline = deadline;
    }
  }

  Names(Loop loop, Transport transport, List<InetSocketAddress> nameServers, Clock clock) {
    this.clock = clock;
    var builder =
        new DnsNameResolverBuilder(loop.thread())
            .datagramChannelFactory(transport.datagramChannelFactory())
            .socketChannelFactory(
                () -> (SocketChannel) transport.channelFactory(false).newChannel())
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false)
            .queryTimeoutMillis(QUERY_MILLIS)
            .resolveCache(ttls)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
    if (!nameServers.isEmpty()) {
      builder
          .nameServerProvider(new SequentialDnsServerAddressStreamProvider(nameServers))
          .searchDomains(List.of());
    }
    this.resolver = builder.build();
    loop.every(SWEEP, this::sweep);
  }

  /// Finds all addresses of a name, from memory for as long as the name servers allow (1 to 30 s).
  ///
  /// @param name lower-case ASCII
  /// @param atMost how long it may take
  /// @param done hears of the end exactly once, on the loop, possibly before this returns
  public void resolve(String name, Duration atMost, Consumer<Resolution> done) {
    long now = clock.nanos();
    Known before = known.get(name);
    if (before != null && now - before.until < 0) {
      done.accept(before.resolution);
      return;
    }
    var waiter = new Waiter(done, now + atMost.toNanos());
    List<Waiter> others = waiting.get(name);
    if (others != null) {
      others.add(waiter);
      return;
    }
    var first = new ArrayList<Waiter>();
    first.add(waiter);
    waiting.put(name, first);
    resolver.resolveAll(name).addListener((Future<List<InetAddress>> end) -> finish(name, end));
  }

  private void finish(String name, Future<List<InetAddress>> end) {
    Resolution resolution;
    long keep;
    Long ttl = ttls.shortest.remove(name);
    if (end.isSuccess()) {
      resolution = new Found(end.getNow());
      long seconds = ttl == null ? LONGEST_SECONDS : Math.clamp(ttl, 1, LONGEST_SECONDS);
      keep = TimeUnit.SECONDS.toNanos(seconds);
    } else {
      resolution = new NotFound(sentence(name, end.cause()));
      keep = FAILED_FOR.toNanos();
    }
    if (waiting.size() <= 1) {
      // What search domains made of a name is heard of under names that nobody asks for.
      ttls.shortest.clear();
    }
    long now = clock.nanos();
    if (known.size() >= MOST_NAMES) {
      known.values().removeIf(k -> now - k.until >= 0);
      if (known.size() >= MOST_NAMES) {
        known.clear();
      }
    }
    known.put(name, new Known(resolution, now + keep));
    List<Waiter> waiters = waiting.remove(name);
    if (waiters != null) {
      for (Waiter waiter : waiters) {
        tell(waiter, resolution);
      }
    }
  }

  private static void tell(Waiter waiter, Resolution resolution) {
    if (!waiter.told) {
      waiter.told = true;
      Loop.run(() -> waiter.done.accept(resolution));
    }
  }

  private static String sentence(String name, @Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DnsNameResolverTimeoutException) {
        return "The name servers gave no answer for the name " + name + ".";
      }
    }
    return "The name " + name + " does not resolve.";
  }

  private void sweep() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = clock.nanos();
    var late = new ArrayList<Runnable>();
    for (var entry : waiting.entrySet()) {
      entry
          .getValue()
          .removeIf(waiter -> {
            if (now - waiter.deadline < 0) {
              return false;
            }
            String name = entry.getKey();
            late.add(() ->
                tell(
                    waiter,
                    new NotFound(
                        "The name servers gave no answer in time for the name " + name + ".")));
            return true;
          });
    }
    late.forEach(Runnable::run);
  }

  void close() {
    resolver.close();
  }

  /// Remembers nothing for the resolver, which would mix addresses of one answer with those of the
  /// next, but hears of the times that records may be kept.
  private static final class Ttls implements DnsCache {
    final HashMap<String, Long> shortest = new HashMap<>();

    @Override
    public void clear() {}

    @Override
    public boolean clear(String hostname) {
      return false;
    }

    @Override
    public @Nullable List<? extends DnsCacheEntry> get(String hostname, DnsRecord[] additionals) {
      return null;
    }

    @Override
    public DnsCacheEntry cache(
        String hostname,
        DnsRecord[] additionals,
        InetAddress address,
        long originalTtl,
        EventLoop loop) {
      String name =
          hostname.endsWith(".") ? hostname.substring(0, hostname.length() - 1) : hostname;
      shortest.merge(name, originalTtl, Math::min);
      return new Answered(address);
    }

    @Override
    public @Nullable DnsCacheEntry cache(
        String hostname, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
      return null;
    }

    private record Answered(InetAddress address) implements DnsCacheEntry {
      @Override
      public @Nullable Throwable cause() {
        return null;
      }
    }
  }
}
