package io.fairlead.render;

import org.jspecify.annotations.Nullable;

/// The characters and names of XML 1.0. The fifth edition has more names than those before it, and
/// many parsers do not read them; these here are for all.
final class XmlChars {
  /// Ends a CDATA section and begins the next.
  static final String SPLIT = "]]><![CDATA[";

  /// First and last of ranges: Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Han and Hangul.
  private static final String LETTERS =
      "\u00c0\u00d6\u00d8\u00f6\u00f8\u0131\u0134\u013e\u0141\u0148\u014a\u017e"
          + "\u0388\u038a\u038e\u03a1\u03a3\u03ce"
          + "\u0401\u040c\u040e\u044f\u0451\u045c\u045e\u0481"
          + "\u05d0\u05ea\u0621\u063a\u0641\u064a"
          + "\u3041\u3094\u30a1\u30fa\u4e00\u9fa5\uac00\ud7a3";

  private XmlChars() {}

  /// Writes text between tags; gives the reason when XML cannot hold it.
  static @Nullable String appendText(StringBuilder out, String value) {
    return append(out, value, false);
  }

  /// Writes text between the quotes of an attribute, in the same manner.
  static @Nullable String appendAttribute(StringBuilder out, String value) {
    return append(out, value, true);
  }

  private static @Nullable String append(StringBuilder out, String value, boolean attribute) {
    String refused = refused(value);
    if (refused != null) {
      return refused;
    }
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      String reference = reference(value.charAt(i), attribute);
      if (reference != null) {
        out.append(value, from, i).append(reference);
        from = i + 1;
      }
    }
    out.append(value, from, value.length());
    return null;
  }

  /// What is written for a character that cannot stand for itself, or null.
  private static @Nullable String reference(char c, boolean attribute) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '\r' -> "&#13;";
      case '\n' -> attribute ? "&#10;" : null;
      case '\t' -> attribute ? "&#9;" : null;
      default -> null;
    };
  }

  /// Writes text in a CDATA section. What is written neither ends with `]` nor needs to know what
  /// stands before it, provided that this does not end with `]` either.
  static @Nullable String appendCdata(StringBuilder out, String value) {
    String refused = refused(value);
    if (refused != null) {
      return refused;
    }
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r') {
        out.append(value, from, i).append("]]>&#13;<![CDATA[");
        from = i + 1;
      } else if (c == '>' && i >= 2 && value.startsWith("]]", i - 2)) {
        out.append(value, from, i).append(SPLIT);
        from = i;
      }
    }
    out.append(value, from, value.length());
    if (value.endsWith("]")) {
      out.append(SPLIT);
    }
    return null;
  }

  /// Why no XML document can hold this text, or null.
  static @Nullable String refused(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < '\ud800') {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Escape.HALF;
      } else if (!isChar(c)) {
        return "it has the character U+%04X, which XML cannot carry".formatted((int) c);
      }
    }
    return null;
  }

  /// Whether a character, not half of a pair, may stand in a document.
  static boolean isChar(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff);
  }

  /// Whether a text is the name of an element or attribute, with at most one colon inside it
  /// (Namespaces in XML 1.0, `QName`).
  static boolean isName(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? isPlainName(text)
        : isPlainName(text.substring(0, colon)) && isPlainName(text.substring(colon + 1));
  }

  /// Whether a text is a name without a colon (`NCName`).
  static boolean isPlainName(String text) {
    if (text.isEmpty() || !isNameStart(text.codePointAt(0))) {
      return false;
    }
    return text.codePoints().allMatch(XmlChars::isNamePart);
  }

  static boolean isNameStart(int c) {
    if (c < 0x80) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }
    for (int i = 0; i < LETTERS.length(); i += 2) {
      if (c >= LETTERS.charAt(i) && c <= LETTERS.charAt(i + 1)) {
        return true;
      }
    }
    return false;
  }

  static boolean isNamePart(int c) {
    return isNameStart(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xb7;
  }
}
