package io.fairlead.http;

import org.jspecify.annotations.Nullable;

/// How an answer that was streamed to a caller ended.
///
/// @param bytes how much of its body was given to the caller's connection
/// @param begun whether the caller has seen any of it; if not, it can still be answered
/// @param why what broke it; null when it went through to its end
/// @param broke the same in a sentence; null when it went through to its end
public record StreamEnd(long bytes, boolean begun, @Nullable Why why, @Nullable String broke) {
  /// What breaks a stream.
  public enum Why {
    /// The caller closed its connection.
    CALLER_GONE,
    /// The caller took nothing for 30 seconds.
    CALLER_STALLED,
    /// The third party sent nothing for 30 seconds.
    THIRD_PARTY_STALLED,
    /// The third party's answer was cut short or went wrong.
    THIRD_PARTY_BROKE,
    /// The answer is larger than it may be.
    TOO_LARGE
  }
}
