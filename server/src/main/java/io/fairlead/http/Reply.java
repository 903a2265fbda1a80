package io.fairlead.http;

import java.util.List;

/// What a call came to; reported exactly once.
public sealed interface Reply {
  /// How long it took from sending to the end, in nanoseconds.
  long nanos();

  /// A whole answer came.
  ///
  /// @param body its beginning, as much as was to be kept
  /// @param bodySize how much came, in bytes; at most 10 MiB
  record Answered(int status, List<Header> headers, byte[] body, long bodySize, long nanos)
      implements Reply {}

  /// No whole answer came.
  ///
  /// @param sentence why, for a person
  record Broke(Failure failure, String sentence, long nanos) implements Reply {}

  /// Where a call broke.
  enum Failure {
    /// No connection.
    CONNECT,
    /// No TLS session, or not with the right name.
    TLS,
    /// Not done in time.
    TIMEOUT,
    /// Not HTTP, too large, cut short, or cut by us.
    BROKEN
  }
}
