package io.fairlead.render;

import io.fairlead.json.Json;
import io.fairlead.json.JsonPathReader;
import org.jspecify.annotations.Nullable;

/// A place in the text of a token, and how words and literals are read there.
final class Cursor {
  private final String text;
  private final int end;
  private int at;

  Cursor(String text, int from, int end) {
    this.text = text;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  void moveTo(int offset) {
    at = offset;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  /// The character here; NUL at the end.
  char peek() {
    return at < end ? text.charAt(at) : '\0';
  }

  boolean startsWith(String word) {
    return at + word.length() <= end && text.startsWith(word, at);
  }

  /// Passes over a word if it stands here.
  boolean take(String word) {
    if (!startsWith(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  void skipBlanks() {
    while (at < end && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /// Letters, digits, `_`, `-` and `@` from here; empty when there are none.
  String name() {
    int start = at;
    while (at < end && JsonPathReader.isNamePart(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(start, at);
  }

  boolean isAtName() {
    return at < end && JsonPathReader.isNamePart(text.codePointAt(at));
  }

  String since(int start) {
    return text.substring(start, at).strip();
  }

  boolean follows(char c) {
    return at > 0 && text.charAt(at - 1) == c;
  }

  /// A reader of paths that begins here.
  JsonPathReader path() {
    return new JsonPathReader(text, at, end);
  }

  /// What stands here, for a sentence.
  String found() {
    if (at >= end) {
      return end < text.length() ? "}}" : "the end";
    }
    int c = text.codePointAt(at);
    return Character.isISOControl(c) ? "a control character" : Character.toString(c);
  }

  /// Where the first of two words begins that both stand here, or a sentence.
  Flawed expected(String what) {
    return new Flawed(at, "Expected %s, but found %s.".formatted(what, found()));
  }

  /// A string in double quotes, a number, `true`, `false` or `null`, as JSON has them; null, and
  /// nothing passed over, when none begins here.
  @Nullable Json literal() throws Flawed {
    char c = peek();
    if (c == '"') {
      return Json.of(string());
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number();
    }
    int start = at;
    String word = name();
    Json value =
        switch (word) {
          case "true" -> Json.of(true);
          case "false" -> Json.of(false);
          case "null" -> Json.JsonNull.NULL;
          default -> null;
        };
    if (value == null) {
      at = start;
    }
    return value;
  }

  private Json number() throws Flawed {
    int start = at;
    var _ = take("-");
    if (!take("0")) {
      digits();
    }
    if (take(".")) {
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    if (isAtName() || peek() == '.') {
      throw expected("the end of the number");
    }
    return new Json.JsonNumber(text.substring(start, at));
  }

  private void digits() throws Flawed {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw expected("a digit");
    }
  }

  private String string() throws Flawed {
    int open = at++;
    var out = new StringBuilder();
    while (peek() != '"' || isAtEnd()) {
      if (isAtEnd()) {
        throw new Flawed(open, "Expected \" to close the string that begins here.");
      }
      char c = peek();
      at++;
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  /// The character that an escape of JSON stands for; the backslash is passed already.
  private char escape() throws Flawed {
    char c = peek();
    if (c == 'u') {
      at++;
      int code = 0;
      for (int i = 0; i < 4; i++, at++) {
        int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
        if (digit < 0) {
          throw expected("four hexadecimal digits after \\u");
        }
        code = code << 4 | digit;
      }
      return (char) code;
    }
    int which = isAtEnd() ? -1 : "\"\\/bfnrt".indexOf(c);
    if (which < 0) {
      throw expected("one of \" \\ / b f n r t u after a backslash");
    }
    at++;
    return "\"\\/\b\f\n\r\t".charAt(which);
  }
}
