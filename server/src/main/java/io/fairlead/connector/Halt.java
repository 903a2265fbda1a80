package io.fairlead.connector;

/// What a third party said that stops a connector until people set it going again.
///
/// @param reason a sentence with the time and the attempt
public record Halt(Cause cause, String reason) {
  /// Stored by place: add at the end.
  public enum Cause {
    /// The credential does not work any more.
    NEEDS_AUTH,
    /// No more calls are wanted.
    DISABLED
  }
}
