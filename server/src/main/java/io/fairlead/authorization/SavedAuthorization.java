package io.fairlead.authorization;

/// What saving an authorization came to.
public sealed interface SavedAuthorization {
  /// It is written; after the commit it belongs into the catalog.
  record Done(Authorization authorization) implements SavedAuthorization {}

  /// The tenant has another authorization of that name.
  record NameTaken(String name) implements SavedAuthorization {}

  /// It was changed since it was read.
  enum Stale implements SavedAuthorization {
    /// The only one.
    STALE
  }

  /// There is no such authorization in that tenant.
  enum Missing implements SavedAuthorization {
    /// The only one.
    MISSING
  }
}
