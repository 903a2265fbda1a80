package io.fairlead.delivery;

import java.util.List;

/// What appending an event came to.
public sealed interface Appended {
  /// It is stored, with these deliveries; those of inactive connectors are held.
  ///
  /// @param event the event's number
  record Stored(long event, List<Delivery> deliveries) implements Appended {}

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
