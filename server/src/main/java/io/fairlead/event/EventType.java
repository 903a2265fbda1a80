package io.fairlead.event;

import io.fairlead.json.JsonSchema;
import org.jspecify.annotations.Nullable;

/// A type of events, without its sample.
///
/// @param id its number, in the order of first use
/// @param type e.g. `invoice.paid`
/// @param description for people, or null
/// @param hasSchema whether there is a JSON Schema of its data
/// @param schema the same, ready to check data; only when events are checked
/// @param searchable by which paths its events are found
/// @param revision 1, and one more with every change by people
/// @param createdAt when it was first used or described, epoch milliseconds
/// @param updatedAt when it was last described, epoch milliseconds
public record EventType(
    long id,
    long tenant,
    String type,
    @Nullable String description,
    boolean hasSchema,
    @Nullable JsonSchema schema,
    Searchable searchable,
    int revision,
    long createdAt,
    long updatedAt) {
  /// Whether events are checked when they arrive.
  public boolean validates() {
    return schema != null;
  }
}
