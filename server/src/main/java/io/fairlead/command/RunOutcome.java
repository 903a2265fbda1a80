package io.fairlead.command;

/// What a run came to, for the log and the metrics. Stored by place: add at the end.
public enum RunOutcome {
  /// The third party's answer went to the caller, whole.
  ANSWERED,
  /// No target found what was asked for: 404.
  NOT_FOUND,
  /// A target failed, or answered what the command does not take: 502.
  FAILED,
  /// There was no answer in time: 504.
  TIMEOUT,
  /// A target wants fewer calls: 429.
  RATE_LIMITED,
  /// The answer had begun to go to the caller, and broke: the caller's connection was reset.
  BROKEN,
  /// The caller went away before the end.
  GONE,
  /// The hub was stopped during the run: 503.
  STOPPED,
  /// Nothing was asked of any target: the inputs are wrong, there is no binding, or too many of the
  /// tenant's runs are under way. Counted, and not in the log.
  REFUSED
}
