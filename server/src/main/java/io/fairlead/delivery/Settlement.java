package io.fairlead.delivery;

import io.fairlead.call.Attempt;

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

  boolean isFirst() {
    return delivery.attempts() == 0;
  }
}
