package io.fairlead.template;

import com.google.re2j.Pattern;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people fill in of a template.
///
/// @param help a sentence for whoever fills it in
/// @param required whether it must be given wherever it is asked for
/// @param tokens whether tokens such as `{{InvoiceNumber}}` may stand in it
/// @param otherwise its value when it is not given
/// @param pattern what a text must match from end to end; its named groups can be placed apart
/// @param open the named groups of a secret that are none, such as the address before its key
/// @param visibleWhen when it is asked for; null for always
/// @param requiredWhen when it must be given all the same; null for never
public record TemplateField(
    String name,
    String label,
    String help,
    Type type,
    boolean required,
    boolean tokens,
    @Nullable Json otherwise,
    @Nullable Pattern pattern,
    @Nullable String example,
    List<Choice> choices,
    Set<String> open,
    @Nullable When visibleWhen,
    @Nullable When requiredWhen) {
  /// What a value is.
  public enum Type {
    TEXT,
    SECRET,
    URL,
    CHOICE,
    NUMBER,
    BOOLEAN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One of the values of a choice.
  public record Choice(String value, String label) {}

  /// That another field has one of some values.
  public record When(String field, List<String> values) {
    public When {
      values = List.copyOf(values);
    }

    private Json json() {
      return Json.object()
          .put("field", field)
          .put("values", Json.array(values.stream().map(Json::of).toList()))
          .build();
    }
  }

  public TemplateField {
    choices = List.copyOf(choices);
    open = Set.copyOf(open);
  }

  boolean isSecret() {
    return type == Type.SECRET;
  }

  /// As people read it.
  JsonObject json() {
    var json =
        Json.object()
            .put("name", name)
            .put("label", label)
            .put("help", help)
            .put("type", type.text())
            .put("required", required)
            .put("tokens", tokens);
    if (otherwise != null) {
      json.put("default", otherwise);
    }
    if (pattern != null) {
      json.put("pattern", pattern.pattern());
    }
    json.putIfPresent("example", example);
    if (!choices.isEmpty()) {
      json.put(
          "choices",
          Json.array(
              choices.stream()
                  .map(choice ->
                      Json.object()
                          .put("value", choice.value())
                          .put("label", choice.label())
                          .build())
                  .toList()));
    }
    if (visibleWhen != null) {
      json.put("visibleWhen", visibleWhen.json());
    }
    if (requiredWhen != null) {
      json.put("requiredWhen", requiredWhen.json());
    }
    return json.build();
  }
}
