package io.fairlead.http;

import io.fairlead.base.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening port. Requests are bounded: headers 16 KiB, request line 8 KiB, body by its taker's
/// limit and within 30 seconds; a connection without a request is closed after 75 seconds.
public final class HttpServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int LARGEST_HEAD = 16 << 10;
  private static final int LONGEST_LINE = 8 << 10;
  private static final int BACKLOG = 1_024;

  private final List<io.vertx.core.http.HttpServer> servers;

  private HttpServer(List<io.vertx.core.http.HttpServer> servers) {
    this.servers = List.copyOf(servers);
  }

  /// One server of Vert.x for each loop, on one port: the connections are dealt out in turn.
  ///
  /// @param number another one for each port of the network
  static HttpServer start(
      VertxInternal vertx,
      List<Loop> loops,
      String host,
      int port,
      int number,
      Edge edge,
      Clock clock) {
    var servers = new ArrayList<io.vertx.core.http.HttpServer>();
    SocketAddress address =
        port == 0
            ? SocketAddress.sharedRandomPort(number, host)
            : SocketAddress.inetSocketAddress(port, host);
    for (Loop loop : loops) {
      var side = new ServerSide(loop, edge, clock);
      io.vertx.core.http.HttpServer server =
          vertx
              .createHttpServer(options())
              .connectionHandler(side::connected)
              .requestHandler(side::handle)
              .invalidRequestHandler(side::malformed)
              .exceptionHandler(e -> LOG.debug("A connection failed.", e));
      try {
        listen(loop, server, address).toCompletionStage().toCompletableFuture().join();
      } catch (CompletionException e) {
        new HttpServer(servers).close(Duration.ZERO);
        throw new IllegalStateException(sentence(host, port, e.getCause()), e);
      }
      servers.add(server);
    }
    return new HttpServer(servers);
  }

  private static Future<io.vertx.core.http.HttpServer> listen(
      Loop loop, io.vertx.core.http.HttpServer server, SocketAddress address) {
    Promise<io.vertx.core.http.HttpServer> listening = Promise.promise();
    loop.context().runOnContext(v -> server.listen(address).onComplete(listening));
    return listening.future();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxHeaderSize(LARGEST_HEAD)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true);
  }

  private static String sentence(String host, int port, @Nullable Throwable cause) {
    String where = host + " port " + port;
    return switch (cause) {
      case UnknownHostException e -> "Cannot listen on " + where + ": the host is not known.";
      case SocketException e -> "Cannot listen on " + where + ": " + e.getMessage() + ".";
      case IOException e when String.valueOf(e.getMessage()).contains("in use") ->
          "Cannot listen on " + where + ": another process does already.";
      case null, default -> "Cannot listen on " + where + ": " + cause + ".";
    };
  }

  /// The port, also when any free one was asked for.
  public int port() {
    return servers.getFirst().actualPort();
  }

  /// Takes no more connections, lets running requests end, then closes every connection. Blocks;
  /// not to be called on a loop.
  ///
  /// @param grace how long running requests may take before they are cut
  public void close(Duration grace) {
    var closing = new ArrayList<Future<Void>>();
    for (io.vertx.core.http.HttpServer server : servers) {
      closing.add(server.shutdown(grace));
    }
    var _ =
        Future.join(closing)
            .otherwiseEmpty()
            .toCompletionStage()
            .toCompletableFuture()
            .completeOnTimeout(null, grace.toMillis() + 5_000, TimeUnit.MILLISECONDS)
            .join();
  }
}
