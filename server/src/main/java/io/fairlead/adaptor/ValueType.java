package io.fairlead.adaptor;

import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a row's value is made into before it is sent. What cannot be made into it is refused, never
/// changed into something near.
enum ValueType {
  /// Text: numbers with the digits they came with, `true` and `false`.
  STRING,
  /// A number: also from text that is one.
  NUMBER,
  /// `true` or `false`: also from 1, 0 and the texts true, false, 1, 0, yes, no, on, off.
  BOOLEAN,
  /// Any value: text is read as JSON.
  JSON;

  private static final JsonReader READER = new JsonReader();
  private static final List<String> YES = List.of("true", "1", "yes", "on");
  private static final List<String> NO = List.of("false", "0", "no", "off");

  /// What becomes of a value.
  sealed interface Cast {
    record To(Json value) implements Cast {}

    /// @param sentence why not, with the value in it
    record Refused(String sentence) implements Cast {}
  }

  /// The names that a document has.
  static List<String> words() {
    return Arrays.stream(values()).map(ValueType::word).toList();
  }

  static ValueType of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Cast cast(Json value) {
    return switch (this) {
      case STRING -> string(value);
      case NUMBER -> number(value);
      case BOOLEAN -> bool(value);
      case JSON -> json(value);
    };
  }

  private static Cast string(Json value) {
    return switch (value) {
      case JsonString string -> new Cast.To(string);
      case JsonNumber(String text) -> new Cast.To(Json.of(text));
      case JsonBool(boolean bool) -> new Cast.To(Json.of(Boolean.toString(bool)));
      case JsonNull nothing -> new Cast.To(nothing);
      case JsonObject object -> refused(value, "no text; the filter json makes text of it");
      case JsonArray array -> refused(value, "no text; the filters join and json make text of it");
    };
  }

  private static Cast number(Json value) {
    return switch (value) {
      case JsonNumber number -> new Cast.To(number);
      case JsonString(String text) ->
          READER.read(text) instanceof JsonReader.Result.Read(JsonNumber number)
              ? new Cast.To(number)
              : refused(value, "no number such as 12 or -0.5");
      case JsonNull nothing -> new Cast.To(nothing);
      case JsonBool bool -> refused(value, "no number");
      case JsonObject object -> refused(value, "no number");
      case JsonArray array -> refused(value, "no number");
    };
  }

  private static Cast bool(Json value) {
    return switch (value) {
      case JsonBool bool -> new Cast.To(bool);
      case JsonString(String text) -> bool(value, text);
      case JsonNumber(String text) -> bool(value, text);
      case JsonNull nothing -> new Cast.To(nothing);
      case JsonObject object -> refused(value, "neither true nor false");
      case JsonArray array -> refused(value, "neither true nor false");
    };
  }

  private static Cast bool(Json value, String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (YES.contains(lower)) {
      return new Cast.To(Json.of(true));
    }
    return NO.contains(lower)
        ? new Cast.To(Json.of(false))
        : refused(value, "neither true nor false");
  }

  private static Cast json(Json value) {
    if (!(value instanceof JsonString(String text))) {
      return new Cast.To(value);
    }
    return switch (READER.read(text)) {
      case JsonReader.Result.Read read -> new Cast.To(read.value());
      case JsonReader.Result.Malformed malformed ->
          refused(value, "no JSON. " + malformed.detail());
    };
  }

  private static Cast refused(Json value, String what) {
    String is = "%s is %s".formatted(shown(value), what);
    return new Cast.Refused(is.endsWith(".") ? is : is + ".");
  }

  /// A value in a sentence.
  static String shown(Json value) {
    return switch (value) {
      case JsonString(String text) -> "\"" + Quote.of(text) + "\"";
      case JsonNumber(String text) -> Quote.of(text);
      case JsonBool(boolean bool) -> Boolean.toString(bool);
      case JsonNull nothing -> "null";
      case JsonObject object -> "An object";
      case JsonArray array -> "A list";
    };
  }
}
