package io.fairlead.response;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statuses that are meant: `200`, `"2xx"`, `"400-499"`, or a list of such.
///
/// @param source as it was written
record StatusSet(Json source, List<Range> ranges) {
  private static final int MOST = 50;

  /// Both ends are in it.
  record Range(int first, int last) {}

  StatusSet {
    ranges = List.copyOf(ranges);
  }

  boolean contains(int status) {
    for (Range range : ranges) {
      if (status >= range.first() && status <= range.last()) {
        return true;
      }
    }
    return false;
  }

  static @Nullable StatusSet read(Json source, String pointer, Faults faults) {
    List<Json> items = source instanceof JsonArray(List<Json> list) ? list : List.of(source);
    if (items.isEmpty() || items.size() > MOST) {
      faults.at(pointer, "status has 1 to %d items.".formatted(MOST));
      return null;
    }
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < items.size(); i++) {
      Range range = range(items.get(i));
      if (range == null) {
        faults.at(
            source instanceof JsonArray ? pointer + "/" + i : pointer,
            "A status is a number from 100 to 999, a class such as \"2xx\", or a range such as"
                + " \"400-499\".");
      } else {
        ranges.add(range);
      }
    }
    return ranges.size() == items.size() ? new StatusSet(source, ranges) : null;
  }

  private static @Nullable Range range(Json item) {
    String text =
        switch (item) {
          case JsonString(String value) -> value.strip();
          case JsonNumber(String value) -> value;
          case Json.JsonObject _, JsonArray _, Json.JsonBool _, Json.JsonNull _ -> "";
        };
    if (text.length() == 3 && text.substring(1).equalsIgnoreCase("xx")) {
      int hundreds = Character.digit(text.charAt(0), 10);
      return hundreds < 1 ? null : new Range(hundreds * 100, hundreds * 100 + 99);
    }
    int dash = text.indexOf('-');
    Integer first = status(dash < 0 ? text : text.substring(0, dash));
    Integer last = dash < 0 ? first : status(text.substring(dash + 1));
    return first == null || last == null || first > last ? null : new Range(first, last);
  }

  private static @Nullable Integer status(String text) {
    String digits = text.strip();
    boolean right = digits.length() == 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return right && digits.charAt(0) != '0' ? Integer.valueOf(digits) : null;
  }
}
