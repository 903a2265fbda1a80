package io.fairlead.http;

import java.time.Duration;
import java.util.List;

/// The network stack, for both sides.
public final class Network implements AutoCloseable {
  private final List<Loop> loops;

  private Network(List<Loop> loops) {
    this.loops = loops;
  }

  /// Starts event loops.
  ///
  /// @param loops how many, at least 1
  public static Network open(int loops) {
    return new Network(List.of());
  }

  /// The loops, by index.
  public List<Loop> loops() {
    return loops;
  }

  /// Listens; each loop gets its share of connections.
  ///
  /// @param host an address of this machine, or `0.0.0.0`
  /// @param port 0 for any free one
  public HttpServer listen(String host, int port, Edge edge) {
    return new HttpServer() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public void close(Duration grace) {}
    };
  }

  @Override
  public void close() {}
}
