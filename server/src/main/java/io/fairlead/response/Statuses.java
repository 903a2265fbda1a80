package io.fairlead.response;

import org.jspecify.annotations.Nullable;

/// What a status comes to where no rule says otherwise.
final class Statuses {
  private Statuses() {}

  /// @param wait what `Retry-After` asks for, in milliseconds
  static Judgement judge(int status, @Nullable Long wait) {
    if (status >= 200 && status < 300) {
      return Judgement.SUCCESS;
    }
    if (status == 429) {
      return of(
          Outcome.RATE_LIMITED, "The third party answered 429: it gets too many calls.", wait);
    }
    if (status == 503 && wait != null) {
      return of(
          Outcome.RATE_LIMITED, "The third party answered 503 and asked to be left alone.", wait);
    }
    if (status == 408 || status == 425 || (status >= 500 && status < 600)) {
      return of(Outcome.RETRY, "The third party answered " + status + ".", wait);
    }
    if (status == 410) {
      return of(
          Outcome.DISABLE, "The third party answered 410: it wants no more calls here.", null);
    }
    if (status >= 300 && status < 400) {
      return of(
          Outcome.FAIL,
          "The third party answered " + status + "; redirects are not followed.",
          null);
    }
    return of(Outcome.FAIL, "The third party answered " + status + ".", null);
  }

  private static Judgement of(Outcome outcome, String sentence, @Nullable Long wait) {
    return new Judgement(outcome, ErrorClass.STATUS, sentence, wait, null, null);
  }
}
