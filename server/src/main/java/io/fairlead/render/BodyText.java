package io.fairlead.render;

import java.util.List;

/// The body as its author wrote it.
public sealed interface BodyText {
  /// Nothing was said: the event itself for POST, PUT and PATCH, nothing for other methods.
  enum ByMethod implements BodyText {
    /// The only one.
    BY_METHOD
  }

  /// No body.
  enum None implements BodyText {
    /// The only one.
    NONE
  }

  /// A JSON object made of fields.
  record JsonFields(List<Field> fields) implements BodyText {
    public JsonFields {
      fields = List.copyOf(fields);
    }
  }

  /// JSON text with tokens in values and strings.
  record JsonTemplate(String template) implements BodyText {}
}
