package io.fairlead.render;

import io.fairlead.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One step of a chain: total, and linear in the length of the value.
@FunctionalInterface
interface Filter {
  /// What the attempt gives to filters.
  ///
  /// @param now when it began, epoch milliseconds
  /// @param secrets an authorization's fields, by name
  record Attempt(long now, Map<String, String> secrets) {}

  /// Makes another value of one.
  Filtered apply(Json value, Attempt attempt);

  /// What is made of no value.
  default Filtered absent(Attempt attempt) {
    return Filtered.Absent.ABSENT;
  }

  /// Whether the same value may come out differently in another attempt.
  default boolean needsAttempt() {
    return false;
  }

  /// The secret that it is keyed with, or null.
  default @Nullable String secret() {
    return null;
  }

  /// A filter over texts; numbers, true and false are taken as their text.
  static Filter ofText(Function<String, Filtered> made) {
    return (value, _) -> {
      String text = Values.text(value);
      return text == null
          ? new Filtered.Refused("it takes text, but the value is %s".formatted(value.kind()))
          : made.apply(text);
    };
  }

  /// A filter over the UTF-8 of texts.
  static Filter ofBytes(Function<byte[], String> made) {
    return ofText(text ->
        TemplateText.loneSurrogate(text) >= 0
            ? new Filtered.Refused("it has half of a surrogate pair, which has no form in UTF-8")
            : Filtered.text(made.apply(text.getBytes(StandardCharsets.UTF_8))));
  }
}
