package io.fairlead.response;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the log keeps of the reading of an answer: masked, and at most 16 KiB. How it was declared
/// is in it, so that the kept body can be read again whatever the connector says by then.
///
/// @param declared the settings that the answer was read by, less key and extractions
/// @param lenient whether it is no JSON by the letter
/// @param value what stands at the key; null when there is none
/// @param values what was extracted, by name; JSON `null` where nothing was found
/// @param note a sentence on what could not be read or found
/// @param rule which rule decided, from 1
public record Result(
    ResponseSettings declared,
    boolean lenient,
    @Nullable Json value,
    SequencedMap<String, Json> values,
    @Nullable String note,
    @Nullable Integer rule,
    @Nullable String ruleName) {
  private static final int VALUE = 3_000;
  private static final int ALL_VALUES = 9_000;
  private static final int NOTE = 500;
  private static final JsonReader READER = new JsonReader();

  /// A value as it is kept: what is too long becomes a text with its beginning.
  static Json kept(Json value) {
    return cut(value, VALUE);
  }

  /// One of so many values.
  static Json kept(Json value, int count) {
    return cut(value, ALL_VALUES / Math.max(count, 3));
  }

  static @Nullable String keptNote(@Nullable String note) {
    return note == null ? null : Cut.to(note, NOTE);
  }

  private static Json cut(Json value, int most) {
    String written = JsonWriter.text(value);
    if (written.length() <= most) {
      return value;
    }
    String text = value instanceof JsonString(String own) ? own : written;
    // Escapes make a text longer, six times at most.
    int length = Math.min(text.length(), most - 2);
    while (JsonWriter.text(new JsonString(Cut.to(text, length))).length() > most) {
      length = length * 2 / 3;
    }
    return new JsonString(Cut.to(text, length));
  }

  /// As it is stored.
  public String text() {
    Json.Builder out = Json.object();
    if (declared.areRemembered()) {
      out.put("declared", declared.json());
    }
    if (lenient) {
      out.put("lenient", true);
    }
    if (value != null) {
      out.put("value", value);
    }
    if (!values.isEmpty()) {
      out.put("values", new JsonObject(values));
    }
    out.putIfPresent("note", note);
    if (rule != null) {
      out.put("rule", rule);
    }
    return JsonWriter.text(out.putIfPresent("ruleName", ruleName).build());
  }

  /// The value at the key as JSON, or null when there is none.
  public @Nullable String valueText() {
    return value == null ? null : JsonWriter.text(value);
  }

  /// What {@link #text} wrote.
  public static Result ofText(String stored) {
    if (!(READER.read(stored) instanceof JsonReader.Result.Read(JsonObject members))) {
      throw new IllegalStateException("a stored result is no object");
    }
    return new Result(
        declared(members.get("declared")),
        members.get("lenient") instanceof JsonBool(boolean yes) && yes,
        members.get("value"),
        members.get("values") instanceof JsonObject(var found) ? found : new LinkedHashMap<>(),
        text(members.get("note")),
        members.get("rule") instanceof JsonNumber(String number) ? Integer.valueOf(number) : null,
        text(members.get("ruleName")));
  }

  private static ResponseSettings declared(@Nullable Json stored) {
    if (!(stored instanceof JsonObject settings)) {
      return ResponseSettings.DEFAULT;
    }
    String type = text(settings.get("type"));
    return new ResponseSettings(
        type == null ? ResponseType.AUTO : ResponseType.ofWord(type),
        text(settings.get("delimiter")),
        text(settings.get("keyDelimiter")),
        null,
        List.of());
  }

  private static @Nullable String text(@Nullable Json value) {
    return value instanceof JsonString(String text) ? text : null;
  }

  /// A value with the secrets taken out of its texts, names and numbers.
  static Json masked(Json value, UnaryOperator<String> mask) {
    return switch (value) {
      case JsonString(String text) -> new JsonString(mask.apply(text));
      case JsonNumber(String text) -> {
        String shown = mask.apply(text);
        yield shown.equals(text) ? value : new JsonString(shown);
      }
      case JsonArray(List<Json> items) ->
          new JsonArray(items.stream().map(item -> masked(item, mask)).toList());
      case JsonObject(var members) -> {
        var shown = new LinkedHashMap<String, Json>();
        members.forEach((name, member) -> shown.put(mask.apply(name), masked(member, mask)));
        yield new JsonObject(shown);
      }
      case JsonBool bool -> bool;
      case Json.JsonNull nothing -> nothing;
    };
  }
}
