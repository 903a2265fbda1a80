package io.fairlead.imports;

import io.fairlead.imports.References.Unfollowed;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes a body of rows, each with a token, of what an operation takes.
final class OpenApiBody {
  private static final int MAX_ROWS = 200;
  private static final int MAX_DEPTH = 6;

  private static final List<Predicate<String>> PREFERRED =
      List.of(
          MediaTypes::isJson,
          MediaTypes::isForm,
          MediaTypes::isMultipart,
          MediaTypes::isXml,
          type -> type.startsWith("text/"),
          type -> true);

  private final Draft draft;
  private final References references;
  private final List<Json> rows = new ArrayList<>();
  private int leftOut;

  OpenApiBody(Draft draft, References references) {
    this.draft = draft;
    this.references = references;
  }

  /// Reads a request body; an empty object for none.
  void read(JsonObject requestBody) throws Unfollowed {
    if (!(requestBody.get("content") instanceof JsonObject content)
        || content.members().isEmpty()) {
      draft.noBody();
      return;
    }
    if (!draft.takesBody()) {
      return;
    }
    Map.Entry<String, Json> chosen = chosen(content);
    String type = chosen.getKey();
    JsonObject media = references.object(chosen.getValue());
    Schema schema = Schema.read(media.get("schema"), references);
    if (schema.choice()) {
      draft.note("/body", "The body may have one of several shapes; the first was taken.");
    }
    Schema shape =
        schema.properties().isEmpty() ? ofExample(schema, example(media, schema)) : schema;
    JsonObject encodings =
        media.get("encoding") instanceof JsonObject object ? object : JsonObject.EMPTY;
    if (MediaTypes.isJson(type)) {
      json(type, shape, example(media, schema));
    } else if (MediaTypes.isForm(type)) {
      form(shape, encodings, example(media, schema));
    } else if (MediaTypes.isMultipart(type)) {
      multipart(shape, example(media, schema));
    } else if (MediaTypes.isXml(type)) {
      xml(type, shape, media);
    } else {
      raw(type);
    }
    if (leftOut > 0) {
      draft.note("/body/fields", "%d further fields of the body were left out.".formatted(leftOut));
    }
  }

  private static Map.Entry<String, Json> chosen(JsonObject content) {
    for (Predicate<String> preferred : PREFERRED) {
      for (var entry : content.members().entrySet()) {
        if (preferred.test(entry.getKey())) {
          return entry;
        }
      }
    }
    throw new IllegalStateException("the last one prefers anything");
  }

  private @Nullable Json example(JsonObject media, Schema schema) throws Unfollowed {
    Json own = media.get("example");
    if (own == null
        && media.get("examples") instanceof JsonObject examples
        && !examples.members().isEmpty()) {
      own = references.object(examples.members().firstEntry().getValue()).get("value");
    }
    return own == null ? schema.example() : own;
  }

  /// Where no properties are described an example may show them.
  private static Schema ofExample(Schema schema, @Nullable Json example) {
    if (!(example instanceof JsonObject object) || schema.isArray()) {
      return schema;
    }
    Map<String, Json> properties = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, value) -> properties.put(name, Json.object().put("example", value).build()));
    return new Schema(
        "object",
        "",
        properties,
        object.members().keySet(),
        null,
        null,
        null,
        schema.xmlName(),
        false,
        false);
  }

  // JSON.

  private void json(String type, Schema schema, @Nullable Json example) throws Unfollowed {
    contentType(type, "application/json");
    if (schema.isArray()) {
      whole("json", "items", Json.array(List.of(Json.of("text"))), schema, example);
      return;
    }
    if (schema.properties().isEmpty() && !schema.isObject() && !schema.type().isEmpty()) {
      whole("json", "value", Json.of("text"), schema, example);
      return;
    }
    fields(schema, null, example, 0);
    if (rows.isEmpty()) {
      // Nothing is said of what is in it, so what there is is sent.
      draft.note(
          "/body", "The document does not say what the body holds; the event's data is sent.");
      draft.body(Json.object().put("type", "json").build());
      return;
    }
    put("json");
  }

  private void whole(
      String type, String name, Json otherwise, Schema schema, @Nullable Json example)
      throws Unfollowed {
    JsonPath path = Token.path(name);
    Json sample = schema.sample(references);
    draft
        .sample()
        .put(
            path,
            example instanceof JsonArray
                ? example
                : sample instanceof Json.JsonNull ? otherwise : sample);
    draft.body(Json.object().put("type", type).put("template", Token.of(path, true)).build());
    draft.note("/body/template", "The whole body is the data's %s.".formatted(name));
  }

  private void contentType(String given, String usual) {
    if (!MediaTypes.essence(given).equals(usual) && given.indexOf('*') < 0) {
      draft.header("Content-Type", given);
    }
  }

  /// One row for each property; required objects are taken apart.
  private void fields(Schema schema, @Nullable JsonPath above, @Nullable Json example, int depth)
      throws Unfollowed {
    for (boolean required : List.of(true, false)) {
      for (var property : schema.properties().entrySet()) {
        String name = property.getKey();
        if (schema.required().contains(name) != required) {
          continue;
        }
        Schema inner = Schema.read(property.getValue(), references);
        if (inner.readOnly()) {
          continue;
        }
        if (!Token.canName(name) || rows.size() >= MAX_ROWS) {
          leftOut++;
          continue;
        }
        JsonPath path = above == null ? Token.path(name) : Token.below(above, name);
        Json shown = example instanceof JsonObject object ? object.get(name) : null;
        if (required && !inner.properties().isEmpty() && depth < MAX_DEPTH) {
          fields(inner, path, shown, depth + 1);
        } else {
          row(path.text(), value(path, inner, required, shown), null);
        }
      }
    }
  }

  private String value(JsonPath path, Schema schema, boolean required, @Nullable Json shown)
      throws Unfollowed {
    if (schema.only() instanceof JsonString(String only) && required && !UrlText.hasToken(only)) {
      return only;
    }
    draft.sample().put(path, shown == null ? schema.sample(references) : shown);
    return Token.of(path, required);
  }

  private void row(String name, String value, @Nullable String contentType) {
    rows.add(
        Json.object()
            .put("name", name)
            .put("value", value)
            .putIfPresent("contentType", contentType)
            .build());
  }

  private void put(String type) {
    draft.body(Json.object().put("type", type).put("fields", Json.array(rows)).build());
  }

  // Forms.

  private void form(Schema schema, JsonObject encodings, @Nullable Json example) throws Unfollowed {
    for (boolean required : List.of(true, false)) {
      for (var property : schema.properties().entrySet()) {
        if (schema.required().contains(property.getKey()) == required) {
          JsonObject encoding = references.object(encodings.get(property.getKey()));
          Json shown = example instanceof JsonObject object ? object.get(property.getKey()) : null;
          formField(property.getKey(), property.getValue(), required, encoding, shown);
        }
      }
    }
    if (rows.isEmpty()) {
      draft.noBody();
      draft.note("/body", "The document describes no fields of the form.");
      return;
    }
    put("form");
  }

  private void formField(
      String name, Json described, boolean required, JsonObject encoding, @Nullable Json shown)
      throws Unfollowed {
    Schema schema = Schema.read(described, references);
    if (schema.readOnly()) {
      return;
    }
    if (!Token.canName(name)) {
      leftOut++;
      return;
    }
    boolean deep =
        encoding.get("style") instanceof JsonString(String style) && style.equals("deepObject");
    formValue(name, Token.path(name), schema, required, deep, shown, 0);
  }

  private void formValue(
      String name,
      JsonPath path,
      Schema schema,
      boolean required,
      boolean deep,
      @Nullable Json shown,
      int depth)
      throws Unfollowed {
    if (rows.size() >= MAX_ROWS) {
      leftOut++;
      return;
    }
    if (schema.isObject() && deep && !schema.properties().isEmpty()) {
      if (depth >= MAX_DEPTH || (!required && depth > 0)) {
        leftOut++;
        return;
      }
      for (var property : schema.properties().entrySet()) {
        String inner = property.getKey();
        if (Token.canName(inner)) {
          formValue(
              name + "[" + inner + "]",
              Token.below(path, inner),
              Schema.read(property.getValue(), references),
              required && schema.required().contains(inner),
              true,
              shown instanceof JsonObject object ? object.get(inner) : null,
              depth + 1);
        }
      }
    } else if (schema.isObject()) {
      sample(path, schema, shown);
      row(name, Token.of(path, required, "json"), null);
    } else if (schema.isArray()) {
      list(name, path, schema, required, deep);
    } else {
      row(name, value(path, schema, required, plain(shown)), null);
    }
  }

  /// A list in a form is the same field many times, and a row is one.
  private void list(String name, JsonPath path, Schema schema, boolean required, boolean deep)
      throws Unfollowed {
    JsonPath first = Token.first(path);
    Schema item = Schema.read(schema.items(), references);
    draft.note(
        "/body/fields/" + rows.size() + "/value",
        "%s is a list; this row sends the first of it. Add a row for each further one."
            .formatted(Draft.shown(name)));
    draft.sample().put(first, item.sample(references));
    boolean plain = !item.isObject() && !item.isArray();
    row(
        deep ? name + "[0]" : name,
        plain ? Token.of(first, required) : Token.of(first, required, "json"),
        null);
  }

  private static @Nullable Json plain(@Nullable Json shown) {
    return shown instanceof JsonObject
            || shown instanceof JsonArray
            || shown instanceof Json.JsonNull
        ? null
        : shown;
  }

  private void sample(JsonPath path, Schema schema, @Nullable Json shown) throws Unfollowed {
    draft.sample().put(path, shown == null ? schema.sample(references) : shown);
  }

  private void multipart(Schema schema, @Nullable Json example) throws Unfollowed {
    for (boolean required : List.of(true, false)) {
      for (var property : schema.properties().entrySet()) {
        String name = property.getKey();
        Schema inner = Schema.read(property.getValue(), references);
        if (schema.required().contains(name) != required || inner.readOnly()) {
          continue;
        }
        if (!Token.canName(name) || rows.size() >= MAX_ROWS) {
          leftOut++;
          continue;
        }
        part(name, inner, required, example instanceof JsonObject object ? object.get(name) : null);
      }
    }
    if (rows.isEmpty()) {
      draft.noBody();
      draft.note("/body", "The document describes no parts of the body.");
      return;
    }
    put("multipart");
  }

  private void part(String name, Schema schema, boolean required, @Nullable Json shown)
      throws Unfollowed {
    JsonPath path = Token.path(name);
    boolean files = schema.isArray() && Schema.read(schema.items(), references).isBinary();
    if (schema.isBinary() || files) {
      draft.note(
          "/body/fields/" + rows.size(),
          "%s is a file; a connector sends text that is in the data.".formatted(Draft.shown(name)));
      draft.sample().put(path, Json.of("text"));
      rows.add(
          Json.object()
              .put("name", name)
              .put("value", Token.of(path, required))
              .put("filename", name)
              .build());
    } else if (schema.isObject() || schema.isArray()) {
      sample(path, schema, shown);
      row(name, Token.of(path, required, "json"), null);
    } else {
      row(name, value(path, schema, required, plain(shown)), null);
    }
  }

  // XML and the rest.

  private void xml(String type, Schema schema, JsonObject media) throws Unfollowed {
    contentType(type, "application/xml");
    xmlFields(schema, null, 0);
    if (rows.isEmpty()) {
      draft.note(
          "/body", "The document does not say what the XML holds; the event's data is sent.");
      draft.body(Json.object().put("type", "xml").build());
      return;
    }
    String root = schema.xmlName().isEmpty() ? rootOf(media) : schema.xmlName();
    Json.Builder body = Json.object().put("type", "xml").put("fields", Json.array(rows));
    draft.body(
        (root.matches("[A-Za-z_][A-Za-z0-9_.-]{0,99}") ? body.put("root", root) : body).build());
  }

  /// Without a name of its own the root is called as the schema is.
  private static String rootOf(JsonObject media) {
    return media.get("schema") instanceof JsonObject schema
            && schema.get("$ref") instanceof JsonString(String reference)
        ? reference.substring(reference.lastIndexOf('/') + 1)
        : "";
  }

  private void xmlFields(Schema schema, @Nullable JsonPath above, int depth) throws Unfollowed {
    for (var property : schema.properties().entrySet()) {
      String name = property.getKey();
      Schema inner = Schema.read(property.getValue(), references);
      boolean required = schema.required().contains(name);
      JsonPath path = above == null ? Token.path(name) : Token.below(above, name);
      if (inner.readOnly()) {
        continue;
      }
      if (!Token.canName(name) || rows.size() >= MAX_ROWS) {
        leftOut++;
      } else if (!inner.properties().isEmpty() && depth < MAX_DEPTH) {
        xmlFields(inner, path, depth + 1);
      } else if (inner.isArray() || inner.isObject()) {
        draft.note(
            "/body",
            "%s is a list or object and was left out.".formatted(Draft.shown(path.text())));
      } else {
        row(path.text(), value(path, inner, required, null), null);
      }
    }
  }

  private void raw(String type) {
    if (type.indexOf('*') < 0) {
      draft.header("Content-Type", type);
    }
    boolean text = type.startsWith("text/");
    draft.note(
        "/body/template",
        text
            ? "The whole body is the data's text."
            : "A body of %s can be sent only as far as it is text in the data."
                .formatted(Draft.shown(type)));
    draft.sample().put(Token.path("body"), Json.of("text"));
    draft.body(Json.object().put("type", "raw").put("template", "{{body}}").build());
  }
}
