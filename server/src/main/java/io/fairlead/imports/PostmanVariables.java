package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Fills in the variables of a collection. One without a value becomes a token of its name.
final class PostmanVariables {
  private static final int MAX_DEPTH = 5;
  private static final int MAX_LENGTH = 1 << 20;

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> tokens = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();

  /// Adds those of a collection or folder; they hide those of the same name above.
  void add(JsonObject owner) {
    if (owner.get("variable") instanceof JsonArray(var variables)) {
      for (Json variable : variables) {
        if (variable instanceof JsonObject object
            && (object.get("key") != null ? object.get("key") : object.get("id"))
                instanceof JsonString(String key)
            && !(object.get("disabled") instanceof JsonBool(boolean off) && off)) {
          String value = text(object.get("value"));
          if (!value.isEmpty()) {
            values.put(key, value);
          }
        }
      }
    }
  }

  /// A value as text.
  static String text(@Nullable Json json) {
    return switch (json) {
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> text;
      case JsonBool(boolean is) -> Boolean.toString(is);
      case null, default -> "";
    };
  }

  /// The names of variables that became tokens.
  Set<String> tokens() {
    return tokens;
  }

  /// Names that Postman makes up itself and that nothing here stands for.
  Set<String> unknown() {
    return unknown;
  }

  /// A text with its variables filled in.
  String fill(String text) {
    return fill(text, 0);
  }

  private String fill(String text, int depth) {
    if (!text.contains("{{")) {
      return text;
    }
    var out = new StringBuilder();
    int from = 0;
    while (from < text.length() && out.length() < MAX_LENGTH) {
      int open = text.indexOf("{{", from);
      int close = open < 0 ? -1 : text.indexOf("}}", open);
      if (close < 0) {
        break;
      }
      // The innermost pair of braces is meant: {{{name}} is a brace and a variable.
      while (text.startsWith("{{", open + 1)) {
        open++;
      }
      out.append(text, from, open).append(variable(text.substring(open + 2, close).strip(), depth));
      from = close + 2;
    }
    return out.append(text, Math.min(from, text.length()), text.length()).toString();
  }

  private String variable(String name, int depth) {
    String value = values.get(name);
    if (value != null && depth < MAX_DEPTH) {
      return fill(value, depth + 1);
    }
    return switch (name) {
      case "$guid", "$randomUUID" -> "{{$uuid}}";
      case "$isoTimestamp" -> "{{$now}}";
      case "$timestamp" -> "{{$now | date:\"unix\"}}";
      default -> token(name);
    };
  }

  private String token(String name) {
    if (name.startsWith("$") || !Token.canName(name)) {
      unknown.add(name);
      return Token.of(Token.path(Token.canName(name) ? name.substring(1) : "unknown"), true);
    }
    tokens.add(name);
    return name.matches("[A-Za-z0-9_@-]+(?:\\.[A-Za-z0-9_@-]+)*")
        ? "{{" + name + "}}"
        : Token.of(Token.path(name), true);
  }
}
