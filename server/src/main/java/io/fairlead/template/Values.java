package io.fairlead.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.template.TemplateField.Choice;
import io.fairlead.template.TemplateField.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people filled in, checked field by field.
final class Values {
  private static final int LONGEST = 8_192;

  private final Template template;
  private final Members members;
  private final Map<String, Json> given = new LinkedHashMap<>();

  /// By `field.group`.
  private final Map<String, String> groups = new LinkedHashMap<>();

  private Values(Template template, Members members) {
    this.template = template;
    this.members = members;
  }

  /// Reads values; what is wrong is noted as `/values/<field>`.
  ///
  /// @param members those of `values`
  static Values read(Template template, Members members) {
    var values = new Values(template, members);
    for (TemplateField field : template.fields()) {
      values.read(field);
    }
    for (TemplateField field : template.fields()) {
      values.check(field);
    }
    members.refuseOthers();
    return values;
  }

  private void read(TemplateField field) {
    Json value = members.get(field.name());
    if (value == null || value instanceof JsonNull || value.equals(Json.of(""))) {
      return;
    }
    String wrong = wrong(field, value);
    if (wrong == null) {
      given.put(field.name(), value);
    } else {
      members.fault(field.name(), field.label() + " " + wrong);
      // So that it is not called missing too.
      given.put(field.name(), Json.of(""));
    }
  }

  private void check(TemplateField field) {
    if (!holds(field.visibleWhen())) {
      if (given.remove(field.name()) != null) {
        members.fault(field.name(), "%s is only for %s.".formatted(field.label(), words(field)));
      }
      return;
    }
    if (given.containsKey(field.name())) {
      return;
    }
    if (field.otherwise() != null) {
      given.put(field.name(), field.otherwise());
      return;
    }
    When when = field.requiredWhen();
    if (when != null && holds(when)) {
      members.fault(
          field.name(),
          "%s is missing: it is needed when %s is %s."
              .formatted(field.label(), label(when.field()), choice(when.field())));
    } else if (field.required()) {
      members.fault(field.name(), field.label() + " is missing.");
    }
  }

  private String words(TemplateField field) {
    When when = field.visibleWhen();
    return when == null ? "" : label(when.field()) + " " + String.join(" or ", when.values());
  }

  private String label(String field) {
    return template.field(field).map(TemplateField::label).orElse(field);
  }

  private String choice(String field) {
    String value = text(field);
    return value == null ? "not given" : value;
  }

  private @Nullable String wrong(TemplateField field, Json value) {
    return switch (field.type()) {
      case BOOLEAN -> value instanceof JsonBool ? null : "is true or false.";
      case NUMBER -> value instanceof JsonNumber ? null : "is a number.";
      case CHOICE -> wrongChoice(field, value);
      case TEXT, SECRET, URL -> wrongText(field, value);
    };
  }

  private static @Nullable String wrongChoice(TemplateField field, Json value) {
    List<String> values = field.choices().stream().map(Choice::value).toList();
    if (value instanceof JsonString(String text) && values.contains(text)) {
      return null;
    }
    String shown = value instanceof JsonString(String text) ? text : "";
    return "is one of %s.%s"
        .formatted(String.join(", ", values), Members.didYouMean(shown, values));
  }

  private @Nullable String wrongText(TemplateField field, Json value) {
    if (!(value instanceof JsonString(String text))) {
      return "is a text.";
    }
    if (text.length() > LONGEST) {
      return "has at most %d characters.".formatted(LONGEST);
    }
    if (!field.tokens() && !field.isSecret() && text.contains("{{")) {
      return "takes no tokens, so no {{.";
    }
    if (field.type() == TemplateField.Type.URL && !isUrl(text)) {
      return "is a URL that begins with https:// or http:// and has no blanks.";
    }
    if (field.type() != TemplateField.Type.TEXT
        && text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return "is one line without control characters.";
    }
    return wrongPattern(field, text);
  }

  private static boolean isUrl(String text) {
    return (text.startsWith("https://") || text.startsWith("http://"))
        && text.chars().noneMatch(c -> c <= ' ');
  }

  private @Nullable String wrongPattern(TemplateField field, String text) {
    Pattern pattern = field.pattern();
    if (pattern == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return field.example() == null
          ? "does not look right: %s".formatted(field.help())
          : "does not look right; one looks like %s".formatted(field.example());
    }
    for (String group : pattern.namedGroups().keySet()) {
      String found = matcher.group(group);
      if (found != null) {
        groups.put(field.name() + "." + group, found);
      }
    }
    return null;
  }

  /// Whether a field, or a part of one, has a value that is not `false`.
  boolean has(String reference) {
    Json value = get(reference);
    return value != null && !value.equals(Json.of(false));
  }

  boolean holds(@Nullable When when) {
    return when == null || is(when.field(), when.values());
  }

  boolean is(String reference, List<String> values) {
    String text = text(reference);
    return text != null && values.contains(text);
  }

  /// The value of a field, or of `field.group`, or null.
  @Nullable Json get(String reference) {
    String group = groups.get(reference);
    return group == null ? given.get(reference) : Json.of(group);
  }

  /// The same as a text.
  @Nullable String text(String reference) {
    return switch (get(reference)) {
      case null -> null;
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> text;
      case JsonBool(boolean flag) -> Boolean.toString(flag);
      case JsonNull none -> null;
      case JsonObject object -> null;
      case Json.JsonArray array -> null;
    };
  }
}
