package io.fairlead.render;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import java.util.List;

/// Filters over lists.
final class ListFilters {
  private ListFilters() {}

  /// The items' texts with something between them.
  static Filter join(Arguments arguments) throws Flawed {
    String separator = arguments.text(0, ",");
    return (value, _) -> {
      if (!(value instanceof JsonArray(List<Json> items))) {
        return noList(value);
      }
      var out = new StringBuilder();
      for (int i = 0; i < items.size(); i++) {
        String text = Values.text(items.get(i));
        if (text == null) {
          return new Filtered.Refused(
              "it takes a list of texts, but item [%d] is %s".formatted(i, items.get(i).kind()));
        }
        out.append(i == 0 ? "" : separator).append(text);
        if (out.length() > FilterChain.LONGEST) {
          return new Filtered.Refused(
              "what comes out is longer than %,d characters".formatted(FilterChain.LONGEST));
        }
      }
      return Filtered.text(out.toString());
    };
  }

  static Filter first() {
    return (value, _) ->
        value instanceof JsonArray(List<Json> items)
            ? items.isEmpty() ? Filtered.Absent.ABSENT : new Filtered.Value(items.getFirst())
            : noList(value);
  }

  static Filter last() {
    return (value, _) ->
        value instanceof JsonArray(List<Json> items)
            ? items.isEmpty() ? Filtered.Absent.ABSENT : new Filtered.Value(items.getLast())
            : noList(value);
  }

  /// How many items, members or characters there are.
  static Filter size() {
    return (value, _) ->
        switch (value) {
          case JsonArray(List<Json> items) -> number(items.size());
          case JsonObject object -> number(object.members().size());
          case Json.JsonString(String text) -> number(text.codePointCount(0, text.length()));
          case Json.JsonNumber number -> noSize(number);
          case Json.JsonBool bool -> noSize(bool);
          case Json.JsonNull nothing -> noSize(nothing);
        };
  }

  private static Filtered number(int count) {
    return new Filtered.Value(Json.of(count));
  }

  private static Filtered noSize(Json value) {
    return new Filtered.Refused(
        "it takes a list, an object or text, but the value is %s".formatted(value.kind()));
  }

  private static Filtered noList(Json value) {
    return new Filtered.Refused("it takes a list, but the value is %s".formatted(value.kind()));
  }
}
