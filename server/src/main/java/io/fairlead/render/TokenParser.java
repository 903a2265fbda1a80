package io.fairlead.render;

import io.fairlead.base.Nearest;
import io.fairlead.render.Expression.Path;
import io.fairlead.render.Expression.Step;
import io.fairlead.render.Expression.SystemValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what stands between the braces of one token. The grammar:
///
/// ```
/// token  = path | system
/// path   = (name | index) *("." name | index)
/// index  = "[" digits "]" | "[" '"' any text '"' "]"
/// system = "$" name *("." name)
/// name   = letters, digits, "_", "-", "@"
/// ```
///
/// What the language has besides (defaults, `?`, filters, blocks, `$secret`) is recognised and
/// refused by name.
final class TokenParser {
  private final String text;
  private final int end;
  private final List<Flaw> flaws;
  private int at;

  TokenParser(String text, int from, int end, List<Flaw> flaws) {
    this.text = text;
    this.at = from;
    this.end = end;
    this.flaws = flaws;
  }

  /// The expression, or null and a flaw.
  @Nullable Expression parse() {
    skipBlanks();
    int start = at;
    Expression expression =
        switch (peek()) {
          case '$' -> system();
          case '#', '/' -> flaw(start, "Blocks (#if, #each) are not available yet.");
          case '{' -> flaw(start, "Expected a name; a token has two braces: {{Name}}.");
          default -> path();
        };
    if (expression == null) {
      return null;
    }
    skipBlanks();
    if (at == end) {
      return expression;
    }
    int here = at;
    String read = text.substring(start, at).strip();
    return switch (peek()) {
      case '|' -> flaw(here, "Filters (|) are not available yet.");
      case '?' ->
          text.startsWith("??", at)
              ? flaw(here, "Defaults (??) are not available yet.")
              : flaw(here, "Tokens that may be absent (?) are not available yet.");
      default ->
          flaw(
              here,
              "Expected . or [ or }} after %s, but found %s.%s"
                  .formatted(
                      Quote.of(read),
                      found(),
                      here > start && text.charAt(here - 1) == ' ' && isNamePart(codePoint())
                          ? " A name with a blank in it is written [\"first name\"]."
                          : ""));
    };
  }

  private @Nullable Expression system() {
    int start = at;
    at++;
    while (at < end && (isNamePart(codePoint()) || peek() == '.')) {
      at += Character.charCount(codePoint());
    }
    String name = text.substring(start, at);
    for (SystemValue value : SystemValue.values()) {
      if (value.text().equals(name)) {
        return value;
      }
    }
    if (name.equals("$secret") || name.startsWith("$secret.")) {
      return flaw(start, "$secret is not available yet.");
    }
    List<String> known = Arrays.stream(SystemValue.values()).map(SystemValue::text).toList();
    String near = Nearest.to(name, known);
    return flaw(
        start,
        near == null
            ? "Expected one of %s, but found %s."
                .formatted(String.join(", ", known), Quote.of(name))
            : "There is no %s; did you mean %s?".formatted(Quote.of(name), near));
  }

  private @Nullable Expression path() {
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
          return flaw(at, "Expected a name after the dot, but found [.");
        }
      } else if (at == end || peek() != '[') {
        return new Path(List.copyOf(steps));
      }
    }
  }

  private @Nullable Step member() {
    int start = at;
    while (at < end && isNamePart(codePoint())) {
      at += Character.charCount(codePoint());
    }
    if (at == start) {
      note(at, "Expected a name, but found %s.".formatted(found()));
      return null;
    }
    return new Step.Member(text.substring(start, at));
  }

  private @Nullable Step index() {
    at++;
    Step step;
    if (at < end && peek() == '"') {
      String name = quoted();
      if (name == null) {
        return null;
      }
      step = new Step.Member(name);
    } else {
      int start = at;
      while (at < end && peek() >= '0' && peek() <= '9') {
        at++;
      }
      if (at == start || at - start > 9) {
        note(
            start,
            "Expected a number from 0 or a name in double quotes after [, but found %s."
                .formatted(at == start ? found() : text.substring(start, at)));
        return null;
      }
      step = new Step.Index(Integer.parseInt(text, start, at, 10));
    }
    if (at == end || peek() != ']') {
      note(at, "Expected ] to close the [ before it, but found %s.".formatted(found()));
      return null;
    }
    at++;
    return step;
  }

  private @Nullable String quoted() {
    int open = at;
    at++;
    var out = new StringBuilder();
    while (at < end && peek() != '"') {
      if (peek() == '\\') {
        at++;
        if (at == end || (peek() != '"' && peek() != '\\')) {
          note(at, "Expected \" or \\ after a backslash, but found %s.".formatted(found()));
          return null;
        }
      }
      out.append(peek());
      at++;
    }
    if (at == end) {
      note(open, "Expected \" to close the quoted name that begins here.");
      return null;
    }
    at++;
    return out.toString();
  }

  /// Notes a flaw; always null, since there is no expression then.
  private @Nullable Expression flaw(int where, String detail) {
    note(where, detail);
    return null;
  }

  private void note(int where, String detail) {
    flaws.add(new Flaw(where, detail));
    at = end;
  }

  private String found() {
    if (at >= end) {
      return "}}";
    }
    int c = codePoint();
    return Character.isISOControl(c) ? "a control character" : Character.toString(c);
  }

  private char peek() {
    return at < end ? text.charAt(at) : '\0';
  }

  private int codePoint() {
    return text.codePointAt(at);
  }

  private void skipBlanks() {
    while (at < end && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) {
      at++;
    }
  }

  /// Whether a character may stand in a name without quotes.
  static boolean isNamePart(int c) {
    return c == '-'
        || c == '@'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }
}
