package io.fairlead.delivery;

import java.util.List;

/// What appending an event came to.
public sealed interface Appended {
  /// It is stored, with its deliveries; those of inactive connectors are held.
  ///
  /// @param event the event's number
  /// @param deliveries those that are due
  /// @param later those that a window holds
  /// @param suppressed those that are logged and not made
  record Stored(
      long event, List<Delivery> deliveries, List<Later> later, List<Suppressed> suppressed)
      implements Appended {
    /// How many there are in all, whatever becomes of them.
    public int count() {
      return deliveries.size() + later.size() + suppressed.size();
    }
  }

  /// A delivery that becomes due.
  ///
  /// @param dueAt epoch milliseconds
  record Later(Delivery delivery, long dueAt) {}

  /// A delivery that is not made.
  ///
  /// @param why a sentence for the log
  record Suppressed(Delivery delivery, String why) {}

  /// It was stored before, under the same id and with the same content.
  ///
  /// @param event the first one's number
  /// @param deliveries how many the first one made
  record Repeated(long event, int deliveries) implements Appended {}

  /// Another event was stored under the same id or key.
  ///
  /// @param event that one's number
  record Taken(long event) implements Appended {}

  /// It is not promised to be stored: the database could not be written.
  record NotStored() implements Appended {}
}
