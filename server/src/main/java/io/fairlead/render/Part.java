package io.fairlead.render;

/// A stretch of a parsed template.
sealed interface Part {
  /// Where it begins in the template.
  int at();

  /// What the author typed.
  record Text(int at, String text) implements Part {}

  /// A place to fill.
  ///
  /// @param source with its braces, as typed
  record Token(int at, String source, Expression expression) implements Part {}
}
