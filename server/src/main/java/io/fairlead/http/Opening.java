package io.fairlead.http;

import java.util.List;

/// What a call that is answered piece by piece came to at first; reported exactly once.
public sealed interface Opening {
  /// How long it took from sending to this report, in nanoseconds.
  long nanos();

  /// An answer began: its status, its headers and the first of its body are here.
  ///
  /// @param first the first 4 KiB of the body, or all of it when it is shorter; not to be written
  ///   to
  /// @param complete whether that is all of it
  /// @param declared how long the whole body is by its sender's word, -1 when it did not say
  /// @param rest what follows; it is held back until it is collected, streamed or cancelled, which
  ///   must happen unless the answer is complete
  record Opened(
      int status,
      List<Header> headers,
      byte[] first,
      boolean complete,
      long declared,
      Inflow rest,
      long nanos)
      implements Opening {}

  /// No answer came, or it broke before its first 4 KiB were here.
  ///
  /// @param sentence why, for a person
  /// @param lost whether no connection could be made, or it ended before a byte of an answer came:
  ///   what may be asked again may be asked again then
  record Broke(Reply.Failure failure, String sentence, boolean lost, long nanos)
      implements Opening {}
}
