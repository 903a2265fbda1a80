package io.fairlead.response;

/// Cuts texts that are too long to keep.
final class Cut {
  private Cut() {}

  /// The text, or its beginning and an ellipsis, not longer than `most`.
  static String to(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
