package io.fairlead.event;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The paths that an event type's data has, for the completion of an editor: as its sample shows
/// them, then as its schema says. Of a list only the first item is looked into.
public final class DataPaths {
  private static final int MOST = 1_000;
  private static final int DEEPEST = 10;
  private static final String ANY = "any";

  /// @param path as people write it
  /// @param type of JSON: `string`, `number`, `boolean`, `null`, `object`, `array` or `any`
  public record Typed(String path, String type) {}

  private final Map<String, String> found = new LinkedHashMap<>();

  private DataPaths() {}

  /// The paths of a sample and a schema together, at most 1,000.
  public static List<Typed> of(@Nullable Json sample, @Nullable Json schema) {
    var paths = new DataPaths();
    if (sample != null) {
      paths.sample(sample, List.of());
    }
    if (schema != null) {
      paths.schema(schema, schema, List.of());
    }
    return paths.found.entrySet().stream()
        .map(path -> new Typed(path.getKey(), path.getValue()))
        .toList();
  }

  private void sample(Json value, List<Step> steps) {
    add(steps, type(value));
    if (steps.size() >= DEEPEST) {
      return;
    }
    if (value instanceof JsonObject object) {
      object
          .members()
          .forEach((name, member) -> sample(member, then(steps, new Step.Member(name))));
    } else if (value instanceof JsonArray(List<Json> items) && !items.isEmpty()) {
      sample(items.getFirst(), then(steps, new Step.Index(0)));
    }
  }

  private void schema(Json schema, Json root, List<Step> steps) {
    if (!(resolved(schema, root) instanceof JsonObject object)) {
      return;
    }
    add(steps, declared(object));
    if (steps.size() >= DEEPEST || found.size() >= MOST) {
      return;
    }
    if (object.get("properties") instanceof JsonObject properties) {
      properties
          .members()
          .forEach((name, member) -> schema(member, root, then(steps, new Step.Member(name))));
    }
    Json items = object.get("items");
    if (items instanceof JsonObject) {
      schema(items, root, then(steps, new Step.Index(0)));
    }
  }

  /// Follows one reference to a definition.
  private static Json resolved(Json schema, Json root) {
    if (schema instanceof JsonObject object
        && object.get("$ref") instanceof JsonString(String ref)
        && ref.startsWith("#/")) {
      Json here = root;
      for (String part : ref.substring(2).split("/", -1)) {
        Json next =
            here instanceof JsonObject inside
                ? inside.get(part.replace("~1", "/").replace("~0", "~"))
                : null;
        if (next == null) {
          return schema;
        }
        here = next;
      }
      return here;
    }
    return schema;
  }

  private static String declared(JsonObject schema) {
    Json type = schema.get("type");
    if (type instanceof JsonArray(List<Json> several) && !several.isEmpty()) {
      type = several.getFirst();
    }
    if (type instanceof JsonString(String text)) {
      return text.equals("integer") ? "number" : text;
    }
    return schema.get("properties") == null ? ANY : "object";
  }

  private void add(List<Step> steps, String type) {
    if (!steps.isEmpty() && found.size() < MOST) {
      var _ = found.putIfAbsent(new JsonPath(steps).text(), type);
    }
  }

  private static List<Step> then(List<Step> steps, Step next) {
    var longer = new ArrayList<>(steps);
    longer.add(next);
    return longer;
  }

  private static String type(Json value) {
    return switch (value) {
      case JsonObject object -> "object";
      case JsonArray array -> "array";
      case JsonString string -> "string";
      case JsonNumber number -> "number";
      case JsonBool bool -> "boolean";
      case JsonNull nothing -> "null";
    };
  }
}
