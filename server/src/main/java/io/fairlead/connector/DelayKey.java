package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.render.TextTemplate;
import io.fairlead.render.TextTemplate.Filled;
import org.jspecify.annotations.Nullable;

/// What sets events apart for a least delay: a text with tokens, such as `{{user.id}}`.
///
/// @param template with at least one token
public record DelayKey(TextTemplate template) {
  /// What reading one came to.
  sealed interface Read {
    record Good(DelayKey key) implements Read {}

    /// @param detail a sentence
    record Bad(String detail) implements Read {}
  }

  static Read read(String text) {
    return switch (TextTemplate.read(text)) {
      case TextTemplate.Read.Bad(var details) -> new Read.Bad(details.getFirst());
      case TextTemplate.Read.Good(TextTemplate template) ->
          template.hasTokens()
              ? new Read.Good(new DelayKey(template))
              : new Read.Bad("delayKey has a token such as {{user.id}}; without one leave it out.");
    };
  }

  /// The key of an event's data, or null where a token has no value.
  @Nullable String of(Json data) {
    return switch (template.fill(data)) {
      case Filled.Text(String text) -> text;
      case Filled.Missing missing -> null;
    };
  }

  /// As it was written.
  public String text() {
    return template.source();
  }
}
