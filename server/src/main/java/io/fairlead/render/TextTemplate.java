package io.fairlead.render;

import io.fairlead.json.Json;
import java.util.List;
import java.util.Map;

/// A text with tokens that look into data and nothing else: no place, no escape.
public final class TextTemplate {
  private static final int MOST = 8_192;
  private static final Scope SCOPE = Scope.of("", "");

  /// What reading a template came to.
  public sealed interface Read {
    /// It is one.
    record Good(TextTemplate template) implements Read {}

    /// It is none; each sentence has line and column.
    record Bad(List<String> details) implements Read {}
  }

  /// What filling it came to.
  public sealed interface Filled {
    /// The text.
    record Text(String text) implements Filled {}

    /// There is none; a sentence says which token has no value.
    record Missing(String reason) implements Filled {}
  }

  private final String source;
  private final List<Part.Inline> parts;

  private TextTemplate(String source, List<Part.Inline> parts) {
    this.source = source;
    this.parts = parts;
  }

  /// Reads a template.
  public static Read read(String text) {
    TemplateText template = TemplateText.of(text, "", "the text", SCOPE);
    List<Part.Inline> parts = TemplateParser.line(template);
    for (Part part : parts) {
      if (part instanceof Part.Token token
          && token.expression().reference() instanceof Reference.SystemValue value) {
        template.flaw(
            token.at(), "%s has no place here, only names of the data.".formatted(value.text()));
      }
    }
    return template.isGood()
        ? new Read.Good(new TextTemplate(text, parts))
        : new Read.Bad(template.flaws().stream().map(flaw -> flaw.in(text)).toList());
  }

  /// Whether a token is in it.
  public boolean hasTokens() {
    return parts.stream().anyMatch(part -> part instanceof Part.Token);
  }

  /// Fills the tokens from data.
  public Filled fill(Json data) {
    var facts = new Facts(0, 0, "", 0, 0, 0, Data.of(data), Map.of());
    var values = new Values(facts, SCOPE, null);
    var out = new StringBuilder();
    for (Part.Inline part : parts) {
      switch (part) {
        case Part.Text(int at, String text) -> out.append(text);
        case Part.Token token -> {
          String missing = append(out, token, values);
          if (!missing.isEmpty()) {
            return new Filled.Missing(missing);
          }
        }
      }
      if (out.length() > MOST) {
        return new Filled.Missing("It is longer than %,d characters.".formatted(MOST));
      }
    }
    return new Filled.Text(out.toString());
  }

  private static String append(StringBuilder out, Part.Token token, Values values) {
    return switch (values.find(token.expression())) {
      case Values.Found.Missing(String reason) -> "%s: %s".formatted(token.source(), reason);
      case Values.Found.Absent absent -> "";
      case Values.Found.Default(Json value) -> append(out, token, value);
      case Values.Found.Value(Json value) -> append(out, token, value);
    };
  }

  private static String append(StringBuilder out, Part.Token token, Json value) {
    String text = Values.text(value);
    if (text == null) {
      return "%s is %s, and text is needed.".formatted(token.source(), value.kind());
    }
    out.append(text);
    return "";
  }

  /// As it was written.
  public String source() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate template && template.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
