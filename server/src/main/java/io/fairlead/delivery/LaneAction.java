package io.fairlead.delivery;

import java.util.Set;

/// What the lanes want done. Whoever does it tells them how it went.
public sealed interface LaneAction {
  /// Attempt the delivery now; answered by {@link Lanes#ended}.
  record Send(Delivery delivery) implements LaneAction {}

  /// Write the attempt and what follows; answered by {@link Lanes#settled} or {@link
  /// Lanes#notSettled}.
  record Settle(Settlement settlement) implements LaneAction {}

  /// Read what is due from the store; answered by {@link Lanes#claimed} or {@link
  /// Lanes#notClaimed}.
  ///
  /// @param limit how many rows at most
  /// @param bytes stop reading when their data is larger together
  /// @param known deliveries that the lane holds already, to be passed over
  record Claim(long connector, int limit, long bytes, Set<Long> known) implements LaneAction {}
}
