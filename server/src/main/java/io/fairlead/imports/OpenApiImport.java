package io.fairlead.imports;

import io.fairlead.base.Nearest;
import io.fairlead.imports.References.Unfollowed;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one operation of an OpenAPI 3.0 or 3.1 document. What the operation takes becomes tokens
/// by its own names.
public final class OpenApiImport {
  private static final String POINTER = "/openapi";
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final int MAX_ROWS = 100;
  private static final String STAND_IN = "https://server.invalid";

  private final JsonObject document;
  private final References references;
  private final Faults faults;
  private final Draft draft = new Draft();

  private OpenApiImport(JsonObject document, Faults faults) {
    this.document = document;
    this.references = new References(document);
    this.faults = faults;
  }

  /// An operation and where it stands.
  private record Operation(String path, String method, JsonObject item, JsonObject json) {
    String id() {
      return json.get("operationId") instanceof JsonString(String id) ? id : "";
    }

    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    boolean is(String wanted) {
      return wanted.equals(id()) || wanted.equals(name());
    }

    Choice choice() {
      String title = json.get("summary") instanceof JsonString(String summary) ? summary : null;
      return new Choice(
          id().isEmpty() ? name() : id(), method.toUpperCase(Locale.ROOT), path, title);
    }
  }

  /// Reads an operation.
  ///
  /// @param operation an `operationId`, `POST /items`, or an object of method and path; null when
  ///   none was named
  /// @return null when there are faults
  public static @Nullable Imported read(
      JsonObject document, @Nullable Json operation, Faults faults) {
    try {
      return new OpenApiImport(document, faults).read(operation);
    } catch (Unfollowed e) {
      faults.at(POINTER, e.sentence());
      return null;
    }
  }

  private @Nullable Imported read(@Nullable Json wanted) throws Unfollowed {
    String name = wanted == null ? null : name(wanted);
    checkVersion();
    if (!faults.isEmpty()) {
      return null;
    }
    List<Operation> all = operations();
    if (all.isEmpty()) {
      faults.at(POINTER + "/paths", "The document has no operations.");
      return null;
    }
    if (name == null) {
      return all.size() == 1
          ? made(all.getFirst())
          : new Imported.Choices(all.stream().map(Operation::choice).toList());
    }
    List<Operation> found = all.stream().filter(one -> one.is(name)).toList();
    if (found.isEmpty()) {
      faults.at(
          "/operation",
          "There is no operation %s.%s".formatted(Draft.shown(name), near(name, all)));
      return null;
    }
    return made(found.getFirst());
  }

  private static String near(String name, List<Operation> all) {
    var names = new ArrayList<String>();
    all.forEach(one -> {
      names.add(one.id());
      names.add(one.name());
    });
    String near = Nearest.to(name, names);
    return near == null
        ? " Leave operation out to see them all."
        : " Did you mean %s?".formatted(near);
  }

  private @Nullable String name(Json wanted) {
    if (wanted instanceof JsonString(String name)) {
      return name;
    }
    if (wanted instanceof JsonObject object
        && object.members().size() == 2
        && object.get("method") instanceof JsonString(String method)
        && object.get("path") instanceof JsonString(String path)) {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
    faults.at("/operation", "operation is an operationId, or an object with method and path.");
    return null;
  }

  private void checkVersion() {
    if (document.get("swagger") != null) {
      faults.at(POINTER, "This is Swagger 2.0; OpenAPI 3.0 and 3.1 can be read. Convert it first.");
      return;
    }
    String version =
        switch (document.get("openapi")) {
          case JsonString(String text) -> text;
          case Json.JsonNumber(String text) -> text;
          case null, default -> "";
        };
    if (!version.startsWith("3.0") && !version.startsWith("3.1")) {
      faults.at(POINTER + "/openapi", "openapi is the version of the document, 3.0 or 3.1.");
    }
  }

  private List<Operation> operations() {
    var all = new ArrayList<Operation>();
    if (!(document.get("paths") instanceof JsonObject paths)) {
      return all;
    }
    for (var entry : paths.members().entrySet()) {
      if (!(entry.getValue() instanceof JsonObject item)) {
        continue;
      }
      JsonObject resolved = item.get("$ref") == null ? item : local(item);
      for (String method : METHODS) {
        if (resolved.get(method) instanceof JsonObject json) {
          all.add(new Operation(entry.getKey(), method, resolved, json));
        }
      }
    }
    return all;
  }

  /// A path that is described in another file has no operations here.
  private JsonObject local(JsonObject item) {
    try {
      return new References(document).object(item);
    } catch (Unfollowed e) {
      return JsonObject.EMPTY;
    }
  }

  private @Nullable Imported made(Operation found) throws Unfollowed {
    var operation =
        new Operation(found.path, found.method, found.item, references.object(found.json));
    String method = operation.method.toUpperCase(Locale.ROOT);
    if (!Draft.METHODS.contains(method)) {
      faults.at("/operation", "A connector cannot have the method %s.".formatted(method));
      return null;
    }
    draft.method(method);
    name(operation);
    List<JsonObject> parameters = parameters(operation);
    draft.url(server(operation) + path(operation.path, parameters));
    rows(parameters);
    new OpenApiBody(draft, references).read(references.object(operation.json.get("requestBody")));
    answers(operation);
    Json security = operation.json.get("security");
    new OpenApiSecurity(document, references, draft)
        .read(security == null ? document.get("security") : security);
    return draft.done();
  }

  private void name(Operation operation) {
    String summary = operation.json.get("summary") instanceof JsonString(String text) ? text : "";
    draft.name(
        !summary.isBlank()
            ? summary
            : operation.id().isEmpty() ? operation.name() : operation.id());
  }

  private static String text(@Nullable Json json) {
    return json instanceof JsonString(String text) ? text : "";
  }

  /// Those of the operation go before those of the path.
  private List<JsonObject> parameters(Operation operation) throws Unfollowed {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    for (JsonObject owner : List.of(operation.item, operation.json)) {
      if (owner.get("parameters") instanceof JsonArray(var items)) {
        for (Json item : items) {
          JsonObject parameter = references.object(item);
          all.put(text(parameter.get("in")) + " " + text(parameter.get("name")), parameter);
        }
      }
    }
    return List.copyOf(all.values());
  }

  // The URL.

  private String server(Operation operation) throws Unfollowed {
    for (JsonObject owner : List.of(operation.json, operation.item, document)) {
      if (owner.get("servers") instanceof JsonArray(var servers) && !servers.isEmpty()) {
        if (servers.size() > 1) {
          draft.note(
              "/url",
              "The document has %d servers; the first was taken.".formatted(servers.size()));
        }
        return server(references.object(servers.getFirst()));
      }
    }
    return absolute("/");
  }

  private String server(JsonObject server) throws Unfollowed {
    String url = text(server.get("url"));
    if (server.get("variables") instanceof JsonObject variables) {
      for (var variable : variables.members().entrySet()) {
        JsonObject described = references.object(variable.getValue());
        String value =
            described.get("default") instanceof Json.JsonNumber(String number)
                ? number
                : text(described.get("default"));
        String place = "{" + variable.getKey() + "}";
        if (url.contains(place)) {
          draft.note(
              "/url",
              "The server's %s is %s here; another value may be needed."
                  .formatted(
                      Draft.shown(variable.getKey()),
                      value.isEmpty() ? "empty" : Draft.shown(value)));
          url = url.replace(place, value);
        }
      }
    }
    return absolute(url);
  }

  /// A server may be given relative to where its document was found, which is not known here.
  private String absolute(String url) {
    String server = url;
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("//")) {
      server = "https:" + url;
    } else if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
      draft.note(
          "/url",
          "The document does not say on which host its server is; put it in for server.invalid.");
      server = STAND_IN + (url.startsWith("/") ? "" : "/") + url;
    }
    int rest = server.indexOf('/', server.indexOf("://") + 3);
    String host = rest < 0 ? server : server.substring(0, rest);
    String path = rest < 0 ? "" : UrlText.fit(server.substring(rest));
    return host + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }

  private String path(String template, List<JsonObject> parameters) throws Unfollowed {
    var out = new StringBuilder();
    int hash = template.indexOf('#');
    if (hash >= 0) {
      draft.note("/url", "What follows # in the path is never sent, so it was left out.");
    }
    String path = hash < 0 ? template : template.substring(0, hash);
    int from = 0;
    while (from < path.length()) {
      int open = path.indexOf('{', from);
      int close = open < 0 ? -1 : path.indexOf('}', open);
      if (close < 0) {
        break;
      }
      out.append(UrlText.fit(path.substring(from, open)));
      out.append(pathToken(path.substring(open + 1, close), parameters));
      from = close + 1;
    }
    return out.append(UrlText.fit(path.substring(from))).toString();
  }

  private String pathToken(String name, List<JsonObject> parameters) throws Unfollowed {
    JsonObject parameter =
        parameters.stream()
            .filter(one -> text(one.get("in")).equals("path") && text(one.get("name")).equals(name))
            .findFirst()
            .orElse(JsonObject.EMPTY);
    Schema schema = schema(parameter);
    if (!Token.canName(name)) {
      draft.note("/url", "No token can be written for %s.".formatted(Draft.shown(name)));
      return "x";
    }
    if (schema.only() != null) {
      return UrlText.formEncoded(plain(schema.only())).replace("+", "%20");
    }
    JsonPath path = Token.path(name);
    if (schema.isArray()) {
      draft.sample().put(path, sample(parameter, schema));
      return Token.of(path, true, "join:\",\"");
    }
    if (schema.isObject()) {
      draft.note("/url", "%s is an object; the token has to be one value.".formatted(name));
      draft.sample().put(path, Json.of("text"));
      return Token.of(path, true);
    }
    draft.sample().put(path, pathSample(sample(parameter, schema)));
    return Token.of(path, true);
  }

  /// What is empty would change the path.
  private static Json pathSample(Json sample) {
    return plain(sample).isEmpty() ? Json.of("text") : sample;
  }

  private Schema schema(JsonObject parameter) throws Unfollowed {
    if (parameter.get("content") instanceof JsonObject content && !content.members().isEmpty()) {
      return Schema.read(
          references.object(content.members().firstEntry().getValue()).get("schema"), references);
    }
    return Schema.read(parameter.get("schema"), references);
  }

  /// A parameter's own example goes before its schema's.
  private Json sample(JsonObject parameter, Schema schema) throws Unfollowed {
    Json own = parameter.get("example");
    if (own == null
        && parameter.get("examples") instanceof JsonObject examples
        && !examples.members().isEmpty()) {
      own = references.object(examples.members().firstEntry().getValue()).get("value");
    }
    boolean plain =
        own != null
            && !(own instanceof JsonObject)
            && !(own instanceof JsonArray)
            && !(own instanceof Json.JsonNull);
    if (own != null && plain && !schema.isArray() && !schema.isObject()) {
      return own;
    }
    return own instanceof JsonArray && schema.isArray() ? own : schema.sample(references);
  }

  private static String plain(@Nullable Json json) {
    return switch (json) {
      case JsonString(String text) -> text;
      case Json.JsonNumber(String text) -> text;
      case JsonBool(boolean is) -> Boolean.toString(is);
      case null, default -> "";
    };
  }

  // Query and headers.

  private void rows(List<JsonObject> parameters) throws Unfollowed {
    var cookies = new ArrayList<String>();
    for (boolean required : List.of(true, false)) {
      for (JsonObject parameter : parameters) {
        if (isRequired(parameter) == required) {
          row(parameter, required, cookies);
        }
      }
    }
    if (!cookies.isEmpty()) {
      draft.header("Cookie", String.join("; ", cookies));
    }
  }

  private static boolean isRequired(JsonObject parameter) {
    return parameter.get("required") instanceof JsonBool(boolean is) && is;
  }

  private void row(JsonObject parameter, boolean required, List<String> cookies) throws Unfollowed {
    String name = text(parameter.get("name"));
    String in = text(parameter.get("in"));
    if (in.equals("path") || name.isEmpty() || in.isEmpty()) {
      return;
    }
    boolean ignored =
        in.equals("header")
            && List.of("accept", "content-type", "authorization")
                .contains(name.toLowerCase(Locale.ROOT));
    if (ignored) {
      return;
    }
    int there = in.equals("query") ? draft.queryRows() : draft.headers();
    if (!Token.canName(name) || there >= MAX_ROWS) {
      draft.note("The %s parameter %s was left out.".formatted(in, Draft.shown(name)));
      return;
    }
    String value = value(parameter, name, in, required);
    if (value == null) {
      return;
    }
    switch (in) {
      case "query" -> draft.query(name, value);
      case "header" -> draft.header(name, value);
      case "cookie" -> {
        if (required) {
          cookies.add(name + "=" + value);
        } else {
          draft.note("The cookie %s is optional and was left out.".formatted(Draft.shown(name)));
        }
      }
      default -> draft.note("The parameter %s is in no known place.".formatted(Draft.shown(name)));
    }
  }

  private @Nullable String value(JsonObject parameter, String name, String in, boolean required)
      throws Unfollowed {
    Schema schema = schema(parameter);
    JsonPath path = Token.path(name);
    if (schema.only() != null && required) {
      return plain(schema.only());
    }
    if (parameter.get("content") != null) {
      draft.sample().put(path, schema.sample(references));
      return Token.of(path, required, "json");
    }
    if (schema.isObject()) {
      draft.note(
          "The %s parameter %s is an object, which has no row of its own; it was left out."
              .formatted(in, Draft.shown(name)));
      return null;
    }
    if (!schema.isArray()) {
      draft.sample().put(path, sample(parameter, schema));
      return Token.of(path, required);
    }
    String style = text(parameter.get("style"));
    boolean exploded =
        parameter.get("explode") instanceof JsonBool(boolean is)
            ? is
            : in.equals("query") && (style.isEmpty() || style.equals("form"));
    Json sample = sample(parameter, schema);
    if (!exploded || !in.equals("query")) {
      draft.sample().put(path, sample);
      String joint =
          style.equals("pipeDelimited") ? "|" : style.equals("spaceDelimited") ? " " : ",";
      return Token.of(path, required, "join:\"" + joint + "\"");
    }
    draft.note(
        "/query/" + draft.queryRows() + "/value",
        "%s may be sent several times; this row sends the first of a list. Add a row for each further one."
            .formatted(Draft.shown(name)));
    boolean empty = sample instanceof JsonArray(var items) && items.isEmpty();
    draft.sample().put(path, empty ? Json.array(List.of(Json.of("text"))) : sample);
    Schema item = Schema.read(schema.items(), references);
    boolean plain = !item.isObject() && !item.isArray();
    return plain
        ? Token.of(Token.first(path), required)
        : Token.of(Token.first(path), required, "json");
  }

  // What comes back.

  private void answers(Operation operation) throws Unfollowed {
    if (!(operation.json.get("responses") instanceof JsonObject responses)) {
      return;
    }
    for (var response : responses.members().entrySet()) {
      boolean good = response.getKey().startsWith("2");
      if (good
          && references.object(response.getValue()).get("content") instanceof JsonObject content
          && !content.members().isEmpty()) {
        String type = content.members().firstEntry().getKey();
        draft.response(MediaTypes.responseType(type));
        boolean sendable = type.indexOf('*') < 0 && !type.isBlank();
        if (sendable && !draft.hasHeader("Accept")) {
          draft.header("Accept", type.strip());
        }
        return;
      }
    }
  }
}
