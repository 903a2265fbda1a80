package io.fairlead.connector;

import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Place;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// The `parameters` of the one-connector API: a text of JSON, `[{"key":"…","value":"…"}]`.
final class OneParameters {
  private static final String EXPECTED =
      "parameters is a text of JSON such as [{\"key\":\"Token\",\"value\":\"abc\"}].";

  private OneParameters() {}

  /// What reading came to.
  sealed interface Read {
    /// The pairs, in order.
    record Good(List<Credential.Parameter> rows) implements Read {}

    /// What is wrong, in sentences that quote nothing: it is full of secrets.
    record Bad(List<String> details) implements Read {}
  }

  /// Reads the pairs.
  ///
  /// @param in where they are sent
  static Read read(String text, Place in, JsonReader reader) {
    return switch (reader.read(text)) {
      case JsonReader.Result.Malformed(String detail) ->
          new Read.Bad(List.of(EXPECTED + " " + detail));
      case JsonReader.Result.Read(JsonArray(List<Json> items)) -> pairs(items, in);
      case JsonReader.Result.Read other -> new Read.Bad(List.of(EXPECTED));
    };
  }

  private static Read pairs(List<Json> items, Place in) {
    var rows = new ArrayList<Credential.Parameter>();
    var wrong = new ArrayList<String>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonObject pair
          && pair.members().size() == 2
          && pair.get("key") instanceof JsonString(String key)
          && pair.get("value") instanceof JsonString(String value)) {
        rows.add(new Credential.Parameter(in, key, value));
      } else {
        wrong.add(
            "parameters: pair %d is not of the form {\"key\":\"…\",\"value\":\"…\"}."
                .formatted(i + 1));
      }
    }
    return wrong.isEmpty() ? new Read.Good(rows) : new Read.Bad(wrong);
  }

  /// Writes pairs.
  static String write(List<Credential.Parameter> rows) {
    return JsonWriter.text(
        Json.array(
            rows.stream()
                .<Json>map(
                    one -> Json.object().put("key", one.name()).put("value", one.value()).build())
                .toList()));
  }
}
