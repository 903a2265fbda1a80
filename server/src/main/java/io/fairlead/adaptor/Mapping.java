package io.fairlead.adaptor;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An adaptor's rows, checked against each other.
///
/// Applying them is pure and bounded: each row is looked at once, and what they make together is at
/// most 1 MiB when written.
public final class Mapping {
  private static final int MAX_BYTES = 1 << 20;

  /// What may go through filters for one event: they are bounded each, and rows are many.
  private static final int MAX_FILTERED = 4 << 20;

  private final List<Row> rows;
  private final Shape shape;

  /// @param shape of the targets of these rows
  Mapping(List<Row> rows, Shape shape) {
    this.rows = List.copyOf(rows);
    this.shape = shape;
  }

  List<Row> rows() {
    return rows;
  }

  /// The names at the top of the data without which it makes nothing.
  public Set<String> needs() {
    var needs = new LinkedHashSet<String>();
    for (Row row : rows) {
      if (row.required()
          && row.from() instanceof Row.From.Source(JsonPath path)
          && path.steps().getFirst() instanceof JsonPath.Step.Member(String name)) {
        needs.add(name);
      }
    }
    return needs;
  }

  /// Makes the third party's fields of an event's data.
  ///
  /// @param now for what depends on today, such as an age; epoch milliseconds
  Adapted apply(Json data, long now) {
    var values = new ArrayList<@Nullable Json>(rows.size());
    int room = MAX_BYTES;
    int toFilter = MAX_FILTERED;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.targets().paths().isEmpty()) {
        values.add(null);
        continue;
      }
      toFilter = minus(toFilter, row.toFilter(data));
      if (toFilter < 0) {
        return failed(i, "more than 4 MiB would have to go through filters.");
      }
      switch (row.of(data, now)) {
        case Row.Value.Sent(Json value) -> {
          for (JsonPath target : row.targets().paths()) {
            room = minus(room - target.steps().size(), value);
          }
          if (room < 0) {
            return failed(i, "what the adaptor makes is larger than 1 MiB.");
          }
          values.add(value);
        }
        case Row.Value.LeftOut left -> values.add(null);
        case Row.Value.Failed(String sentence) -> {
          return failed(i, sentence);
        }
      }
    }
    return new Adapted.Made(shape.make(values));
  }

  private Adapted failed(int row, String sentence) {
    return new Adapted.Failed(row, rows.get(row).name(row) + ": " + sentence);
  }

  /// What is left of the room when a value has been written there; negative when it does not fit,
  /// and then no more of it is looked at.
  private static int minus(int room, Json value) {
    int left = room;
    switch (value) {
      case JsonString(String text) -> left -= Math.min(text.length(), MAX_BYTES) + 2;
      case JsonNumber(String text) -> left -= text.length();
      case JsonBool bool -> left -= 5;
      case JsonNull nothing -> left -= 4;
      case JsonArray(List<Json> items) -> {
        left -= 2;
        for (Json item : items) {
          if (left < 0) {
            break;
          }
          left = minus(left - 1, item);
        }
      }
      case JsonObject object -> {
        left -= 2;
        for (var member : object.members().entrySet()) {
          if (left < 0) {
            break;
          }
          left = minus(left - member.getKey().length() - 4, member.getValue());
        }
      }
    }
    return left;
  }
}
