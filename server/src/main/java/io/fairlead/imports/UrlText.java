package io.fairlead.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// URLs as other tools take them, made into what a connector takes. Tokens, `{{Name}}`, are passed
/// over everywhere.
final class UrlText {
  private static final String IN_PATH = "-._~!$&'()*+,;=:@/";
  private static final String IN_QUERY = IN_PATH + "?[]";

  /// A longer one is taken for text, so that looking for its end is bounded.
  private static final int MAX_TOKEN = 300;

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UrlText() {}

  /// Where the token that begins here ends, or `at` when none does.
  static int afterToken(String text, int at) {
    if (!text.startsWith("{{", at)) {
      return at;
    }
    int most = Math.min(text.length() - 1, at + MAX_TOKEN);
    for (int i = at + 2; i < most; i++) {
      if (text.charAt(i) == '}' && text.charAt(i + 1) == '}') {
        return i + 2;
      }
    }
    return at;
  }

  /// Whether a text has something that would be read as a token.
  static boolean hasToken(String text) {
    return text.contains("{{");
  }

  /// The first character of a path or query that cannot be sent as it is, or -1.
  static int firstUnfit(String text) {
    boolean inQuery = false;
    for (int i = 0; i < text.length(); i++) {
      int after = afterToken(text, i);
      if (after > i) {
        i = after - 1;
        continue;
      }
      if (!inQuery && text.charAt(i) == '?') {
        inQuery = true;
      } else if (!fits(text, i, inQuery)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean fits(String text, int at, boolean inQuery) {
    char c = text.charAt(at);
    if (c == '%') {
      return isHex(text, at + 1) && isHex(text, at + 2);
    }
    return isAlphanumeric(c) || (inQuery ? IN_QUERY : IN_PATH).indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHex(String text, int at) {
    return at < text.length()
        && text.charAt(at) < 0x80
        && Character.digit(text.charAt(at), 16) >= 0;
  }

  /// Percent-encodes what may not stand in a path and query as it is.
  static String fit(String text) {
    var out = new StringBuilder(text.length() + 16);
    boolean inQuery = false;
    int i = 0;
    while (i < text.length()) {
      int after = afterToken(text, i);
      int width = Character.charCount(text.codePointAt(i));
      if (after > i) {
        out.append(text, i, after);
        i = after;
      } else if (!inQuery && text.charAt(i) == '?') {
        inQuery = true;
        out.append('?');
        i++;
      } else {
        if (fits(text, i, inQuery)) {
          out.append(text.charAt(i));
        } else {
          percent(out, text.substring(i, i + width), !inQuery && text.charAt(i) > 0x7f);
        }
        i += width;
      }
    }
    return out.toString();
  }

  /// curl writes characters beyond ASCII in a path in lower case.
  private static void percent(StringBuilder out, String text, boolean lower) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char high = HEX[b >> 4 & 15];
      char low = HEX[b & 15];
      out.append('%')
          .append(lower ? Character.toLowerCase(high) : high)
          .append(lower ? Character.toLowerCase(low) : low);
    }
  }

  /// Encodes text as the value of a form or a query, as `--data-urlencode` does.
  static String formEncoded(String text) {
    var out = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      int after = afterToken(text, i);
      if (after > i) {
        out.append(text, i, after);
        i = after;
        continue;
      }
      char c = text.charAt(i);
      int width = Character.charCount(text.codePointAt(i));
      if (isAlphanumeric(c) || "-._~".indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        percent(out, text.substring(i, i + width), false);
      }
      i += width;
    }
    return out.toString();
  }

  /// Decodes `%41`; null when what comes out is no text.
  static @Nullable String percentDecoded(String text) {
    var out = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && isHex(text, i + 1) && isHex(text, i + 2)) {
        out.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        int width = Character.charCount(text.codePointAt(i));
        out.writeBytes(text.substring(i, i + width).getBytes(StandardCharsets.UTF_8));
        i += width - 1;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(java.nio.ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      return null;
    }
  }

  /// Takes `.` and `..` out of a path, RFC 3986, 5.2.4.
  ///
  /// @param path begins with `/`; no query
  static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    var segments = new ArrayDeque<String>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      boolean dots = parts[i].equals(".") || parts[i].equals("..");
      if (parts[i].equals("..") && !segments.isEmpty()) {
        var _ = segments.removeLast();
      }
      if (!dots) {
        segments.addLast(parts[i]);
      } else if (last) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }
}
