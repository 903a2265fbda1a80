package io.fairlead.command;

import org.jspecify.annotations.Nullable;

/// Who asked for a run, for the log.
///
/// @param key the number of the API key: the one that was sent, or the one that made the link; null
///   for the operator's, and for people
/// @param name what the key or the person was called then
public record Asker(Kind kind, @Nullable Long key, @Nullable String name) {
  /// How it was asked for. Stored by place: add at the end.
  public enum Kind {
    /// With the operator's key.
    OPERATOR,
    /// With an API key.
    KEY,
    /// By opening a link.
    LINK,
    /// By a person who has signed in.
    USER
  }
}
