package io.fairlead.response;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a text into a list (`a,b,c`), or into an object where items have keys (`a=1;b=2`). Blanks
/// and line ends around items, keys and values do not count; an empty item at the end is none. Of a
/// key that stands several times all values are kept, in a list; an item without the key's
/// delimiter is a key with an empty value.
final class DelimitedText {
  private static final int MOST = 100_000;

  private DelimitedText() {}

  /// The list or object, or null when there are more than 100,000 items.
  static @Nullable Json read(String text, String delimiter, @Nullable String keyDelimiter) {
    List<String> items = cut(text, delimiter);
    if (items == null) {
      return null;
    }
    return keyDelimiter == null
        ? new JsonArray(items.stream().<Json>map(JsonString::new).toList())
        : object(items, keyDelimiter);
  }

  private static @Nullable List<String> cut(String text, String delimiter) {
    var items = new ArrayList<String>();
    int start = 0;
    int end = text.indexOf(delimiter);
    while (end >= 0) {
      if (items.size() == MOST) {
        return null;
      }
      items.add(text.substring(start, end).strip());
      start = end + delimiter.length();
      end = text.indexOf(delimiter, start);
    }
    String last = text.substring(start).strip();
    if (!last.isEmpty()) {
      items.add(last);
    }
    return items;
  }

  private static Json object(List<String> items, String keyDelimiter) {
    var values = new LinkedHashMap<String, List<Json>>();
    for (String item : items) {
      int at = item.indexOf(keyDelimiter);
      String key = at < 0 ? item : item.substring(0, at).strip();
      String value = at < 0 ? "" : item.substring(at + keyDelimiter.length()).strip();
      if (!item.isEmpty()) {
        values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(new JsonString(value));
      }
    }
    var members = new LinkedHashMap<String, Json>();
    values.forEach(
        (key, all) -> members.put(key, all.size() == 1 ? all.getFirst() : new JsonArray(all)));
    return new JsonObject(members);
  }
}
