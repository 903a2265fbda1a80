package io.fairlead.imports;

import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;

/// Writes tokens for places in data.
final class Token {
  private Token() {}

  /// The path of one name.
  static JsonPath path(String name) {
    return new JsonPath(List.of(new Step.Member(name)));
  }

  /// The path one name further down.
  static JsonPath below(JsonPath path, String name) {
    var steps = new ArrayList<>(path.steps());
    steps.add(new Step.Member(name));
    return new JsonPath(steps);
  }

  /// The path of the first item.
  static JsonPath first(JsonPath path) {
    var steps = new ArrayList<>(path.steps());
    steps.add(new Step.Index(0));
    return new JsonPath(steps);
  }

  /// Whether a token can be written for a name: the first `}}` ends a token.
  static boolean canName(String name) {
    return !name.isEmpty()
        && !name.contains("}}")
        && !name.contains("{{")
        && name.length() <= 200
        && name.chars().noneMatch(Character::isISOControl);
  }

  /// `{{path}}`, or `{{path?}}` for what may be absent.
  static String of(JsonPath path, boolean required) {
    return "{{" + path.text() + (required ? "}}" : "?}}");
  }

  /// The same with a filter.
  static String of(JsonPath path, boolean required, String filter) {
    return "{{" + path.text() + (required ? "" : "?") + " | " + filter + "}}";
  }
}
