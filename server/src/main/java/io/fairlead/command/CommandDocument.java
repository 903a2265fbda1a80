package io.fairlead.command;

import io.fairlead.base.Times;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonSchema;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command's definition as JSON: as operators send it, as it is read, and as it is stored.
///
/// Reading notes everything that is wrong at once, and gives null when anything is.
public final class CommandDocument {
  /// What a command may be called.
  public static final TextRule NAME =
      TextRule.matching(
          1,
          64,
          "[A-Z][A-Za-z0-9]*",
          "is letters and digits that begin with a capital, such as GetInvoiceImage");

  private static final TextRule SENTENCE = TextRule.line(1, 500);
  private static final TextRule INPUT =
      TextRule.matching(
          1, 64, "[A-Za-z_][A-Za-z0-9_]*", "is letters, digits and _, without a digit first");
  private static final TextRule FIELD = TextRule.line(1, 200);
  private static final TextRule DESCRIPTION = TextRule.line(1, 500);
  private static final TextRule CONTENT_TYPE =
      TextRule.matching(
          3,
          100,
          "[A-Za-z0-9!#$&^_.+-]+/([A-Za-z0-9!#$&^_.+-]+|\\*)",
          "is a media type such as application/pdf, or all of a kind such as image/*");
  private static final TextRule TENANT = TextRule.line(1, 64);

  private static final int MOST_INPUTS = 50;
  private static final int MOST_FIELDS = 50;
  private static final int MOST_CONTENT_TYPES = 20;
  private static final int MOST_TENANTS = 1_000;
  private static final int LARGEST_DOCUMENT = 1 << 30;

  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final List<String> KNOWN =
      List.of("name", "sentence", "inputs", "answer", "deadline", "tenants");
  private static final List<String> ANSWERS = List.of("document", "json", "nothing");
  private static final List<String> ONLY_READ = List.of("revision", "createdAt", "updatedAt");

  private final Members members;
  private final Faults faults;

  private CommandDocument(Members members, Faults faults) {
    this.members = members;
    this.faults = faults;
  }

  /// Reads a new definition.
  public static @Nullable Definition create(Json document, Faults faults) {
    return new CommandDocument(Members.of(document, "", faults), faults).read(null);
  }

  /// Reads what is to stand in the place of a definition.
  public static @Nullable Definition replace(Json document, Definition before, Faults faults) {
    return new CommandDocument(Members.of(document, "", faults), faults).read(before);
  }

  /// Reads a merge patch (RFC 7396) over a definition as it is read.
  public static @Nullable Definition patch(Json patch, Definition before, Faults faults) {
    if (!(patch instanceof JsonObject changes)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    Json.Builder merged = Json.object();
    if (MergePatch.apply(settings(before), changes) instanceof JsonObject all) {
      merged.putAll(all);
    }
    // Another kind of answer does not merge with the former, nor one schema with another.
    if (changes.get("answer") instanceof JsonObject answer
        && (answer.get("type") != null || answer.get("schema") != null)) {
      Json.Builder sent = Json.object().put("type", word(before.answer())).putAll(answer);
      merged.put("answer", sent.build());
    }
    // A merge lets a null for an unknown name vanish without a word.
    changes
        .members()
        .forEach((name, change) -> {
          if (change instanceof JsonNull && !KNOWN.contains(name)) {
            merged.put(name, change);
          }
        });
    return new CommandDocument(Members.of(merged.build(), "", faults), faults).read(before);
  }

  private @Nullable Definition read(@Nullable Definition before) {
    String name = members.text("name", NAME);
    String sentence = members.text("sentence", SENTENCE);
    List<Input> inputs = inputs();
    Wanted answer = answer();
    Duration deadline = members.duration("deadline", SHORTEST, LONGEST, DEADLINE);
    Set<String> tenants = tenants();
    for (String readOnly : ONLY_READ) {
      if (members.has(readOnly)) {
        members.fault(readOnly, readOnly + " is read only; leave it out.");
      }
    }
    members.refuseOthers();
    if (before != null && !members.isFaulty("name") && !name.equals(before.name())) {
      members.fault(
          "name",
          "A command keeps its name, %s: callers use it. Make another command."
              .formatted(before.name()));
    }
    return faults.isEmpty()
        ? new Definition(name, sentence, inputs, answer, deadline, tenants)
        : null;
  }

  private List<Input> inputs() {
    var inputs = new ArrayList<Input>();
    var names = new HashSet<String>();
    for (Members input : members.objects("inputs", 0, MOST_INPUTS)) {
      String name = input.text("name", INPUT);
      if (!name.isEmpty() && !names.add(name)) {
        input.fault("name", "There is another input of this name.");
      }
      InputType type =
          InputType.of(input.word("type", InputType.WORDS, InputType.WORDS.getFirst()));
      boolean required = input.flag("required", true);
      String description = nullable(input, "description");
      Json example = input.get("example") instanceof JsonNull ? null : input.get("example");
      var read = new Input(name, type, required, description, example);
      if (example != null && !input.isFaulty("type")) {
        String wrong = new Input("example", type, required, null, null).fault(example);
        if (wrong != null) {
          input.fault("example", wrong);
        }
      }
      input.refuseOthers();
      inputs.add(read);
    }
    return inputs;
  }

  private static @Nullable String nullable(Members input, String name) {
    return input.get(name) instanceof JsonNull ? null : input.optionalText(name, DESCRIPTION);
  }

  private Wanted answer() {
    Members answer = members.object("answer");
    if (answer == null) {
      members.missing("answer");
      return Wanted.Nothing.NOTHING;
    }
    Wanted wanted =
        switch (answer.word("type", ANSWERS)) {
          case "document" -> document(answer);
          case "json" -> json(answer);
          default -> Wanted.Nothing.NOTHING;
        };
    if (!answer.isFaulty("type")) {
      answer.refuseOthers();
    }
    return wanted;
  }

  private static Wanted document(Members answer) {
    var types = new LinkedHashSet<String>();
    if (!answer.has("contentTypes")) {
      answer.missing("contentTypes");
    }
    List<Json> items = answer.items("contentTypes", 1, MOST_CONTENT_TYPES);
    for (int i = 0; i < items.size(); i++) {
      String text = items.get(i) instanceof JsonString(String value) ? value : "";
      String wrong = CONTENT_TYPE.fault(text);
      if (wrong != null) {
        answer.fault("contentTypes", i, "A content type " + wrong + ".");
      } else {
        types.add(text.toLowerCase(Locale.ROOT));
      }
    }
    int most =
        answer.wholeNumber("mostBytes", 1, LARGEST_DOCUMENT, (int) Wanted.Document.MOST_BYTES);
    return new Wanted.Document(List.copyOf(types), most);
  }

  private Wanted json(Members answer) {
    Json schema = answer.get("schema") instanceof JsonNull ? null : answer.get("schema");
    if (schema != null && answer.has("fields")) {
      answer.fault("fields", "Say what the answer has by a schema or by fields, not both.");
    }
    var fields = new ArrayList<AnswerField>();
    var names = new HashSet<String>();
    for (Members field : answer.objects("fields", 1, MOST_FIELDS)) {
      String name = field.text("name", FIELD);
      if (!name.isEmpty() && !names.add(name)) {
        field.fault("name", "There is another field of this name.");
      }
      InputType type = field.has("type") ? InputType.of(field.word("type", InputType.WORDS)) : null;
      fields.add(new AnswerField(name, type, field.flag("required", true)));
      field.refuseOthers();
    }
    JsonSchema compiled =
        schema == null ? null : JsonSchema.compile(schema, answer.pointer("schema"), faults);
    return new Wanted.JsonAnswer(schema, compiled, fields);
  }

  private @Nullable Set<String> tenants() {
    if (members.get("tenants") == null || members.get("tenants") instanceof JsonNull) {
      return null;
    }
    var tenants = new LinkedHashSet<String>();
    List<Json> items = members.items("tenants", 1, MOST_TENANTS);
    for (int i = 0; i < items.size(); i++) {
      String wrong =
          items.get(i) instanceof JsonString(String name) ? TENANT.fault(name) : "is a tenant's id";
      if (wrong != null) {
        members.fault("tenants", i, "A tenant " + wrong + ".");
      } else if (items.get(i) instanceof JsonString(String name)) {
        tenants.add(name);
      }
    }
    return tenants;
  }

  /// A definition as it is read and as it is stored.
  public static JsonObject settings(Definition definition) {
    return Json.object()
        .putAll(summary(definition))
        .put("tenants", tenants(definition.tenants()))
        .build();
  }

  /// A definition as tenants read it, who do not see each other.
  public static JsonObject summary(Definition definition) {
    return Json.object()
        .put("name", definition.name())
        .put("sentence", definition.sentence())
        .put(
            "inputs",
            new JsonArray(definition.inputs().stream().map(CommandDocument::input).toList()))
        .put("answer", answer(definition.answer()))
        .put("deadline", Times.text(definition.deadline()))
        .build();
  }

  private static Json tenants(@Nullable Set<String> tenants) {
    return tenants == null
        ? JsonNull.NULL
        : Json.array(tenants.stream().sorted().map(Json::of).toList());
  }

  private static Json input(Input input) {
    return Json.object()
        .put("name", input.name())
        .put("type", input.type().word())
        .put("required", input.required())
        .put("description", input.description())
        .put("example", input.example() == null ? JsonNull.NULL : input.example())
        .build();
  }

  private static String word(Wanted answer) {
    return switch (answer) {
      case Wanted.Document document -> "document";
      case Wanted.JsonAnswer json -> "json";
      case Wanted.Nothing nothing -> "nothing";
    };
  }

  private static Json answer(Wanted answer) {
    Json.Builder out = Json.object().put("type", word(answer));
    switch (answer) {
      case Wanted.Document(List<String> contentTypes, long mostBytes) ->
          out.put("contentTypes", Json.array(contentTypes.stream().map(Json::of).toList()))
              .put("mostBytes", mostBytes);
      case Wanted.JsonAnswer(Json document, var _, List<AnswerField> fields) -> {
        if (document != null) {
          out.put("schema", document);
        }
        if (!fields.isEmpty()) {
          out.put("fields", new JsonArray(fields.stream().map(CommandDocument::field).toList()));
        }
      }
      case Wanted.Nothing nothing -> {}
    }
    return out.build();
  }

  private static Json field(AnswerField field) {
    return Json.object()
        .put("name", field.name())
        .putIfPresent("type", field.type() == null ? null : field.type().word())
        .put("required", field.required())
        .build();
  }
}
