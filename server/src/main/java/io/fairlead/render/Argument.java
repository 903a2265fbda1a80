package io.fairlead.render;

import io.fairlead.json.Json;

/// What stands after a filter's colon.
sealed interface Argument {
  /// Where it begins in the template.
  int at();

  /// A value that the author typed.
  record Literal(int at, Json value) implements Argument {}

  /// A field of the authorization.
  record Secret(int at, String name) implements Argument {}
}
