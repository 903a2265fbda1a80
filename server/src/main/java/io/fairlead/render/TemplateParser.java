package io.fairlead.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads text with tokens. `{{` begins a token and the first `}}` after it ends it, whatever stands
/// between.
final class TemplateParser {
  private TemplateParser() {}

  /// The parts of a text; tokens that cannot be read are flaws and left out.
  static List<Part> parse(String text, List<Flaw> flaws) {
    var parts = new ArrayList<Part>();
    int from = 0;
    while (from < text.length()) {
      int open = text.indexOf("{{", from);
      int end = open < 0 ? text.length() : open;
      if (end > from) {
        parts.add(new Part.Text(from, text.substring(from, end)));
      }
      if (open < 0) {
        break;
      }
      int after = endOfToken(text, open, flaws);
      Part.Token token = after < 0 ? null : token(text, open, after, flaws);
      if (token != null) {
        parts.add(token);
      }
      from = after < 0 ? text.length() : after;
    }
    return List.copyOf(parts);
  }

  /// The offset after the `}}` of the token that opens here, or -1 and a flaw when there is none.
  static int endOfToken(String text, int open, List<Flaw> flaws) {
    int close = text.indexOf("}}", open + 2);
    if (close < 0) {
      flaws.add(new Flaw(open, "Expected }} to close the token that begins here."));
      return -1;
    }
    return close + 2;
  }

  /// Reads the token between two offsets, its braces included; null and a flaw when it is none.
  static Part.@Nullable Token token(String text, int open, int after, List<Flaw> flaws) {
    Expression expression = new TokenParser(text, open + 2, after - 2, flaws).parse();
    return expression == null
        ? null
        : new Part.Token(open, text.substring(open, after), expression);
  }

  /// The offset of the first half of a surrogate pair that stands alone, or -1: such a text has no
  /// form in UTF-8.
  static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
