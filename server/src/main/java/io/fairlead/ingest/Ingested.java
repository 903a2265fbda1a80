package io.fairlead.ingest;

import io.fairlead.base.Problem;

/// What bringing an event came to.
public sealed interface Ingested {
  /// It is on disk, with its deliveries.
  ///
  /// @param event the event's number
  /// @param deliveries how many connectors it goes to
  /// @param duplicate whether it had been brought before
  record Taken(long event, int deliveries, boolean duplicate) implements Ingested {}

  /// It is not promised to be.
  record NotTaken(Problem problem) implements Ingested {}
}
