package io.fairlead.http;

import java.time.Duration;

/// A listening port.
public interface HttpServer {
  /// The port, also when any free one was asked for.
  int port();

  /// Takes no more connections, lets running requests end, then closes every connection. Blocks;
  /// not to be called on a loop.
  ///
  /// @param grace how long running requests may take before they are cut
  void close(Duration grace);
}
