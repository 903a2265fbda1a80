package io.fairlead.imports;

import io.fairlead.imports.References.Unfollowed;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an import needs of a schema: its references followed, `allOf` put together, and the first
/// of several alternatives taken.
///
/// @param type `object`, `array`, `string` ..., or empty when it is not said
/// @param properties as they stand in the document
/// @param items null when they are not described
/// @param only the one value that is allowed, or null
/// @param example null when there is none
/// @param choice whether alternatives were passed over
record Schema(
    String type,
    String format,
    Map<String, Json> properties,
    Set<String> required,
    @Nullable Json items,
    @Nullable Json only,
    @Nullable Json example,
    String xmlName,
    boolean readOnly,
    boolean choice) {
  private static final int MAX_DEPTH = 12;
  private static final int MAX_SAMPLE_DEPTH = 5;
  private static final Schema ANY =
      new Schema("", "", Map.of(), Set.of(), null, null, null, "", false, false);

  boolean isObject() {
    return type.equals("object") || (type.isEmpty() && !properties.isEmpty());
  }

  boolean isArray() {
    return type.equals("array") || (type.isEmpty() && items != null);
  }

  boolean isBinary() {
    return type.equals("string") && (format.equals("binary") || format.equals("base64"));
  }

  /// Reads a schema.
  static Schema read(@Nullable Json json, References references) throws Unfollowed {
    return json == null ? ANY : read(json, references, 0);
  }

  private static Schema read(Json json, References references, int depth) throws Unfollowed {
    if (depth > MAX_DEPTH) {
      return ANY;
    }
    JsonObject own = references.object(json);
    Schema schema = plain(own);
    if (own.get("allOf") instanceof JsonArray(var parts)) {
      for (Json part : parts) {
        schema = schema.with(read(part, references, depth + 1));
      }
    }
    for (String word : List.of("oneOf", "anyOf")) {
      if (own.get(word) instanceof JsonArray(var parts) && !parts.isEmpty()) {
        schema = schema.with(alternative(parts, references, depth, schema));
      }
    }
    return schema;
  }

  /// The first alternative that is not just `null`.
  private static Schema alternative(List<Json> parts, References references, int depth, Schema own)
      throws Unfollowed {
    var read = new ArrayList<Schema>();
    for (Json part : parts) {
      references.step();
      Schema one = read(part, references, depth + 1);
      if (!one.type.equals("null")) {
        read.add(one);
        if (read.size() == 2) {
          break;
        }
      }
    }
    if (read.isEmpty()) {
      return ANY;
    }
    // Alternatives that only say which members are required leave the shape as it is.
    Schema first = read.getFirst();
    boolean shapes = first.type.isEmpty() && first.properties.isEmpty() && !own.type.isEmpty();
    return shapes ? ANY : first.chosen(read.size() > 1);
  }

  private Schema chosen(boolean several) {
    return new Schema(
        type,
        format,
        properties,
        required,
        items,
        only,
        example,
        xmlName,
        readOnly,
        choice || several);
  }

  private Schema with(Schema other) {
    Map<String, Json> all = new LinkedHashMap<>(properties);
    other.properties.forEach(all::putIfAbsent);
    Set<String> both = new LinkedHashSet<>(required);
    both.addAll(other.required);
    return new Schema(
        type.isEmpty() ? other.type : type,
        format.isEmpty() ? other.format : format,
        all,
        both,
        items == null ? other.items : items,
        only == null ? other.only : only,
        example == null ? other.example : example,
        xmlName.isEmpty() ? other.xmlName : xmlName,
        readOnly || other.readOnly,
        choice || other.choice);
  }

  private static Schema plain(JsonObject own) {
    Map<String, Json> properties =
        own.get("properties") instanceof JsonObject object ? object.members() : Map.of();
    Set<String> required = new LinkedHashSet<>();
    if (own.get("required") instanceof JsonArray(var names)) {
      names.forEach(name -> {
        if (name instanceof JsonString(String text)) {
          required.add(text);
        }
      });
    }
    return new Schema(
        type(own.get("type")),
        text(own.get("format")),
        properties,
        required,
        own.get("items"),
        only(own),
        example(own),
        own.get("xml") instanceof JsonObject xml ? text(xml.get("name")) : "",
        own.get("readOnly") instanceof JsonBool(boolean is) && is,
        false);
  }

  private static String text(@Nullable Json json) {
    return json instanceof JsonString(String text) ? text : "";
  }

  /// 3.1 has lists of types, mostly for `null`.
  private static String type(@Nullable Json json) {
    if (json instanceof JsonArray(var types)) {
      return types.stream()
          .map(Schema::text)
          .filter(type -> !type.isEmpty() && !type.equals("null"))
          .findFirst()
          .orElse("");
    }
    return text(json);
  }

  private static @Nullable Json only(JsonObject own) {
    Json value = own.get("const");
    if (value == null && own.get("enum") instanceof JsonArray(var values) && values.size() == 1) {
      value = values.getFirst();
    }
    return value instanceof JsonObject || value instanceof JsonArray ? null : value;
  }

  /// The example that a schema, parameter or media type gives, or null.
  static @Nullable Json example(JsonObject own) {
    Json example = own.get("example");
    if (example == null && own.get("examples") instanceof JsonArray(var all) && !all.isEmpty()) {
      example = all.getFirst();
    }
    if (example == null) {
      example = own.get("default");
    }
    if (example == null && own.get("enum") instanceof JsonArray(var all) && !all.isEmpty()) {
      example = all.getFirst();
    }
    return example instanceof JsonNull ? null : example;
  }

  /// A value that the schema describes.
  Json sample(References references) throws Unfollowed {
    return sample(references, 0);
  }

  private Json sample(References references, int depth) throws Unfollowed {
    references.step();
    if (only != null) {
      return only;
    }
    if (example != null && fits(example)) {
      return example;
    }
    if (isObject()) {
      var members = new LinkedHashMap<String, Json>();
      for (var property : properties.entrySet()) {
        if (required.contains(property.getKey()) && depth < MAX_SAMPLE_DEPTH) {
          members.put(
              property.getKey(),
              read(property.getValue(), references).sample(references, depth + 1));
        }
      }
      return new JsonObject(members);
    }
    if (isArray()) {
      return items == null || depth >= MAX_SAMPLE_DEPTH
          ? new JsonArray(List.of())
          : new JsonArray(List.of(read(items, references).sample(references, depth + 1)));
    }
    return switch (type) {
      case "integer" -> Json.of(1);
      case "number" -> new Json.JsonNumber("1.5");
      case "boolean" -> Json.of(true);
      default -> Json.of(textSample());
    };
  }

  /// Examples are often of another type than their schema says.
  private boolean fits(Json value) {
    return isObject()
        ? value instanceof JsonObject
        : isArray()
            ? value instanceof JsonArray
            : !(value instanceof JsonObject) && !(value instanceof JsonArray);
  }

  private String textSample() {
    return switch (format) {
      case "date-time" -> "2026-03-02T10:15:00Z";
      case "date" -> "2026-03-02";
      case "uuid" -> "7d444840-9dc0-11d1-b245-5ffdce74fad2";
      case "uri", "url" -> "https://example.com/";
      case "email" -> "someone@example.com";
      default -> "text";
    };
  }
}
