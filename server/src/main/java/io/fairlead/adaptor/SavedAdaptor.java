package io.fairlead.adaptor;

/// What saving an adaptor came to.
public sealed interface SavedAdaptor {
  /// It is written; after the commit it belongs into the catalog.
  record Done(Adaptor adaptor) implements SavedAdaptor {}

  /// The tenant has another adaptor of that name.
  record NameTaken(String name) implements SavedAdaptor {}

  /// It was changed since it was read.
  enum Stale implements SavedAdaptor {
    /// The only one.
    STALE
  }

  /// There is no such adaptor in that tenant.
  enum Missing implements SavedAdaptor {
    /// The only one.
    MISSING
  }
}
