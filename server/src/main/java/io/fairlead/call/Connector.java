package io.fairlead.call;

/// Stands in for the connector noun until it is there.
public interface Connector {
  /// Its number.
  long id();

  /// Counts its changes.
  int revision();
}
