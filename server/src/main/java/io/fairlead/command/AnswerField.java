package io.fairlead.command;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import org.jspecify.annotations.Nullable;

/// One member that a JSON answer has at its top.
///
/// @param type null: any value
/// @param required whether an answer without it is wrong
public record AnswerField(String name, @Nullable InputType type, boolean required) {
  /// What is wrong with the member in an answer, or null.
  @Nullable Fault fault(JsonObject answer) {
    Json value = answer.get(name);
    if (value == null || value instanceof JsonNull) {
      return required ? Fault.at("/" + name, "The answer has no %s.".formatted(name)) : null;
    }
    return type == null || type.fits(value)
        ? null
        : Fault.at("/" + name, "%s is %s.".formatted(name, type.expected()));
  }
}
