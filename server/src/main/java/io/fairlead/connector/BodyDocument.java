package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.render.BodyText;
import io.fairlead.render.Field;
import io.fairlead.render.FieldType;
import io.fairlead.render.XmlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The member `body` of a document.
final class BodyDocument {
  private static final TextRule NAME = TextRule.any(1, 200);
  private static final TextRule VALUE = TextRule.any(0, 8_192);
  private static final TextRule TEMPLATE = TextRule.any(1, 262_144);
  private static final TextRule FILENAME = TextRule.any(1, 1_024);
  private static final TextRule CONTENT_TYPE = TextRule.line(1, 200);

  private static final List<String> TYPES =
      List.of("json", "form", "xml", "multipart", "raw", "none");
  private static final List<String> FIELD_TYPES =
      Arrays.stream(FieldType.values()).map(FieldType::text).toList();

  private static final List<String> OF_ANY_BODY = List.of("fields", "template", "root", "item");
  private static final List<String> OF_ANY_FIELD = List.of("type", "filename", "contentType");

  private final Members body;
  private final String type;

  private BodyDocument(Members body, String type) {
    this.body = body;
    this.type = type;
  }

  /// Reads it; where a part of it is wrong another stands in.
  static BodyText read(Members settings) {
    Members body = settings.objectOrNull("body");
    if (body == null) {
      return BodyText.ByMethod.BY_METHOD;
    }
    if (!(body.get("type") instanceof JsonString(String type)) || !TYPES.contains(type)) {
      // What belongs into such a body is not looked at.
      var _ = body.word("type", TYPES);
      return BodyText.None.NONE;
    }
    BodyText read = new BodyDocument(body, type).read();
    body.mayTakeAway(OF_ANY_BODY);
    body.refuseOthers();
    return read;
  }

  private BodyText read() {
    return switch (type) {
      case "json" -> json();
      case "form" -> form();
      case "xml" -> xml();
      case "multipart" -> multipart();
      case "raw" -> new BodyText.Raw(body.text("template", TEMPLATE));
      default -> BodyText.None.NONE;
    };
  }

  private BodyText json() {
    return switch (source()) {
      case FIELDS -> new BodyText.JsonFields(fields());
      case TEMPLATE -> new BodyText.JsonTemplate(template("null"));
      case DATA -> new BodyText.Data(BodyText.Data.Kind.JSON, XmlNames.DEFAULT);
    };
  }

  private BodyText form() {
    return switch (source()) {
      case FIELDS -> new BodyText.FormFields(fields());
      case TEMPLATE -> new BodyText.FormTemplate(template("a=b"));
      case DATA -> new BodyText.Data(BodyText.Data.Kind.FORM, XmlNames.DEFAULT);
    };
  }

  private BodyText xml() {
    return switch (source()) {
      case FIELDS -> new BodyText.XmlFields(fields(), names());
      case TEMPLATE -> new BodyText.XmlTemplate(template("<a/>"));
      case DATA -> new BodyText.Data(BodyText.Data.Kind.XML, names());
    };
  }

  private XmlNames names() {
    return new XmlNames(
        name("root", XmlNames.DEFAULT.root()), name("item", XmlNames.DEFAULT.item()));
  }

  private String name(String member, String otherwise) {
    String given = body.optionalText(member, NAME);
    return given == null ? otherwise : given;
  }

  private enum Source {
    FIELDS,
    TEMPLATE,
    DATA
  }

  private Source source() {
    boolean fields = body.has("fields");
    boolean template = body.has("template");
    if (fields && template) {
      body.fault("template", "A body has fields or a template, not both.");
    }
    return fields ? Source.FIELDS : template ? Source.TEMPLATE : Source.DATA;
  }

  private String template(String otherwise) {
    String template = body.text("template", TEMPLATE);
    return template.isEmpty() ? otherwise : template;
  }

  private List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (Members field : body.objects("fields", 1, 500)) {
      fields.add(field(field, fields.size()));
      field.mayTakeAway(OF_ANY_FIELD);
      field.refuseOthers();
    }
    return fields;
  }

  private Field field(Members field, int number) {
    String name = field.text("name", NAME);
    String value = field.text("value", VALUE);
    FieldType fieldType =
        field.has("type")
            ? FieldType.valueOf(field.word("type", FIELD_TYPES).toUpperCase(Locale.ROOT))
            : null;
    // A name of its own, so that it clashes with no other.
    String given = name.isEmpty() ? "stand-in-" + number : name;
    return new Field(given, value, field.isFaulty("value") ? null : fieldType);
  }

  private BodyText multipart() {
    if (!body.has("fields")) {
      return new BodyText.Data(BodyText.Data.Kind.MULTIPART, XmlNames.DEFAULT);
    }
    var parts = new ArrayList<BodyText.FormPart>();
    for (Members part : body.objects("fields", 1, 500)) {
      Field field = field(part, parts.size());
      String filename = part.optionalText("filename", FILENAME);
      String contentType = part.optionalText("contentType", CONTENT_TYPE);
      parts.add(
          new BodyText.FormPart(field, filename, part.isFaulty("value") ? null : contentType));
      part.mayTakeAway(OF_ANY_FIELD);
      part.refuseOthers();
    }
    return new BodyText.Multipart(parts);
  }

  /// The body as it is read.
  static Json write(BodyText body) {
    return switch (body) {
      case BodyText.ByMethod byMethod -> JsonNull.NULL;
      case BodyText.None none -> of("none").build();
      case BodyText.Data(var kind, var names) ->
          named(of(kind.name().toLowerCase(Locale.ROOT)), names).build();
      case BodyText.JsonFields(var fields) -> of("json").put("fields", rows(fields)).build();
      case BodyText.JsonTemplate(String template) -> of("json").put("template", template).build();
      case BodyText.FormFields(var fields) -> of("form").put("fields", rows(fields)).build();
      case BodyText.FormTemplate(String template) -> of("form").put("template", template).build();
      case BodyText.XmlFields(var fields, var names) ->
          named(of("xml"), names).put("fields", rows(fields)).build();
      case BodyText.XmlTemplate(String template) -> of("xml").put("template", template).build();
      case BodyText.Multipart(var parts) ->
          of("multipart")
              .put("fields", new JsonArray(parts.stream().map(BodyDocument::part).toList()))
              .build();
      case BodyText.Raw(String template) -> of("raw").put("template", template).build();
    };
  }

  private static Json.Builder of(String type) {
    return Json.object().put("type", type);
  }

  private static Json.Builder named(Json.Builder out, XmlNames names) {
    return out.putIfPresent("root", given(names.root(), XmlNames.DEFAULT.root()))
        .putIfPresent("item", given(names.item(), XmlNames.DEFAULT.item()));
  }

  private static @Nullable String given(String name, String otherwise) {
    return name.equals(otherwise) ? null : name;
  }

  private static Json rows(List<Field> fields) {
    return new JsonArray(fields.stream().<Json>map(field -> row(field).build()).toList());
  }

  private static Json.Builder row(Field field) {
    FieldType type = field.type();
    return Json.object()
        .put("name", field.name())
        .put("value", field.value())
        .putIfPresent("type", type == null ? null : type.text());
  }

  private static Json part(BodyText.FormPart part) {
    return row(part.field())
        .putIfPresent("filename", part.filename())
        .putIfPresent("contentType", part.contentType())
        .build();
  }
}
