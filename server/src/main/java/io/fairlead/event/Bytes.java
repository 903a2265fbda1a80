package io.fairlead.event;

/// Looking for a text in JSON without making a text of it.
final class Bytes {
  private Bytes() {}

  /// Whether some bytes stand in others; ASCII letters whatever their case.
  static boolean contains(byte[] all, byte[] wanted) {
    int last = all.length - wanted.length;
    for (int i = 0; i <= last; i++) {
      if (startsWith(all, i, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] all, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (lower(all[at + i]) != lower(wanted[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
