package io.fairlead.storage;

/// What saving a named thing of a tenant came to.
public sealed interface Saved<T> {
  /// It is written; after the commit it belongs into its catalog.
  record Done<T>(T row) implements Saved<T> {}

  /// The tenant has another one of that name.
  record NameTaken<T>(String name) implements Saved<T> {}

  /// It was changed since it was read.
  record Stale<T>() implements Saved<T> {}

  /// There is no such thing in that tenant.
  record Missing<T>() implements Saved<T> {}
}
