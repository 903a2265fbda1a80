package io.fairlead.response;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Reads what third parties take for JSON: names and texts without quotes or in single ones, a
/// comma too many, a name twice (the last holds). Only an object or an array, no deeper than 200.
///
/// A bare word is a number, `true`, `false` or `null` where it is written like one, else a text; it
/// ends at a comma, a closing bracket or the end of the line.
final class LenientJson {
  private final String text;
  private int at;

  private LenientJson(String text) {
    this.text = text;
  }

  /// What the text says, or null when it cannot be read even so.
  static @Nullable Json read(String text) {
    var reader = new LenientJson(text);
    reader.skipBlanks();
    if (reader.peek() != '{' && reader.peek() != '[') {
      return null;
    }
    Json value = reader.value(0);
    reader.skipBlanks();
    return reader.at == text.length() ? value : null;
  }

  private @Nullable Json value(int depth) {
    skipBlanks();
    char first = peek();
    if (first == '{' || first == '[') {
      if (depth == JsonReader.MAX_DEPTH) {
        return null;
      }
      return first == '{' ? object(depth + 1) : array(depth + 1);
    }
    if (first == '"' || first == '\'') {
      String quoted = quoted();
      return quoted == null ? null : new JsonString(quoted);
    }
    String word = word(false);
    return word == null ? null : typed(word);
  }

  private @Nullable Json object(int depth) {
    at++;
    var members = new LinkedHashMap<String, Json>();
    skipBlanks();
    while (peek() != '}') {
      String name = peek() == '"' || peek() == '\'' ? quoted() : word(true);
      skipBlanks();
      if (name == null || peek() != ':') {
        return null;
      }
      at++;
      Json value = value(depth);
      if (value == null || !isSeparated('}')) {
        return null;
      }
      members.put(name, value);
    }
    at++;
    return new JsonObject(members);
  }

  private @Nullable Json array(int depth) {
    at++;
    var items = new ArrayList<Json>();
    skipBlanks();
    while (peek() != ']') {
      Json value = value(depth);
      if (value == null || !isSeparated(']')) {
        return null;
      }
      items.add(value);
    }
    at++;
    return new JsonArray(items);
  }

  /// Steps over a comma; whether there was one, or the end is next.
  private boolean isSeparated(char close) {
    skipBlanks();
    if (peek() == ',') {
      at++;
      skipBlanks();
      return true;
    }
    return peek() == close;
  }

  private @Nullable String word(boolean isName) {
    int start = at;
    while (at < text.length() && !endsWord(text.charAt(at), isName)) {
      at++;
    }
    String word = text.substring(start, at).strip();
    return word.isEmpty() || word.codePoints().anyMatch(LenientJson::isNoWordPart) ? null : word;
  }

  private static boolean endsWord(char c, boolean isName) {
    return c == ',' || c == ']' || c == '}' || c == '\n' || c == '\r' || (isName && c == ':');
  }

  private static boolean isNoWordPart(int c) {
    return c == '{' || c == '[' || c == '"' || Character.isISOControl(c);
  }

  private static Json typed(String word) {
    return switch (word) {
      case "true" -> Json.of(true);
      case "false" -> Json.of(false);
      case "null" -> JsonNull.NULL;
      default -> isNumber(word) ? new JsonNumber(word) : new JsonString(word);
    };
  }

  /// Whether it is written as RFC 8259 writes numbers, with at most 1,000 characters.
  private static boolean isNumber(String word) {
    int i = word.startsWith("-") ? 1 : 0;
    int whole = digits(word, i);
    if (word.length() > 1_000 || whole == i || (word.charAt(i) == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (i < word.length() && word.charAt(i) == '.') {
      int fraction = digits(word, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < word.length() && (word.charAt(i) == 'e' || word.charAt(i) == 'E')) {
      i++;
      if (i < word.length() && (word.charAt(i) == '+' || word.charAt(i) == '-')) {
        i++;
      }
      int exponent = digits(word, i);
      return exponent > i && exponent == word.length();
    }
    return i == word.length();
  }

  private static int digits(String word, int from) {
    int i = from;
    while (i < word.length() && word.charAt(i) >= '0' && word.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private @Nullable String quoted() {
    char quote = text.charAt(at++);
    var out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
      } else if (!escape(out)) {
        return null;
      }
    }
    if (at == text.length()) {
      return null;
    }
    at++;
    return out.toString();
  }

  private boolean escape(StringBuilder out) {
    if (at == text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'u' -> {
        return unicode(out);
      }
      default -> out.append(c);
    }
    return true;
  }

  private boolean unicode(StringBuilder out) {
    if (at + 4 > text.length()) {
      return false;
    }
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0) {
        return false;
      }
      code = code * 16 + digit;
    }
    out.append((char) code);
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
