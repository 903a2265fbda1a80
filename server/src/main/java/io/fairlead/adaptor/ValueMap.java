package io.fairlead.adaptor;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values that are sent as others: `{"HU": "Hang Up"}`.
///
/// @param values what to send, by the text of what came; not empty
/// @param others what happens to a value that is not among them
record ValueMap(Map<String, Json> values, Others others) {
  /// What happens to a value that a map does not have.
  enum Others {
    /// It is sent as it is.
    KEEP,
    /// The row's default is sent.
    DEFAULT,
    /// Nothing is sent at all.
    FAIL;

    static List<String> words() {
      return Arrays.stream(values()).map(Others::word).toList();
    }

    static Others of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What to send for a value; null when the map does not have it.
  @Nullable Json get(Json value) {
    String text =
        switch (value) {
          case JsonString(String string) -> string;
          case JsonNumber(String number) -> number;
          case JsonBool(boolean bool) -> Boolean.toString(bool);
          case JsonNull nothing -> null;
          case JsonObject object -> null;
          case JsonArray array -> null;
        };
    return text == null ? null : values.get(text);
  }
}
