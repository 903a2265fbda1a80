package io.fairlead.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Headers pasted as one text, `Name: value|Name: value`, with those that hold secrets told from
/// the others. A pipe in a value is written `\|`; one in a token is part of it.
final class PastedHeaders {
  private static final Set<String> SECRET_WORDS =
      Set.of("auth", "token", "secret", "apikey", "api-key", "api_key", "password", "session");

  /// One header.
  ///
  /// @param text as it was pasted
  record Header(String name, String value, String text) {
    boolean isSecret() {
      String lower = name.toLowerCase(Locale.ROOT);
      return SECRET_WORDS.stream().anyMatch(lower::contains) || lower.endsWith("-key");
    }
  }

  private PastedHeaders() {}

  static List<Header> read(String text) {
    var headers = new ArrayList<Header>();
    int start = 0;
    int at = 0;
    while (at <= text.length()) {
      if (at == text.length() || text.charAt(at) == '|' || text.charAt(at) == '\n') {
        add(headers, text.substring(start, at));
        start = at + 1;
        at = start;
      } else if (text.startsWith("{{", at)) {
        int close = text.indexOf("}}", at);
        at = close < 0 ? text.length() : close + 2;
      } else {
        at += text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
      }
    }
    return headers;
  }

  private static void add(List<Header> headers, String part) {
    if (!part.isBlank()) {
      int colon = Math.max(0, part.indexOf(':'));
      String value = part.substring(Math.min(part.length(), colon + 1)).strip();
      headers.add(
          new Header(
              part.substring(0, colon).strip(),
              value.replace("\\|", "|").replace("\\\\|", "\\|"),
              part));
    }
  }
}
