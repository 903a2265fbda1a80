package io.fairlead.connector;

import org.jspecify.annotations.Nullable;

/// Who saved a revision of a connector.
///
/// @param key the number of the API key it was done with; null where that was the operator's
/// @param name the API key's, or `operator`
public record Author(@Nullable Long key, String name) {
  /// Whoever has the operator's key.
  public static final Author OPERATOR = new Author(null, "operator");
}
