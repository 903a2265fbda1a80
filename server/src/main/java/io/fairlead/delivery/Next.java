package io.fairlead.delivery;

/// What becomes of a delivery after an attempt.
public sealed interface Next {
  /// It has ended.
  record Ended(DeliveryState state) implements Next {}

  /// It is attempted again, not before a time in epoch milliseconds.
  record Again(long dueAt) implements Next {}
}
