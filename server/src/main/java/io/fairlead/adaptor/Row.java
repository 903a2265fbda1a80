package io.fairlead.adaptor;

import io.fairlead.adaptor.ValueMap.Others;
import io.fairlead.adaptor.ValueType.Cast;
import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.render.Filtered;
import org.jspecify.annotations.Nullable;

/// One row: where a value comes from, what becomes of it, and where it goes.
///
/// @param label for people
/// @param section for people: under which heading the row stands
/// @param whenEmpty sent as it is when there is no value; null: the row is left out then
/// @param required whether nothing is sent at all when there is no value
record Row(
    @Nullable String label,
    @Nullable String section,
    From from,
    Targets targets,
    @Nullable Json whenEmpty,
    boolean required,
    @Nullable ValueMap values,
    @Nullable Filters filters,
    @Nullable DateFormat dates,
    @Nullable ValueType type) {
  /// Where a value comes from.
  sealed interface From {
    /// The event's data.
    record Source(JsonPath path) implements From {}

    /// The adaptor itself.
    record Constant(Json value) implements From {}
  }

  /// What a row comes to.
  sealed interface Value {
    /// This is sent.
    record Sent(Json json) implements Value {}

    /// The row is left out.
    enum LeftOut implements Value {
      /// The only one.
      LEFT_OUT
    }

    /// Nothing at all may be sent.
    record Failed(String sentence) implements Value {}
  }

  /// What the row's filters would have to look at.
  Json toFilter(Json data) {
    Json value =
        filters != null && from instanceof From.Source(JsonPath path) ? path.get(data) : null;
    return value == null ? JsonNull.NULL : value;
  }

  /// The row's value of an event's data.
  ///
  /// @param now for what depends on today, epoch milliseconds
  Value of(Json data, long now) {
    return switch (from) {
      case From.Constant(Json value) -> new Value.Sent(value);
      case From.Source(JsonPath path) ->
          switch (path.find(data)) {
            case JsonPath.Found.Missing(String reason) -> empty(reason);
            case JsonPath.Found.Value(Json value) -> changed(value, path, now);
          };
    };
  }

  private Value changed(Json found, JsonPath path, long now) {
    Json value = found;
    if (isEmpty(value)) {
      return empty("%s is empty.".formatted(Quote.of(path.text())));
    }
    if (values != null) {
      Json other = values.get(value);
      if (other == null && values.others() != Others.KEEP) {
        return values.others() == Others.DEFAULT
            ? empty("")
            : new Value.Failed(
                "%s is not in the value map, which has %s."
                    .formatted(
                        ValueType.shown(value),
                        Quote.of(String.join(", ", values.values().keySet()))));
      }
      value = other == null ? value : other;
    }
    return filters == null
        ? dated(value, path, now)
        : switch (filters.chain().apply(value, now)) {
          case Filtered.Value(Json filtered) -> dated(filtered, path, now);
          case Filtered.Absent absent -> empty(gone(path));
          case Filtered.Refused(String reason) -> new Value.Failed(reason);
        };
  }

  private Value dated(Json value, JsonPath path, long now) {
    if (isEmpty(value)) {
      return empty(gone(path));
    }
    return dates == null
        ? typed(value)
        : switch (dates.format().write(value, now)) {
          case Filtered.Value(Json date) -> typed(date);
          case Filtered.Absent absent -> empty(gone(path));
          case Filtered.Refused(String reason) ->
              new Value.Failed("%s: %s".formatted(ValueType.shown(value), reason));
        };
  }

  private Value typed(Json value) {
    return type == null
        ? new Value.Sent(value)
        : switch (type.cast(value)) {
          case Cast.To(Json cast) -> new Value.Sent(cast);
          case Cast.Refused(String sentence) -> new Value.Failed(sentence);
        };
  }

  private static String gone(JsonPath path) {
    return "%s is empty after its changes.".formatted(Quote.of(path.text()));
  }

  private Value empty(String reason) {
    if (whenEmpty != null) {
      return new Value.Sent(whenEmpty);
    }
    return required ? new Value.Failed(reason) : Value.LeftOut.LEFT_OUT;
  }

  private static boolean isEmpty(Json value) {
    return value instanceof JsonNull
        || (value instanceof JsonString(String text) && text.isEmpty());
  }

  /// How sentences call the row.
  ///
  /// @param index from 0
  String name(int index) {
    String what =
        switch (from) {
          case From.Source(JsonPath path) -> Quote.of(path.text());
          case From.Constant constant -> "a constant";
        };
    return label == null
        ? "Row %d (%s)".formatted(index + 1, what)
        : "Row %d, %s (%s)".formatted(index + 1, Quote.of(label), what);
  }
}
