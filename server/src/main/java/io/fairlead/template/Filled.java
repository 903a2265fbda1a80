package io.fairlead.template;

import io.fairlead.json.Json.JsonObject;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What became of a template and the values of a person.
///
/// @param document a connector's document
/// @param origins which field each value in it came from, by its pointer
public record Filled(JsonObject document, Map<String, String> origins) {
  public Filled {
    origins = Map.copyOf(origins);
  }

  /// The field that is to blame for what is wrong at a place of the document, or null when it is
  /// none, or not one alone.
  public @Nullable String fieldAt(String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      String field = origins.get(at);
      if (field != null) {
        return field;
      }
    }
    SortedSet<String> below = new TreeSet<>();
    origins.forEach((at, field) -> {
      if (at.startsWith(pointer + "/")) {
        below.add(field);
      }
    });
    return below.size() == 1 ? below.first() : null;
  }
}
