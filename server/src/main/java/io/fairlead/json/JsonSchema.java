package io.fairlead.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON Schema that values are held to. It is the work of a stranger, so it opens nothing and
/// ends soon: references lead to places in the schema itself, patterns are matched in linear time
/// (RE2), and checking one value takes a bounded number of steps.
public final class JsonSchema {
  /// A larger schema is refused.
  public static final int MAX_BYTES = 64 * 1024;

  private static final String DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final Map<String, SpecificationVersion> DIALECTS =
      Map.of(
          DEFAULT_DIALECT,
          SpecificationVersion.DRAFT_2020_12,
          "https://json-schema.org/draft/2019-09/schema",
          SpecificationVersion.DRAFT_2019_09,
          "http://json-schema.org/draft-07/schema",
          SpecificationVersion.DRAFT_7);

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
  private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  private static final int MAX_STEPS = 100_000;
  private static final int MAX_DEPTH = 1_000;
  private static final int MAX_DIGITS = 400;
  private static final int MOST_TOLD = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /// Makes a schema ready; null when something is wrong with it, which is noted.
  ///
  /// @param pointer where it stands in the document
  public static @Nullable JsonSchema compile(Json document, String pointer, Faults faults) {
    var found = new Faults();
    if (!(document instanceof JsonObject) && !(document instanceof JsonBool)) {
      found.at(pointer, "schema must be an object, not %s.".formatted(document.kind()));
    } else if (JsonWriter.bytes(document).length > MAX_BYTES) {
      found.at(pointer, "schema may have 64 KiB.");
    } else {
      look(document, pointer, true, found);
    }
    SpecificationVersion version = version(document);
    if (version == null) {
      found.at(
          pointer + "/$schema",
          "$schema is one of JSON Schema 2020-12, 2019-09 and draft-07: %s."
              .formatted(String.join(", ", DIALECTS.keySet().stream().sorted().toList())));
    }
    JsonSchema made =
        version == null || !found.isEmpty()
            ? null
            : compile(node(document), version, pointer, found);
    found.list().forEach(fault -> faults.at(fault.at(), fault.detail()));
    return made;
  }

  private static @Nullable JsonSchema compile(
      @Nullable JsonNode document, SpecificationVersion version, String pointer, Faults faults) {
    if (document == null) {
      faults.at(pointer, "A number in the schema is too large or too fine.");
      return null;
    }
    SchemaRegistry registry = registry(version);
    try {
      Schema metaSchema = registry.getSchema(SchemaLocation.of(version.getDialectId()));
      for (Error error : checked(metaSchema, document)) {
        faults.at(pointer + error.getInstanceLocation(), sentence(error));
      }
      if (!faults.isEmpty()) {
        return null;
      }
      Schema schema = registry.getSchema(document);
      schema.initializeValidators();
      return new JsonSchema(schema);
    } catch (SchemaException | ValidationLimitExceededException e) {
      faults.at(pointer, "The schema can't be used: " + Quote.of(String.valueOf(e.getMessage())));
      return null;
    }
  }

  /// Its own for each schema, so that none sees another.
  private static SchemaRegistry registry(SpecificationVersion version) {
    return SchemaRegistry.withDefaultDialect(
        version,
        builder ->
            builder
                .schemaCacheEnabled(false)
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .locale(Locale.ENGLISH)
                        .losslessNarrowing(true)
                        .preloadSchema(true)
                        .regularExpressionFactory(JsonSchema::linear)
                        .build()));
  }

  private static com.networknt.schema.regex.RegularExpression linear(String text) {
    Pattern pattern = pattern(text);
    return value -> pattern.matcher(value).find();
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(text.replaceAll("\\\\u([0-9A-Fa-f]{4})", "\\\\x{$1}"));
  }

  private static @Nullable SpecificationVersion version(Json document) {
    Json given = document instanceof JsonObject object ? object.get("$schema") : null;
    if (given == null) {
      return SpecificationVersion.DRAFT_2020_12;
    }
    return given instanceof JsonString(String text)
        ? DIALECTS.get(text.endsWith("#") ? text.substring(0, text.length() - 1) : text)
        : null;
  }

  /// Finds what a schema may not have.
  private static void look(Json schema, String pointer, boolean root, Faults faults) {
    if (schema instanceof JsonArray(List<Json> items)) {
      for (int i = 0; i < items.size(); i++) {
        look(items.get(i), pointer + "/" + i, false, faults);
      }
      return;
    }
    if (!(schema instanceof JsonObject object)) {
      return;
    }
    object
        .members()
        .forEach((name, value) -> {
          String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
          if (value instanceof JsonString(String text)) {
            if (REFERENCES.contains(name) && !text.startsWith("#")) {
              faults.at(at, "A reference leads to a place in this schema and begins with #.");
            } else if (name.equals("$id") && !root) {
              faults.at(at, "Only the whole schema has an $id.");
            } else if (name.equals("pattern")) {
              checkPattern(text, at, faults);
            }
          } else if (NAMED.contains(name) && value instanceof JsonObject named) {
            lookAtNamed(name, named, at, faults);
          } else if (!VALUES.contains(name)) {
            look(value, at, false, faults);
          }
        });
  }

  private static void lookAtNamed(String list, JsonObject named, String pointer, Faults faults) {
    named
        .members()
        .forEach((name, schema) -> {
          String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
          if (list.equals("patternProperties")) {
            checkPattern(name, at, faults);
          }
          look(schema, at, false, faults);
        });
  }

  private static void checkPattern(String text, String pointer, Faults faults) {
    try {
      var _ = pattern(text);
    } catch (PatternSyntaxException e) {
      faults.at(
          pointer,
          "This pattern can't be matched in linear time (RE2 syntax, without look-around and back references): %s."
              .formatted(Quote.of(String.valueOf(e.getDescription()))));
    }
  }

  /// What is wrong with a value, each with its pointer; at most 100.
  ///
  /// @param pointer where the value stands
  public List<Fault> check(Json value, String pointer) {
    JsonNode node = node(value);
    if (node == null) {
      return List.of(
          Fault.at(pointer, "A number is too large or too fine to be checked by the schema."));
    }
    try {
      return checked(schema, node).stream()
          .limit(MOST_TOLD)
          .map(error -> Fault.at(pointer + error.getInstanceLocation(), sentence(error)))
          .toList();
    } catch (ValidationLimitExceededException e) {
      return List.of(Fault.at(pointer, "The schema asks for too much work on this value."));
    }
  }

  private static List<Error> checked(Schema schema, JsonNode node) {
    return schema.validate(
        node,
        context ->
            context.executionConfig(
                config -> config.maxEvaluationSteps(MAX_STEPS).maxEvaluationDepth(MAX_DEPTH)));
  }

  private static String sentence(Error error) {
    String message = String.valueOf(error.getMessage());
    String cut = message.length() <= 500 ? message : message.substring(0, 499) + "…";
    return cut.endsWith(".") ? cut : cut + ".";
  }

  /// The value as the validator has it; null when it has a number that is costly to compare.
  private static @Nullable JsonNode node(Json value) {
    return switch (value) {
      case JsonString(String text) -> NODES.stringNode(text);
      case JsonBool(boolean bool) -> NODES.booleanNode(bool);
      case JsonNull nothing -> NODES.nullNode();
      case JsonNumber number -> number(number);
      case JsonArray(List<Json> items) -> {
        ArrayNode array = NODES.arrayNode(items.size());
        yield items.stream().allMatch(item -> added(array, node(item))) ? array : null;
      }
      case JsonObject object -> {
        ObjectNode node = NODES.objectNode();
        yield object.members().entrySet().stream()
                .allMatch(member -> put(node, member.getKey(), node(member.getValue())))
            ? node
            : null;
      }
    };
  }

  private static boolean added(ArrayNode array, @Nullable JsonNode item) {
    return item != null && array.add(item) != null;
  }

  private static boolean put(ObjectNode object, String name, @Nullable JsonNode value) {
    if (value == null) {
      return false;
    }
    var _ = object.set(name, value);
    return true;
  }

  private static @Nullable JsonNode number(JsonNumber number) {
    BigDecimal value = number.decimal();
    long before = (long) value.precision() - value.scale();
    if (before > MAX_DIGITS || value.scale() > MAX_DIGITS) {
      return null;
    }
    boolean whole = value.scale() <= 0;
    return whole ? NODES.numberNode(value.toBigIntegerExact()) : NODES.numberNode(value);
  }
}
