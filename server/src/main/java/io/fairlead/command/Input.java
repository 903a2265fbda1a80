package io.fairlead.command;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.TextRule;
import org.jspecify.annotations.Nullable;

/// One value that a command takes: the token of that name in the requests that it is bound to.
///
/// @param name a letter or `_`, then letters, digits and `_`; at most 64 characters
/// @param required whether a run without it is refused
/// @param description for people, or null
/// @param example a right value, or null
public record Input(
    String name,
    InputType type,
    boolean required,
    @Nullable String description,
    @Nullable Json example) {
  /// The longest text, in characters.
  public static final int LONGEST = 4_000;

  private static final TextRule TEXT = TextRule.any(0, LONGEST);

  /// Why a value is not right for it, as a sentence; null when it is.
  public @Nullable String fault(Json value) {
    if (!type.fits(value)) {
      return "%s is %s, not %s."
          .formatted(name, type.expected(), value instanceof JsonString ? "this" : value.kind());
    }
    if (!(value instanceof JsonString(String text))) {
      return null;
    }
    if (required && text.isEmpty()) {
      return "%s must not be empty.".formatted(name);
    }
    String wrong = TEXT.fault(text);
    return wrong == null ? null : "%s %s.".formatted(name, wrong);
  }
}
