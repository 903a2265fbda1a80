package io.fairlead.response;

/// What an attempt came to. Stored by place: add at the end.
public enum Outcome {
  /// Delivered.
  SUCCESS,
  /// To be tried again after the schedule's wait.
  RETRY,
  /// Will not get better by trying again.
  FAIL,
  /// The third party needs none of it.
  IGNORE,
  /// To be tried again; the whole lane waits.
  RATE_LIMITED,
  /// The credential does not work any more.
  AUTH_EXPIRED,
  /// The third party wants no more calls.
  DISABLE
}
