package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.render.BodyText;
import io.fairlead.render.Field;
import io.fairlead.render.Method;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The members of a document that say what is sent: `method`, `url`, `headers`, `query`, `body`.
final class RequestDocument {
  private static final TextRule URL = TextRule.any(1, 8_192);
  private static final TextRule ROW_NAME = TextRule.any(1, 200);
  private static final TextRule TEMPLATE = TextRule.any(0, 8_192);
  private static final TextRule BODY_TEMPLATE = TextRule.any(1, 262_144);

  private static final List<String> METHODS =
      Arrays.stream(Method.values()).map(Method::name).toList();

  private static final List<String> BODIES = List.of("json", "none");
  private static final List<String> BODIES_LATER = List.of("form", "xml", "multipart", "raw");

  private static final List<String> OF_ANY_BODY = List.of("fields", "template");

  /// Stands in where a part is wrong, so that the other parts can be looked at.
  private static final String STAND_IN_URL = "https://stand-in.invalid/";

  private static final String STAND_IN_HEADER = "X-Stand-In";

  private RequestDocument() {}

  /// Reads the request; where a part of it is wrong another stands in.
  static RequestText read(Members settings) {
    Method method = Method.valueOf(settings.word("method", METHODS));
    String url = settings.text("url", URL);
    return new RequestText(
        // Where the method is wrong nothing is said about what it may carry.
        settings.isFaulty("method") ? Method.POST : method,
        url.isEmpty() ? STAND_IN_URL : url,
        rows(settings, "headers", STAND_IN_HEADER),
        rows(settings, "query", "q"),
        body(settings));
  }

  private static List<Row> rows(Members settings, String list, String standInName) {
    var rows = new ArrayList<Row>();
    for (Members row : settings.objects(list, 0, 100)) {
      String name = row.text("name", ROW_NAME);
      rows.add(new Row(name.isEmpty() ? standInName : name, row.text("value", TEMPLATE)));
      row.refuseOthers();
    }
    return rows;
  }

  private static BodyText body(Members settings) {
    Members body = settings.objectOrNull("body");
    if (body == null) {
      return BodyText.ByMethod.BY_METHOD;
    }
    String type = body.get("type") instanceof JsonString(String given) ? given : "";
    if (!BODIES.contains(type)) {
      // What belongs into such a body is not looked at.
      if (BODIES_LATER.contains(type)) {
        body.fault("type", "Bodies of type %s are not available yet.".formatted(type));
      } else {
        var _ = body.word("type", BODIES);
      }
      return BodyText.None.NONE;
    }
    BodyText read = type.equals("json") ? jsonBody(body) : BodyText.None.NONE;
    body.mayTakeAway(OF_ANY_BODY);
    body.refuseOthers();
    return read;
  }

  private static BodyText jsonBody(Members body) {
    boolean hasFields = body.has("fields");
    if (hasFields == body.has("template")) {
      body.fault(
          hasFields ? "template" : "fields",
          hasFields
              ? "A body has fields or a template, not both."
              : "A json body needs fields or a template.");
      return BodyText.None.NONE;
    }
    if (!hasFields) {
      String template = body.text("template", BODY_TEMPLATE);
      return template.isEmpty() ? BodyText.None.NONE : new BodyText.JsonTemplate(template);
    }
    var fields = new ArrayList<Field>();
    for (Members field : body.objects("fields", 1, 500)) {
      String name = field.text("name", ROW_NAME);
      String value = field.text("value", TEMPLATE);
      // A name of its own, so that it clashes with no other.
      String standIn = "[\"stand-in " + fields.size() + "\"]";
      fields.add(new Field(name.isEmpty() ? standIn : name, value));
      if (field.has("type")) {
        field.fault("type", "type is not available yet.");
      }
      field.refuseOthers();
    }
    return new BodyText.JsonFields(fields);
  }

  /// Adds the request's members.
  static void write(RequestText request, Json.Builder out) {
    out.put("method", request.method().name())
        .put("url", request.url())
        .put("headers", rows(request.headers()))
        .put("query", rows(request.query()))
        .put("body", body(request.body()));
  }

  private static Json rows(List<Row> rows) {
    return new JsonArray(
        rows.stream()
            .<Json>map(
                row -> Json.object().put("name", row.name()).put("value", row.value()).build())
            .toList());
  }

  private static Json body(BodyText body) {
    return switch (body) {
      case BodyText.ByMethod byMethod -> JsonNull.NULL;
      case BodyText.None none -> Json.object().put("type", "none").build();
      case BodyText.JsonFields(List<Field> fields) ->
          Json.object()
              .put("type", "json")
              .put(
                  "fields",
                  rows(fields.stream().map(field -> new Row(field.name(), field.value())).toList()))
              .build();
      case BodyText.JsonTemplate(String template) ->
          Json.object().put("type", "json").put("template", template).build();
    };
  }
}
