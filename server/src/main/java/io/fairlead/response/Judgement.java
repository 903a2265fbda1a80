package io.fairlead.response;

import org.jspecify.annotations.Nullable;

/// What a call came to.
///
/// @param errorClass what kind of trouble there was; PARSE may stand beside a success, whose answer
///   was not what it was declared to be
/// @param error one plain sentence, masked, at most 1,000 characters; null when there is nothing to
///   say
/// @param retryAfterMillis how long the third party asked to wait, 0 to 24 h
/// @param delayMillis how long a rule has the next attempt wait whatever the schedule says, 0 to 24
///   h
/// @param result what was read of the answer, and which rule decided; null when there is nothing to
///   keep
public record Judgement(
    Outcome outcome,
    @Nullable ErrorClass errorClass,
    @Nullable String error,
    @Nullable Long retryAfterMillis,
    @Nullable Long delayMillis,
    @Nullable Result result) {
  /// A success without anything to say.
  public static final Judgement SUCCESS =
      new Judgement(Outcome.SUCCESS, null, null, null, null, null);

  /// Trouble with a reason, decided by the hub itself.
  public static Judgement of(Outcome outcome, ErrorClass errorClass, String error) {
    return new Judgement(outcome, errorClass, error, null, null, null);
  }

  Judgement with(@Nullable Result kept) {
    return kept == null
        ? this
        : new Judgement(outcome, errorClass, error, retryAfterMillis, delayMillis, kept);
  }
}
