package io.fairlead.connector;

/// What saving a connector came to.
public sealed interface Saved {
  /// It is written; after the commit it belongs into the catalog.
  record Done(Connector connector) implements Saved {}

  /// The tenant has another connector of that name.
  record NameTaken(String name) implements Saved {}

  /// It was changed since it was read.
  enum Stale implements Saved {
    /// The only one.
    STALE
  }

  /// There is no such connector in that tenant.
  enum Missing implements Saved {
    /// The only one.
    MISSING
  }
}
