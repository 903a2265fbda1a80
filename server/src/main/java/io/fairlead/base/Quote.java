package io.fairlead.base;

/// Puts somebody's text into a sentence: short, without line ends and control characters.
public final class Quote {
  private static final int LONGEST = 80;

  private Quote() {}

  /// The text, cut after 80 characters.
  public static String of(String text) {
    int length = Math.min(text.length(), LONGEST);
    var out = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean whole =
          !Character.isSurrogate(c)
              || (Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1)))
              || (Character.isLowSurrogate(c)
                  && i > 0
                  && Character.isHighSurrogate(text.charAt(i - 1)));
      out.append(whole && !Character.isISOControl(c) ? c : '\ufffd');
    }
    if (length < text.length()) {
      if (Character.isHighSurrogate(out.charAt(out.length() - 1))) {
        out.setLength(out.length() - 1);
      }
      out.append('…');
    }
    return out.toString();
  }
}
