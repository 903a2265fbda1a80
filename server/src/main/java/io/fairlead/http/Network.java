package io.fairlead.http;

import io.fairlead.base.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The network stack for both sides: a few event loops, each with its share of every listening
/// port's connections, its own client and its own resolver.
public final class Network implements AutoCloseable {
  private final VertxInternal vertx;
  private final List<Loop> loops;
  private final List<HttpClient> clients;
  private final List<Names> names;
  private final Clock clock;
  private final AtomicInteger ports = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// How to open a network.
  ///
  /// @param loops how many event loops, at least 1
  /// @param nameServers whom to ask for names; empty: those of the machine
  /// @param trusted certificates to trust; null: those of the JVM
  public record Settings(
      int loops, Clock clock, List<InetSocketAddress> nameServers, @Nullable KeyStore trusted) {
    public Settings {
      nameServers = List.copyOf(nameServers);
    }

    /// The machine's clock, name servers and trust.
    public static Settings standard(int loops) {
      return new Settings(loops, Clock.SYSTEM, List.of(), null);
    }
  }

  private Network(Settings settings) {
    this.clock = settings.clock();
    this.vertx =
        (VertxInternal)
            Vertx.vertx(
                new VertxOptions()
                    .setPreferNativeTransport(true)
                    .setEventLoopPoolSize(settings.loops())
                    // Nothing runs on Vert.x's own workers; names are resolved by Names.
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setAddressResolverOptions(new AddressResolverOptions()));
    this.loops = distinct(vertx, settings.loops());
    this.clients = new ArrayList<>();
    this.names = new ArrayList<>();
    var transport = vertx.transport();
    var trust = new ClientTls(settings.trusted());
    for (Loop loop : loops) {
      clients.add(new HttpClient(loop, transport.channelFactory(false), trust, settings.clock()));
      names.add(new Names(loop, transport, settings.nameServers(), settings.clock()));
    }
  }

  /// Opens a network of that many loops with the machine's clock, name servers and trust.
  public static Network open(int loops) {
    return open(Settings.standard(loops));
  }

  /// Opens a network.
  public static Network open(Settings settings) {
    if (settings.loops() < 1) {
      throw new IllegalArgumentException("a network has at least one loop");
    }
    return new Network(settings);
  }

  /// Contexts are handed out over the threads in turn, but by a counter that others move too: two
  /// of them may share a thread, and then half of the machine idles.
  private static List<Loop> distinct(VertxInternal vertx, int count) {
    var found = new ArrayList<ContextInternal>();
    for (int tries = 0; found.size() < count && tries < 100 * count; tries++) {
      ContextInternal context = vertx.createEventLoopContext();
      if (found.stream().noneMatch(c -> c.nettyEventLoop().equals(context.nettyEventLoop()))) {
        found.add(context);
      }
    }
    if (found.size() < count) {
      throw new IllegalStateException("cannot get " + count + " event loops");
    }
    var loops = new ArrayList<Loop>();
    for (ContextInternal context : found) {
      loops.add(new Loop(loops.size(), context));
    }
    return List.copyOf(loops);
  }

  /// The loops, by index.
  public List<Loop> loops() {
    return loops;
  }

  /// The loop's client.
  public HttpClient client(Loop loop) {
    return clients.get(loop.index());
  }

  /// The loop's resolver.
  public Names names(Loop loop) {
    return names.get(loop.index());
  }

  /// Listens; each loop gets its share of connections. Blocks; not to be called on a loop.
  ///
  /// @param host an address of this machine, or `0.0.0.0`
  /// @param port 0 for any free one
  /// @throws IllegalStateException when it cannot listen there; the message says why, for a person
  public HttpServer listen(String host, int port, Edge edge) {
    return HttpServer.start(vertx, loops, host, port, ports.incrementAndGet(), edge, clock);
  }

  /// Ends every call and connection and the loops themselves. Blocks; not to be called on a loop.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    for (Loop loop : loops) {
      Loop.await(loop, () -> client(loop).close());
      Loop.await(loop, () -> names(loop).close());
    }
    var _ =
        vertx
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }
}
