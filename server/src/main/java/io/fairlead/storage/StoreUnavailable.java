package io.fairlead.storage;

/// The database can't be read or written now: it is down, full, locked, or too much waits for it.
/// Nothing is known to be wrong with the request.
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what happened, for the log
  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /// @param message what happened, for the log
  public StoreUnavailable(String message) {
    super(message);
  }
}
