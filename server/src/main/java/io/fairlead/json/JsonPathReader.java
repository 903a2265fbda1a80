package io.fairlead.json;

import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads a {@link JsonPath} at the beginning of a text in which more may follow. The grammar:
///
/// ```
/// path  = (name | index) *("." name | index)
/// index = "[" digits "]" | "[" '"' any text '"' "]"
/// name  = letters, digits, "_", "-", "@"
/// ```
public final class JsonPathReader {
  private final String text;
  private final int end;
  private int at;
  private String flaw = "";

  /// @param from where the path begins
  /// @param end where the text ends
  public JsonPathReader(String text, int from, int end) {
    this.text = text;
    this.at = from;
    this.end = end;
  }

  /// The path, or null: then {@link #flaw} says why and {@link #at} where.
  public @Nullable JsonPath read() {
    var steps = new ArrayList<Step>();
    while (true) {
      Step step = at < end && peek() == '[' ? index() : member();
      if (step == null) {
        return null;
      }
      steps.add(step);
      if (at < end && peek() == '.') {
        at++;
        if (at < end && peek() == '[') {
          flaw = "Expected a name after the dot, but found [.";
          return null;
        }
      } else if (at == end || peek() != '[') {
        return new JsonPath(steps);
      }
    }
  }

  /// The offset after the path, or where it goes wrong.
  public int at() {
    return at;
  }

  /// Why there is no path, a sentence.
  public String flaw() {
    return flaw;
  }

  private @Nullable Step member() {
    int start = at;
    while (at < end && isNamePart(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at == start
        ? wrong(at, "Expected a name, but found %s.".formatted(found()))
        : new Step.Member(text.substring(start, at));
  }

  private @Nullable Step index() {
    at++;
    Step step = at < end && peek() == '"' ? quoted() : number();
    if (step == null) {
      return null;
    }
    if (at == end || peek() != ']') {
      return wrong(at, "Expected ] to close the [ before it, but found %s.".formatted(found()));
    }
    at++;
    return step;
  }

  private @Nullable Step number() {
    int start = at;
    while (at < end && peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start || at - start > 9) {
      return wrong(
          start,
          "Expected a number from 0 or a name in double quotes after [, but found %s."
              .formatted(at == start ? found() : text.substring(start, at)));
    }
    return new Step.Index(Integer.parseInt(text, start, at, 10));
  }

  private @Nullable Step quoted() {
    int open = at;
    at++;
    var out = new StringBuilder();
    while (at < end && peek() != '"') {
      if (peek() == '\\') {
        at++;
        if (at == end || (peek() != '"' && peek() != '\\')) {
          return wrong(at, "Expected \" or \\ after a backslash, but found %s.".formatted(found()));
        }
      }
      out.append(peek());
      at++;
    }
    if (at == end) {
      return wrong(open, "Expected \" to close the quoted name that begins here.");
    }
    at++;
    return new Step.Member(out.toString());
  }

  private @Nullable Step wrong(int where, String detail) {
    at = where;
    flaw = detail;
    return null;
  }

  /// What stands where reading stopped, for a sentence.
  public String found() {
    if (at >= end) {
      return end < text.length() ? "}}" : "the end";
    }
    int c = text.codePointAt(at);
    return Character.isISOControl(c) ? "a control character" : Character.toString(c);
  }

  private char peek() {
    return at < end ? text.charAt(at) : '\0';
  }

  /// Whether a character may stand in a name without quotes.
  public static boolean isNamePart(int c) {
    return c == '-'
        || c == '@'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }
}
