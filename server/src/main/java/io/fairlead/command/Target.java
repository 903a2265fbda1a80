package io.fairlead.command;

import io.fairlead.connector.Connector;
import io.fairlead.response.NotFound;

/// What a command is bound to: one third party that is asked.
public sealed interface Target {
  /// Which of its answers say that it has no such thing, so that the next target is asked.
  NotFound notFound();

  /// A request of the binding's own.
  ///
  /// @param connector never saved as one: number and revision are 0, there are no triggers, and of
  ///   its policy only the timeout means anything
  record Own(Connector connector, NotFound notFound) implements Target {
    /// Unique in the binding.
    public String name() {
      return connector.spec().name();
    }
  }

  /// A connector that the tenant has, as it is when it is asked.
  ///
  /// @param connector its number
  record Shared(long connector, NotFound notFound) implements Target {}
}
