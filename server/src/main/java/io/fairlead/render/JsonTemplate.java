package io.fairlead.render;

import io.fairlead.json.JsonReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads JSON text with tokens where values are and inside strings. The text is checked as a whole,
/// so that no data can make it come out broken; what is not a token is sent as it was typed.
final class JsonTemplate {
  private final String text;
  private final Spot spot;
  private final List<Flaw> flaws;
  private final Piece.Row out;
  private int at;

  /// Where the literal begins that has not been handed on.
  private int literal;

  private JsonTemplate(String text, Spot spot, List<Flaw> flaws, Values fixed) {
    this.text = text;
    this.spot = spot;
    this.flaws = flaws;
    this.out = new Piece.Row(fixed);
  }

  /// The pieces of a template; meaningless when there are new flaws.
  static List<Piece> read(String text, Spot spot, List<Flaw> flaws, Values fixed) {
    int lone = TemplateParser.loneSurrogate(text);
    if (lone >= 0) {
      flaws.add(new Flaw(lone, "Expected text, but found half of a surrogate pair."));
      return List.of();
    }
    var template = new JsonTemplate(text, spot, flaws, fixed);
    int before = flaws.size();
    try {
      template.blanks();
      template.value(0);
      template.blanks();
      if (template.at < text.length()) {
        throw template.wrong("the end after the JSON value");
      }
      template.flush(text.length());
    } catch (Broken e) {
      // After a token that cannot be read, what follows it only looks wrong.
      if (flaws.size() == before) {
        flaws.add(e.flaw);
      }
    }
    return template.out.pieces();
  }

  /// Unwinds the descent at the first place that is not JSON.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Flaw flaw;

    Broken(Flaw flaw) {
      super(flaw.detail(), null, false, false);
      this.flaw = flaw;
    }
  }

  private void value(int depth) throws Broken {
    if (depth > JsonReader.MAX_DEPTH) {
      throw new Broken(
          new Flaw(at, "Expected no deeper nesting than %d.".formatted(JsonReader.MAX_DEPTH)));
    }
    if (text.startsWith("{{", at)) {
      token(Escape.JSON_VALUE);
      return;
    }
    switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> {
        var _ = string(false);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> throw wrong("a JSON value");
    }
  }

  private void object(int depth) throws Broken {
    Set<String> names = new HashSet<>();
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      int start = at;
      if (text.startsWith("{{", at)) {
        // A block would be refused by its own sentence.
        int after = TemplateParser.endOfToken(text, at, flaws);
        int before = flaws.size();
        if (after > 0) {
          var _ = TemplateParser.token(text, at, after, flaws);
        }
        if (after < 0 || flaws.size() > before) {
          throw new Broken(flaws.removeLast());
        }
        throw new Broken(
            new Flaw(at, "Expected a member's name in quotes; tokens may not be names."));
      }
      if (peek() != '"') {
        throw wrong(
            names.isEmpty() ? "a member's name in quotes or }" : "a member's name in quotes");
      }
      if (!names.add(string(true))) {
        throw new Broken(new Flaw(start, "Expected a name that is not in this object already."));
      }
      blanks();
      if (peek() != ':') {
        throw wrong(":");
      }
      at++;
      blanks();
      value(depth + 1);
      blanks();
      if (peek() == '}') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw wrong(", or }");
      }
      at++;
      blanks();
    }
  }

  private void array(int depth) throws Broken {
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth + 1);
      blanks();
      if (peek() == ']') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw wrong(", or ]");
      }
      at++;
      blanks();
    }
  }

  /// Reads a string with its quotes; gives a name's text without its escapes.
  private String string(boolean isName) throws Broken {
    int open = at;
    var name = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw new Broken(new Flaw(open, "Expected \" to close the string that begins here."));
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return name.toString();
      }
      if (text.startsWith("{{", at)) {
        if (isName) {
          throw new Broken(
              new Flaw(at, "Expected a member's name without tokens; tokens may not be names."));
        }
        token(Escape.JSON_STRING);
      } else if (c == '\\') {
        name.append(escape());
      } else if (c < ' ') {
        throw wrong("a string without raw control characters (a line end is written \\n)");
      } else {
        name.append(c);
        at++;
      }
    }
  }

  private char escape() throws Broken {
    at++;
    char c = peek();
    if (c == 'u') {
      at++;
      int code = 0;
      for (int i = 0; i < 4; i++, at++) {
        int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
        if (digit < 0) {
          throw wrong("four hexadecimal digits after \\u");
        }
        code = code << 4 | digit;
      }
      return (char) code;
    }
    int which = "\"\\/bfnrt".indexOf(c);
    if (which < 0) {
      throw wrong("one of \" \\ / b f n r t u after a backslash");
    }
    at++;
    return "\"\\/\b\f\n\r\t".charAt(which);
  }

  private void number() throws Broken {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    char c = peek();
    if ((c >= '0' && c <= '9') || c == '{') {
      throw wrong("the end of the number");
    }
  }

  private void digits() throws Broken {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("a digit");
    }
  }

  private void word(String word) throws Broken {
    if (!text.startsWith(word, at)) {
      throw wrong("a JSON value");
    }
    at += word.length();
  }

  private void token(Escape escape) throws Broken {
    flush(at);
    int after = TemplateParser.endOfToken(text, at, flaws);
    if (after < 0) {
      throw new Broken(flaws.removeLast());
    }
    Part.Token token = TemplateParser.token(text, at, after, flaws);
    if (token != null) {
      String refused = out.add(spot.hole(token, escape));
      if (refused != null) {
        flaws.add(new Flaw(at, refused));
      }
    }
    at = after;
    literal = after;
  }

  private void flush(int to) {
    if (to > literal) {
      out.add(text.substring(literal, to));
    }
    literal = to;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private Broken wrong(String expected) {
    String found =
        at >= text.length()
            ? "the end"
            : Character.isISOControl(text.charAt(at))
                ? "a control character"
                : Character.toString(text.codePointAt(at));
    return new Broken(new Flaw(at, "Expected %s, but found %s.".formatted(expected, found)));
  }
}
