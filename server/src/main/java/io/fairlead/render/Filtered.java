package io.fairlead.render;

import io.fairlead.json.Json;

/// What filters made of a value.
public sealed interface Filtered {
  /// Another value.
  record Value(Json json) implements Filtered {}

  /// Nothing: there was no value, or the first item of an empty list was asked for.
  enum Absent implements Filtered {
    /// The only one.
    ABSENT
  }

  /// The value is not one that the filter takes.
  ///
  /// @param reason a sentence
  record Refused(String reason) implements Filtered {}

  /// A text.
  static Filtered text(String text) {
    return new Value(Json.of(text));
  }
}
