package io.fairlead.response;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import org.jspecify.annotations.Nullable;

/// What a reply comes to when no rules of the connector's say otherwise.
///
/// @param errorClass null for a success
/// @param error one plain sentence, null for a success
/// @param retryAfterMillis how long the third party asks to wait, 0 to 24 h
public record Judgement(
    Outcome outcome,
    @Nullable ErrorClass errorClass,
    @Nullable String error,
    @Nullable Long retryAfterMillis) {
  private static final Judgement SUCCESS = new Judgement(Outcome.SUCCESS, null, null, null);

  /// @param nowMillis what a date in `Retry-After` is compared with
  public static Judgement of(Reply reply, long nowMillis) {
    return switch (reply) {
      case Reply.Answered answered -> ofStatus(answered, nowMillis);
      case Reply.Broke broke ->
          new Judgement(Outcome.RETRY, errorClass(broke.failure()), broke.sentence(), null);
    };
  }

  private static ErrorClass errorClass(Reply.Failure failure) {
    return switch (failure) {
      case CONNECT -> ErrorClass.CONNECT;
      case TLS -> ErrorClass.TLS;
      case TIMEOUT -> ErrorClass.TIMEOUT;
      case BROKEN -> ErrorClass.BROKEN;
    };
  }

  private static Judgement ofStatus(Reply.Answered answered, long nowMillis) {
    int status = answered.status();
    if (status >= 200 && status < 300) {
      return SUCCESS;
    }
    Long wait = RetryAfter.millis(Header.first(answered.headers(), "Retry-After"), nowMillis);
    if (status == 429) {
      return status(
          Outcome.RATE_LIMITED, "The third party answered 429: it gets too many calls.", wait);
    }
    if (status == 503 && wait != null) {
      return status(
          Outcome.RATE_LIMITED, "The third party answered 503 and asked to be left alone.", wait);
    }
    if (status == 408 || status == 425 || (status >= 500 && status < 600)) {
      return status(Outcome.RETRY, "The third party answered " + status + ".", wait);
    }
    if (status >= 300 && status < 400) {
      return status(
          Outcome.FAIL,
          "The third party answered " + status + "; redirects are not followed.",
          null);
    }
    return status(Outcome.FAIL, "The third party answered " + status + ".", null);
  }

  private static Judgement status(Outcome outcome, String sentence, @Nullable Long wait) {
    return new Judgement(outcome, ErrorClass.STATUS, sentence, wait);
  }
}
