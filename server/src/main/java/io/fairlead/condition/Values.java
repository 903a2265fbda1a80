package io.fairlead.condition;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How values compare: by type first, never one type with another.
final class Values {
  private Values() {}

  /// An object that is equal for equal values: numbers by value, objects in any order. A number
  /// that can't be reckoned with is equal to itself as written.
  static Object canonical(Json value) {
    return switch (value) {
      case JsonString string -> string;
      case JsonBool bool -> bool;
      case JsonNull none -> none;
      case JsonNumber number -> {
        BigDecimal decimal = Numbers.of(number);
        yield decimal == null ? number : decimal;
      }
      case JsonArray(List<Json> items) -> {
        var canonical = new ArrayList<Object>(items.size());
        for (Json item : items) {
          canonical.add(canonical(item));
        }
        yield canonical;
      }
      case JsonObject(var members) -> {
        var canonical = new HashMap<String, Object>();
        members.forEach((name, member) -> canonical.put(name, canonical(member)));
        yield canonical;
      }
    };
  }

  /// Negative, 0 or positive; null when the two have no order.
  static @Nullable Integer order(Json a, Json b) {
    if (a instanceof JsonString(String x) && b instanceof JsonString(String y)) {
      return order(x, y);
    }
    if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
      BigDecimal left = Numbers.of(x);
      BigDecimal right = Numbers.of(y);
      return left == null || right == null ? null : left.compareTo(right);
    }
    return null;
  }

  /// By code point: UTF-16 units would put an emoji before U+FFxx.
  private static int order(String x, String y) {
    int length = Math.min(x.length(), y.length());
    for (int i = 0; i < length; i++) {
      char a = x.charAt(i);
      char b = y.charAt(i);
      if (a != b) {
        boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(x.length(), y.length());
  }

  /// Whether one of the expected values is this one, or an item of this one.
  static boolean isOneOf(Set<Object> expected, boolean deep, Json value) {
    if (isExactly(expected, deep, value)) {
      return true;
    }
    return value instanceof JsonArray(List<Json> items)
        && items.stream().anyMatch(item -> isExactly(expected, deep, item));
  }

  /// @param deep whether an array or an object is among what is expected
  private static boolean isExactly(Set<Object> expected, boolean deep, Json value) {
    boolean scalar = !(value instanceof JsonArray || value instanceof JsonObject);
    return (scalar || deep) && expected.contains(canonical(value));
  }
}
