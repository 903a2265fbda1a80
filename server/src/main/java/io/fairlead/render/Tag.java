package io.fairlead.render;

/// What one pair of braces says.
sealed interface Tag {
  /// Here goes a value.
  record Value(Expression expression) implements Tag {}

  /// `{{#if x}}`.
  record OpenIf(Reference subject) implements Tag {}

  /// `{{#each x}}`.
  ///
  /// @param mayBeAbsent whether `?` stands after it
  record OpenEach(Reference.Path subject, boolean mayBeAbsent) implements Tag {}

  /// `{{#else}}`.
  enum Else implements Tag {
    ELSE
  }

  /// `{{/if}}`.
  enum CloseIf implements Tag {
    CLOSE_IF
  }

  /// `{{/each}}`.
  enum CloseEach implements Tag {
    CLOSE_EACH
  }

  /// As it is typed, without what follows the word.
  default String words() {
    return switch (this) {
      case Value value -> "a token";
      case OpenIf open -> "{{#if …}}";
      case OpenEach open -> "{{#each …}}";
      case Else middle -> "{{#else}}";
      case CloseIf close -> "{{/if}}";
      case CloseEach close -> "{{/each}}";
    };
  }
}
