package io.fairlead.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A JSON value (RFC 8259) as it was received: members keep their order, numbers their digits.
public sealed interface Json {
  /// An object; members in the order they came.
  record JsonObject(SequencedMap<String, Json> members) implements Json {
    /// An object without members.
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    /// The member of that name, or null when there is none.
    public @Nullable Json get(String name) {
      return members.get(name);
    }
  }

  /// An array.
  record JsonArray(List<Json> items) implements Json {}

  /// A string, unescaped.
  record JsonString(String value) implements Json {}

  /// A number as it was written.
  record JsonNumber(String text) implements Json {
    /// Its exact value.
    public BigDecimal decimal() {
      return new BigDecimal(text);
    }
  }

  /// `true` or `false`.
  record JsonBool(boolean value) implements Json {}

  /// `null`.
  enum JsonNull implements Json {
    /// The only one.
    NULL
  }

  /// A string, or `null` for null.
  static Json of(@Nullable String value) {
    return value == null ? JsonNull.NULL : new JsonString(value);
  }

  /// A whole number.
  static Json of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /// A truth value.
  static Json of(boolean value) {
    return new JsonBool(value);
  }

  /// An array of values.
  static Json array(List<? extends Json> items) {
    return new JsonArray(List.copyOf(items));
  }

  /// What kind of value this is, in the words of a problem: `an object`, `a string` ...
  default String kind() {
    return switch (this) {
      case JsonObject o -> "an object";
      case JsonArray a -> "an array";
      case JsonString s -> "a string";
      case JsonNumber n -> "a number";
      case JsonBool b -> "a boolean";
      case JsonNull n -> "null";
    };
  }

  /// Puts an object together member by member, in order.
  final class Builder {
    private final LinkedHashMap<String, Json> members = new LinkedHashMap<>();

    /// Adds a member.
    public Builder put(String name, Json value) {
      members.put(name, value);
      return this;
    }

    /// Adds a string member, `null` for null.
    public Builder put(String name, @Nullable String value) {
      return put(name, of(value));
    }

    /// Adds a whole number.
    public Builder put(String name, long value) {
      return put(name, of(value));
    }

    /// Adds a truth value.
    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    /// Adds a string member unless it is null.
    public Builder putIfPresent(String name, @Nullable String value) {
      return value == null ? this : put(name, value);
    }

    /// Adds every member of another object.
    public Builder putAll(JsonObject other) {
      for (Map.Entry<String, Json> member : other.members().entrySet()) {
        put(member.getKey(), member.getValue());
      }
      return this;
    }

    /// The object.
    public JsonObject build() {
      return new JsonObject(members);
    }
  }

  /// Begins an object.
  static Builder object() {
    return new Builder();
  }
}
