package io.fairlead.render;

/// A part of a request, or why there is none.
sealed interface Made<T> {
  /// It can be sent.
  record Done<T>(T part) implements Made<T> {}

  /// It cannot.
  record Not<T>(Rendered.Failed failed) implements Made<T> {}
}
