package io.fairlead.connector;

/// Whether a connector runs, and if not, why.
public enum ConnectorState {
  /// It runs.
  ACTIVE,
  /// People have switched it off.
  INACTIVE,
  /// The third party refuses its credential.
  NEEDS_AUTH,
  /// The third party wants no more calls.
  DISABLED
}
