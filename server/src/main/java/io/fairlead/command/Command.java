package io.fairlead.command;

import java.time.Duration;
import java.util.List;

/// A named call that somebody waits for. Identity is the version.
///
/// @param id its number, for lists; people call it by its name
/// @param revision 1, and one more with every change
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
public record Command(
    long id, Definition definition, int revision, long createdAt, long updatedAt) {
  /// Unique in the hub.
  public String name() {
    return definition.name();
  }

  /// What it takes.
  public List<Input> inputs() {
    return definition.inputs();
  }

  /// What must come back.
  public Wanted answer() {
    return definition.answer();
  }

  /// For a whole run, where a binding has none of its own.
  public Duration deadline() {
    return definition.deadline();
  }
}
