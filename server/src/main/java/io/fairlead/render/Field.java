package io.fairlead.render;

import org.jspecify.annotations.Nullable;

/// One field of a body as its author wrote it.
///
/// @param name where it goes, e.g. `title`, `address.city` or `lines[0].sku`; without tokens
/// @param value a template; in JSON exactly one token keeps the type of its value
/// @param type what the value has to be, null when its author did not say
public record Field(String name, String value, @Nullable FieldType type) {
  /// One without a type.
  public Field(String name, String value) {
    this(name, value, null);
  }
}
