package io.fairlead.storage;

/// The database is there but must not be used: it is set not to sync, or comes from a newer
/// version. The message is for the operator.
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong and what to do
  public StoreRefused(String message) {
    super(message);
  }
}
