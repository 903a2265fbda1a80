package io.fairlead.call;

import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.response.Result;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange of a delivery, as it is stored: everything in it is masked.
///
/// @param startedAt in epoch milliseconds
/// @param micros how long it took
/// @param revision the connector's revision that it was made with
/// @param answer what came back, or null when no whole answer came
/// @param judgement what it came to
public record Attempt(
    long startedAt,
    long micros,
    int revision,
    Sent sent,
    @Nullable Answer answer,
    Judgement judgement) {
  /// What it came to.
  public Outcome outcome() {
    return judgement.outcome();
  }

  /// What kind of trouble there was; null when there was none.
  public @Nullable ErrorClass errorClass() {
    return judgement.errorClass();
  }

  /// One plain sentence; null when there is nothing to say.
  public @Nullable String error() {
    return judgement.error();
  }

  /// How long the third party asked to wait, at most 24 h.
  public @Nullable Long retryAfterMillis() {
    return judgement.retryAfterMillis();
  }

  /// How long a rule has the next attempt wait whatever the schedule says, at most 24 h.
  public @Nullable Long delayMillis() {
    return judgement.delayMillis();
  }

  /// What was read of the answer; null when there is nothing to keep.
  public @Nullable Result result() {
    return judgement.result();
  }
}
