package io.fairlead.render;

import java.util.List;

/// A stretch of a parsed template.
sealed interface Part {
  /// Where it begins in the template.
  int at();

  /// What may stand where there is one value only.
  sealed interface Inline extends Part {}

  /// What the author typed.
  record Text(int at, String text) implements Inline {}

  /// A place to fill.
  ///
  /// @param source with its braces, as typed
  record Token(int at, String source, Expression expression) implements Inline {}

  /// `{{#if x}}…{{#else}}…{{/if}}`; without `#else` the second list is empty.
  record If(int at, Reference subject, List<Part> then, List<Part> otherwise) implements Part {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// `{{#each x}}…{{/each}}`.
  record Each(int at, Piece.Loop loop, List<Part> parts) implements Part {
    public Each {
      parts = List.copyOf(parts);
    }
  }
}
