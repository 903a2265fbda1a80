package io.fairlead.delivery;

/// Where a delivery stands. The order is the code in the store: new states go last.
public enum DeliveryState {
  /// It has not been attempted yet.
  WAITING,
  /// It is being attempted now. Never stored: the dispatchers know.
  SENDING,
  /// It was attempted and will be again.
  RETRYING,
  /// Its connector does not run, or it was kept back when the connector was activated.
  HELD,
  /// The third party took it.
  SUCCEEDED,
  /// A rule said that it does not matter.
  IGNORED,
  /// The third party refused it, or every retry is used up. It can be retried by hand.
  FAILED,
  /// A person called it off.
  CANCELLED,
  /// A cool-down left it out.
  SUPPRESSED;

  /// The state of a code in the store.
  public static DeliveryState ofCode(int code) {
    return values()[code];
  }

  /// The code in the store.
  public int code() {
    return ordinal();
  }

  /// Whether nothing more happens to the delivery by itself.
  public boolean isEnd() {
    return switch (this) {
      case WAITING, SENDING, RETRYING, HELD -> false;
      case SUCCEEDED, IGNORED, FAILED, CANCELLED, SUPPRESSED -> true;
    };
  }
}
