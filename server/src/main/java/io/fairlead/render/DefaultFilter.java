package io.fairlead.render;

import io.fairlead.json.Json;

/// `default`: stands in for no value, null and empty text.
record DefaultFilter(Json otherwise) implements Filter {
  @Override
  public Filtered apply(Json value, Attempt attempt) {
    boolean isEmpty =
        value instanceof Json.JsonNull
            || (value instanceof Json.JsonString(String text) && text.isEmpty());
    return new Filtered.Value(isEmpty ? otherwise : value);
  }

  @Override
  public Filtered absent(Attempt attempt) {
    return new Filtered.Value(otherwise);
  }
}
