package io.fairlead.render;

import io.fairlead.base.Nearest;
import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPathReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what stands between two pairs of braces. The grammar:
///
/// ```
/// tag       = token | "#if" reference | "#each" path ["?"] | "#else" | "/if" | "/each"
/// token     = reference ["?" | "??" literal] *("|" filter)
/// reference = path | "$root" [rest] | "$item" [rest] | system | "$secret." name
/// rest      = "." path | index *("." name | index)
/// system    = "$" name *("." name)
/// filter    = name [":" argument *("," argument)]      (FilterParser)
/// literal   = string | number | "true" | "false" | "null"
/// ```
///
/// Paths are read by {@link JsonPathReader}, literals are JSON's. Blanks may stand between words.
final class TokenParser {
  private final Cursor cursor;
  private final Scope scope;
  private final boolean inLoop;

  /// @param inLoop whether an `#each` is open, so that names look into its item
  TokenParser(Cursor cursor, Scope scope, boolean inLoop) {
    this.cursor = cursor;
    this.scope = scope;
    this.inLoop = inLoop;
  }

  Tag parse() throws Flawed {
    cursor.skipBlanks();
    Tag tag =
        switch (cursor.peek()) {
          case '#' -> opening();
          case '/' -> closing();
          case '{' ->
              throw new Flawed(cursor.at(), "Expected a name; a token has two braces: {{Name}}.");
          default -> new Tag.Value(expression());
        };
    return tag;
  }

  private Tag opening() throws Flawed {
    int start = cursor.at();
    if (cursor.take("#else")) {
      return end(start, Tag.Else.ELSE);
    }
    if (cursor.take("#if") && !cursor.isAtName()) {
      cursor.skipBlanks();
      int subject = cursor.at();
      Reference reference = reference();
      if (!(reference instanceof Reference.Path || reference instanceof Reference.Turn)) {
        throw new Flawed(subject, "Expected a name in the data: #if looks at data only.");
      }
      return end(subject, new Tag.OpenIf(reference));
    }
    if (cursor.take("#each") && !cursor.isAtName()) {
      cursor.skipBlanks();
      int subject = cursor.at();
      if (!(reference() instanceof Reference.Path path)) {
        throw new Flawed(subject, "Expected the name of an array: #each runs over data only.");
      }
      cursor.skipBlanks();
      return end(subject, new Tag.OpenEach(path, cursor.take("?")));
    }
    throw new Flawed(start, "Expected #if, #each or #else.");
  }

  private Tag closing() throws Flawed {
    int start = cursor.at();
    if (cursor.take("/if")) {
      return end(start, Tag.CloseIf.CLOSE_IF);
    }
    if (cursor.take("/each")) {
      return end(start, Tag.CloseEach.CLOSE_EACH);
    }
    throw new Flawed(start, "Expected /if or /each.");
  }

  private Tag end(int start, Tag tag) throws Flawed {
    cursor.skipBlanks();
    if (!cursor.isAtEnd()) {
      throw cursor.expected("}} after " + Quote.of(cursor.since(start)));
    }
    return tag;
  }

  private Expression expression() throws Flawed {
    int start = cursor.at();
    Reference reference = reference();
    cursor.skipBlanks();
    Json otherwise = null;
    boolean mayBeAbsent = false;
    if (cursor.take("??")) {
      otherwise = otherwise();
    } else {
      mayBeAbsent = cursor.take("?");
    }
    if (reference instanceof Reference.Secret && (mayBeAbsent || otherwise != null)) {
      throw new Flawed(start, "Expected neither ? nor ?? after a secret: it is there or missing.");
    }
    cursor.skipBlanks();
    if (!cursor.isAtEnd() && cursor.peek() != '|') {
      throw unexpected(start, mayBeAbsent || otherwise != null);
    }
    return new Expression(reference, mayBeAbsent, otherwise, filters(reference));
  }

  private FilterChain filters(Reference reference) throws Flawed {
    return new FilterParser(cursor, scope.secrets(), reference instanceof Reference.Secret).parse();
  }

  private Json otherwise() throws Flawed {
    cursor.skipBlanks();
    Json value = cursor.literal();
    if (value == null) {
      throw cursor.expected("a text in double quotes, a number, true, false or null after ??");
    }
    return value;
  }

  private Flawed unexpected(int start, boolean complete) {
    String hint =
        !complete && cursor.follows(' ') && cursor.isAtName()
            ? " A name with a blank in it is written [\"first name\"]."
            : "";
    String expected = complete ? "| or }}" : "., [, ?, | or }}";
    return new Flawed(
        cursor.at(),
        "Expected %s after %s, but found %s.%s"
            .formatted(expected, Quote.of(cursor.since(start)), cursor.found(), hint));
  }

  private Reference reference() throws Flawed {
    int start = cursor.at();
    if (cursor.peek() != '$') {
      return known(
          start, new Reference.Path(inLoop ? Reference.From.ITEM : Reference.From.DATA, path()));
    }
    cursor.moveTo(start + 1);
    String word = cursor.name();
    return switch (word) {
      case "root" -> known(start, new Reference.Path(Reference.From.DATA, rest()));
      case "item" -> {
        needsLoop(start, "$item");
        yield new Reference.Path(Reference.From.ITEM, rest());
      }
      case "secret" -> secret(cursor, scope.secrets(), start);
      default -> system(start);
    };
  }

  private JsonPath path() throws Flawed {
    JsonPathReader reader = cursor.path();
    JsonPath path = reader.read();
    cursor.moveTo(reader.at());
    if (path == null) {
      throw new Flawed(reader.at(), reader.flaw());
    }
    return path;
  }

  /// What follows `$root` or `$item`; null for nothing.
  private @Nullable JsonPath rest() throws Flawed {
    if (cursor.peek() == '[') {
      return path();
    }
    return cursor.take(".") ? path() : null;
  }

  private void needsLoop(int start, String name) throws Flawed {
    if (!inLoop) {
      throw new Flawed(start, "Expected no %s here: it stands inside of #each.".formatted(name));
    }
  }

  /// Refuses a name that is not in a closed set of data names.
  private Reference known(int start, Reference.Path path) throws Flawed {
    Set<String> inputs = scope.inputs();
    if (inputs != null
        && path.from() == Reference.From.DATA
        && path.path() != null
        && path.path().steps().getFirst() instanceof JsonPath.Step.Member(String name)
        && !inputs.contains(name)) {
      String near = Nearest.to(name, inputs);
      throw new Flawed(
          start,
          near != null
              ? "There is no %s; did you mean %s?".formatted(Quote.of(name), Quote.of(near))
              : inputs.isEmpty()
                  ? "There is no %s: there are no inputs.".formatted(Quote.of(name))
                  : "There is no %s; expected one of %s."
                      .formatted(
                          Quote.of(name), String.join(", ", inputs.stream().sorted().toList())));
    }
    return path;
  }

  private Reference system(int start) throws Flawed {
    while (cursor.take(".")) {
      var _ = cursor.name();
    }
    String name = cursor.since(start);
    var known = new ArrayList<String>();
    for (Reference.SystemValue value : Reference.SystemValue.values()) {
      boolean isThere = scope.events() || !value.isOfEvents();
      if (value.text().equals(name)) {
        if (!isThere) {
          throw new Flawed(
              start, "There is no %s: a command's request is made for no event.".formatted(name));
        }
        return value;
      }
      if (isThere) {
        known.add(value.text());
      }
    }
    for (Reference.Turn turn : Reference.Turn.values()) {
      if (turn.text().equals(name)) {
        needsLoop(start, name);
        return turn;
      }
    }
    known.addAll(List.of("$root", "$item", "$index", "$first", "$last", "$secret.NAME"));
    String near = Nearest.to(name, known);
    throw new Flawed(
        start,
        near == null
            ? "Expected one of %s, but found %s."
                .formatted(String.join(", ", known), Quote.of(name))
            : "There is no %s; did you mean %s?".formatted(Quote.of(name), near));
  }

  /// Reads what follows `$secret`.
  ///
  /// @param names those there are; null: there is no authorization
  static Reference.Secret secret(Cursor cursor, @Nullable Set<String> names, int start)
      throws Flawed {
    if (names == null) {
      throw new Flawed(
          start, "Expected no $secret here: there is no authorization that it could look into.");
    }
    if (cursor.peek() == '[' || cursor.take(".")) {
      JsonPathReader reader = cursor.path();
      JsonPath path = reader.read();
      cursor.moveTo(reader.at());
      if (path == null) {
        throw new Flawed(reader.at(), reader.flaw());
      }
      if (path.steps().size() == 1
          && path.steps().getFirst() instanceof JsonPath.Step.Member(String name)) {
        return new Reference.Secret(known(start, name, names));
      }
    }
    throw new Flawed(start, "Expected one name after $secret: $secret.NAME.");
  }

  private static String known(int start, String name, Set<String> names) throws Flawed {
    if (names.contains(name)) {
      return name;
    }
    String near = Nearest.to(name, names);
    throw new Flawed(
        start,
        near != null
            ? "The authorization has no %s; did you mean $secret.%s?"
                .formatted(Quote.of(name), near)
            : names.isEmpty()
                ? "The authorization has no fields that a token could name."
                : "The authorization has no %s; it has %s."
                    .formatted(
                        Quote.of(name), String.join(", ", names.stream().sorted().toList())));
  }
}
