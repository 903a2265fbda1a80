package io.fairlead.demo;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.List;

/// Reads members of what the API answers.
final class Fields {
  private Fields() {}

  /// A member as text; empty when it is absent or has no text.
  static String text(JsonObject object, String name) {
    return switch (object.get(name)) {
      case JsonString string -> string.value();
      case JsonNumber number -> number.text();
      case JsonBool bool -> Boolean.toString(bool.value());
      case JsonObject o -> "";
      case JsonArray a -> "";
      case JsonNull n -> "";
      case null -> "";
    };
  }

  /// A whole number; 0 when it is absent.
  static int number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber number ? number.decimal().intValue() : 0;
  }

  /// An object; one without members when it is absent.
  static JsonObject object(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject found ? found : JsonObject.EMPTY;
  }

  /// An array; one without items when it is absent.
  static Iterable<Json> array(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray found ? found.items() : List.of();
  }
}
