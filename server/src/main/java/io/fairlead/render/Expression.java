package io.fairlead.render;

import io.fairlead.json.Json;
import org.jspecify.annotations.Nullable;

/// What stands between the braces of a token.
///
/// @param reference where the value is looked up
/// @param mayBeAbsent whether `?` stands after it
/// @param otherwise what stands in for a value that is missing or null; null: nothing does
/// @param filters what is made of the value
record Expression(
    Reference reference, boolean mayBeAbsent, @Nullable Json otherwise, FilterChain filters) {
  /// Whether the value is known when a connector is saved.
  boolean isFixed() {
    return reference instanceof Reference.SystemValue value
        && value.isFixed()
        && !filters.needsAttempt();
  }

  /// Whether the value is a secret, or made with one.
  boolean isSecret() {
    return reference instanceof Reference.Secret || filters.usesSecret();
  }
}
