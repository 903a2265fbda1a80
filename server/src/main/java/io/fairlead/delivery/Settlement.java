package io.fairlead.delivery;

import io.fairlead.base.Ids;
import io.fairlead.base.Times;
import io.fairlead.call.Attempt;
import io.fairlead.connector.Halt;
import org.jspecify.annotations.Nullable;

/// An attempt that is over and what follows from it: written in one commit.
///
/// @param delivery the delivery as it was before the attempt
/// @param id the attempt's number: the delivery's own for the first one
/// @param attempt what happened
/// @param next what becomes of the delivery
public record Settlement(Delivery delivery, long id, Attempt attempt, Next next) {
  /// The attempt's place in its delivery, from 1.
  public int number() {
    return delivery.attempts() + 1;
  }

  /// The state that the attempt brings the delivery into.
  public DeliveryState state() {
    return switch (next) {
      case Next.Ended(DeliveryState end) -> end;
      case Next.Again _ -> DeliveryState.RETRYING;
    };
  }

  /// When the attempt ended, in epoch milliseconds.
  public long endedAt() {
    return attempt.startedAt() + attempt.micros() / 1_000;
  }

  /// What the third party said against the connector, or null.
  @Nullable Halt halt() {
    return switch (attempt.outcome()) {
      case AUTH_EXPIRED ->
          new Halt(
              Halt.Cause.NEEDS_AUTH,
              said(
                  "The credential was refused", "Give a new one, or activate the connector again"));
      case DISABLE ->
          new Halt(
              Halt.Cause.DISABLED,
              said("No more calls are wanted", "Activate the connector to go on"));
      case SUCCESS, RETRY, FAIL, IGNORE, RATE_LIMITED -> null;
    };
  }

  private String said(String what, String todo) {
    String error = attempt.error() == null ? "" : attempt.error();
    return "%s at %s, attempt %s: %s %s."
        .formatted(
            what,
            Times.text(attempt.startedAt()),
            Ids.text(LoggedAttempt.PREFIX, id),
            error.endsWith(".") ? error : error + ".",
            todo);
  }

  boolean isFirst() {
    return delivery.attempts() == 0;
  }
}
