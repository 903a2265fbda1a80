package io.fairlead.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.template.TemplateField.Choice;
import io.fairlead.template.TemplateField.When;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a template strictly: what would only be found when somebody fills it in is found here.
final class TemplateReader {
  private static final TextRule LINE = TextRule.line(1, 200);
  private static final TextRule SENTENCES = TextRule.any(1, 2_000);
  private static final TextRule NAME =
      TextRule.matching(1, 50, "[a-z][A-Za-z0-9]*", "is letters and digits");
  private static final List<String> TYPES =
      Arrays.stream(TemplateField.Type.values()).map(TemplateField.Type::text).toList();
  private static final List<String> AUTHS =
      List.of("none", "url", "basic", "bearer", "apiKey", "custom", "signing");

  private final Faults faults = new Faults();

  private TemplateReader() {}

  static Template read(String id, Json yaml) {
    var reader = new TemplateReader();
    Template template = reader.template(id, Members.of(yaml, "", reader.faults));
    reader.refuse(id);
    Placeholders.check(template, reader.faults);
    reader.refuse(id);
    return template;
  }

  private void refuse(String id) {
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          faults.list().stream()
              .map((Fault fault) -> fault.at() + ": " + fault.detail())
              .collect(Collectors.joining("; ", "template " + id + ": ", "")));
    }
  }

  private Template template(String id, Members members) {
    var fields = new ArrayList<TemplateField>();
    Set<String> names = new HashSet<>();
    for (Members field : members.objects("fields", 1, 30)) {
      TemplateField read = field(field);
      fields.add(read);
      if (!names.add(read.name())) {
        field.fault("name", "A second field " + read.name() + ".");
      }
    }
    for (TemplateField field : fields) {
      for (When when : conditions(field)) {
        if (!names.contains(when.field())) {
          members.fault("fields", "There is no field " + when.field() + ".");
        }
      }
    }
    var template =
        new Template(
            id,
            members.text("name", LINE),
            members.text("description", SENTENCES),
            members.text("docs", LINE),
            members.word("auth", AUTHS),
            fields,
            object(members, "connector"),
            object(members, "sample"));
    members.refuseOthers();
    return template;
  }

  private static List<When> conditions(TemplateField field) {
    var conditions = new ArrayList<When>();
    if (field.visibleWhen() != null) {
      conditions.add(field.visibleWhen());
    }
    if (field.requiredWhen() != null) {
      conditions.add(field.requiredWhen());
    }
    return conditions;
  }

  private static JsonObject object(Members members, String name) {
    if (members.required(name) instanceof JsonObject object) {
      return object;
    }
    members.fault(name, name + " must be an object.");
    return JsonObject.EMPTY;
  }

  private TemplateField field(Members members) {
    TemplateField.Type type =
        TemplateField.Type.valueOf(members.word("type", TYPES).toUpperCase(Locale.ROOT));
    var field =
        new TemplateField(
            members.text("name", NAME),
            members.text("label", LINE),
            members.text("help", SENTENCES),
            type,
            members.flag("required", true),
            members.flag("tokens", false),
            members.get("default"),
            members.optionalParsed("pattern", TemplateReader::pattern, "is a pattern of RE2"),
            members.optionalText("example", LINE),
            choices(members),
            texts(members, "open"),
            when(members, "visibleWhen"),
            when(members, "requiredWhen"));
    if ((type == TemplateField.Type.CHOICE) == field.choices().isEmpty()) {
      members.fault("choices", "Choices are for a choice, which needs some.");
    }
    if (field.tokens() && type != TemplateField.Type.TEXT && type != TemplateField.Type.URL) {
      members.fault("tokens", "Tokens are for text and URLs.");
    }
    members.refuseOthers();
    return field;
  }

  private static @Nullable Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static List<Choice> choices(Members members) {
    var choices = new ArrayList<Choice>();
    for (Members choice : members.objects("choices", 1, 30)) {
      choices.add(new Choice(choice.text("value", LINE), choice.text("label", LINE)));
      choice.refuseOthers();
    }
    return choices;
  }

  private static Set<String> texts(Members members, String name) {
    return members.items(name, 1, 10).stream()
        .map(item -> item instanceof JsonString(String text) ? text : "")
        .collect(Collectors.toSet());
  }

  private static @Nullable When when(Members members, String name) {
    Members when = members.object(name);
    if (when == null) {
      return null;
    }
    List<String> values =
        when.get("is") instanceof JsonArray(List<Json> items)
            ? items.stream().map(TemplateReader::text).toList()
            : List.of(text(when.required("is")));
    var read = new When(when.text("field", NAME), values);
    when.refuseOthers();
    return read;
  }

  private static String text(Json value) {
    return value instanceof JsonString(String text) ? text : "";
  }
}
