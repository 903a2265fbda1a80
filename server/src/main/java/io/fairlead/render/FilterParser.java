package io.fairlead.render;

import io.fairlead.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads filters with their arguments, and makes them.
final class FilterParser {
  private final Cursor cursor;
  private final @Nullable Set<String> secrets;
  private boolean isSecret;

  /// @param secrets the names that `$secret.NAME` may have; null: none
  /// @param isSecret whether what the first filter takes is a secret
  FilterParser(Cursor cursor, @Nullable Set<String> secrets, boolean isSecret) {
    this.cursor = cursor;
    this.secrets = secrets;
    this.isSecret = isSecret;
  }

  /// Reads `| filter` as often as it stands there, to the end.
  FilterChain parse() throws Flawed {
    var filters = new ArrayList<FilterChain.Named>();
    cursor.skipBlanks();
    while (cursor.take("|")) {
      filters.add(filter(filters.size()));
    }
    return chain(filters);
  }

  /// Reads the same without the first `|`.
  FilterChain parseFirst() throws Flawed {
    var filters = new ArrayList<FilterChain.Named>();
    do {
      filters.add(filter(filters.size()));
    } while (cursor.take("|"));
    return chain(filters);
  }

  private FilterChain chain(List<FilterChain.Named> filters) throws Flawed {
    if (!cursor.isAtEnd()) {
      throw cursor.expected("| or the end");
    }
    return filters.isEmpty() ? FilterChain.NONE : new FilterChain(filters);
  }

  private FilterChain.Named filter(int before) throws Flawed {
    cursor.skipBlanks();
    int start = cursor.at();
    if (before == FilterChain.MOST) {
      throw new Flawed(start, "Expected no more than %d filters.".formatted(FilterChain.MOST));
    }
    String name = cursor.name();
    if (name.isEmpty()) {
      throw cursor.expected("the name of a filter after |");
    }
    FilterCatalog.Definition definition = FilterCatalog.find(name, start);
    var given = new ArrayList<Argument>();
    cursor.skipBlanks();
    if (cursor.take(":")) {
      do {
        given.add(argument(name));
        cursor.skipBlanks();
      } while (cursor.take(","));
    }
    if (!cursor.isAtEnd() && cursor.peek() != '|') {
      throw cursor.expected((given.isEmpty() ? "| or : or }}" : "| or , or }}") + " after " + name);
    }
    Filter filter = definition.make(new Arguments(definition.usage(), start, given));
    if (isSecret && !definition.takesSecret()) {
      throw new Flawed(
          start,
          "Expected no filter but base64 and hmacSha256 after a secret, but found %s."
              .formatted(name));
    }
    isSecret = isSecret || filter.secret() != null;
    return new FilterChain.Named(name, filter);
  }

  private Argument argument(String filter) throws Flawed {
    cursor.skipBlanks();
    int start = cursor.at();
    if (cursor.take("$secret")) {
      return new Argument.Secret(start, TokenParser.secret(cursor, secrets, start).name());
    }
    Json literal = cursor.literal();
    if (literal == null) {
      throw cursor.expected(
          "a text in double quotes, a number, true, false or null as an argument of " + filter);
    }
    return new Argument.Literal(start, literal);
  }
}
