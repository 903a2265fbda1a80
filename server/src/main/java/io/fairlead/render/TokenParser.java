package io.fairlead.render;

import io.fairlead.base.Nearest;
import io.fairlead.base.Quote;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPathReader;
import io.fairlead.render.Expression.Path;
import io.fairlead.render.Expression.SystemValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what stands between the braces of one token. The grammar:
///
/// ```
/// token  = path | system        (a path as JsonPathReader says)
/// system = "$" name *("." name)
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
                      here > start
                              && text.charAt(here - 1) == ' '
                              && JsonPathReader.isNamePart(codePoint())
                          ? " A name with a blank in it is written [\"first name\"]."
                          : ""));
    };
  }

  private @Nullable Expression system() {
    int start = at;
    at++;
    while (at < end && (JsonPathReader.isNamePart(codePoint()) || peek() == '.')) {
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
    var reader = new JsonPathReader(text, at, end);
    JsonPath path = reader.read();
    at = reader.at();
    return path == null ? flaw(at, reader.flaw()) : new Path(path);
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
}
