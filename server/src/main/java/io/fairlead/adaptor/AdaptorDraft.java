package io.fairlead.adaptor;

import io.fairlead.json.Json;

/// An adaptor that may be saved: read and checked.
public record AdaptorDraft(String name, boolean active, Mapping mapping) {
  /// What it would make of an event's data.
  ///
  /// @param now for what depends on today, such as an age; epoch milliseconds
  public Adapted apply(Json data, long now) {
    return mapping.apply(data, now);
  }
}
