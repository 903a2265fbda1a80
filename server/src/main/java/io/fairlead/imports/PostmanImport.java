package io.fairlead.imports;

import io.fairlead.base.Nearest;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads one request of a Postman 2.1 collection.
public final class PostmanImport {
  private static final String POINTER = "/postman";
  private static final String STAND_IN = "https://server.invalid";
  private static final int MAX_DEPTH = 50;
  private static final int MAX_ROWS = 100;

  private final Draft draft = new Draft();
  private final PostmanVariables variables = new PostmanVariables();
  private final Found found;
  private final Faults faults;

  private PostmanImport(Found found, Faults faults) {
    this.found = found;
    this.faults = faults;
  }

  /// A request and the folders that it is in.
  ///
  /// @param owners the collection, its folders, and the item itself, from the outside
  private record Found(String path, JsonObject item, List<JsonObject> owners) {
    boolean is(String wanted) {
      return wanted.equals(path)
          || wanted.equals(string(item, "id"))
          || wanted.equals(string(item, "_postman_id"))
          || wanted.equals(string(item, "name"));
    }

    Choice choice() {
      JsonObject request = request();
      Json url = request.get("url");
      String raw = url instanceof JsonObject object ? string(object, "raw") : text(url);
      return new Choice(path, method(), raw, string(item, "name"));
    }

    JsonObject request() {
      return switch (item.get("request")) {
        case JsonObject object -> object;
        case JsonString url -> Json.object().put("url", url).build();
        case null, default -> JsonObject.EMPTY;
      };
    }

    String method() {
      String method = string(request(), "method");
      return method.isEmpty() ? "GET" : method.toUpperCase(Locale.ROOT);
    }
  }

  /// Reads a request.
  ///
  /// @param request `/Folder/Request`, an id or a name; null when none was named
  /// @return null when there are faults
  public static @Nullable Imported read(
      JsonObject collection, @Nullable String request, Faults faults) {
    var all = new ArrayList<Found>();
    if (!(collection.get("item") instanceof JsonArray items)) {
      faults.at(POINTER + "/item", "A Postman collection has its requests in item.");
      return null;
    }
    collect(items, "", List.of(collection), all);
    if (all.isEmpty()) {
      faults.at(POINTER + "/item", "The collection has no requests.");
      return null;
    }
    if (request == null && all.size() > 1) {
      return new Imported.Choices(all.stream().map(Found::choice).toList());
    }
    Found found =
        request == null
            ? all.getFirst()
            : all.stream().filter(one -> one.is(request)).findFirst().orElse(null);
    if (found == null) {
      List<String> names =
          all.stream()
              .<String>mapMulti((one, out) -> {
                out.accept(one.path);
                out.accept(string(one.item, "name"));
              })
              .toList();
      String near = Nearest.to(String.valueOf(request), names);
      faults.at(
          "/request",
          "There is no request %s.%s"
              .formatted(
                  Draft.shown(String.valueOf(request)),
                  near == null
                      ? " Leave request out to see them all."
                      : " Did you mean %s?".formatted(near)));
      return null;
    }
    return new PostmanImport(found, faults).made();
  }

  private static void collect(
      JsonArray items, String above, List<JsonObject> owners, List<Found> all) {
    if (owners.size() > MAX_DEPTH) {
      return;
    }
    for (Json json : items.items()) {
      if (!(json instanceof JsonObject item)) {
        continue;
      }
      String path = above + "/" + string(item, "name");
      List<JsonObject> below = new ArrayList<>(owners);
      below.add(item);
      if (item.get("item") instanceof JsonArray inner) {
        collect(inner, path, below, all);
      } else if (item.get("request") != null) {
        all.add(new Found(path, item, below));
      }
    }
  }

  private static String string(JsonObject object, String name) {
    return object.get(name) instanceof JsonString(String text) ? text : "";
  }

  private static String text(@Nullable Json json) {
    return PostmanVariables.text(json);
  }

  private static boolean isDisabled(JsonObject row) {
    return row.get("disabled") instanceof JsonBool(boolean off) && off;
  }

  private @Nullable Imported made() {
    String method = found.method();
    if (!Draft.METHODS.contains(method)) {
      faults.at(
          "/request", "A connector cannot have the method %s.".formatted(Draft.shown(method)));
      return null;
    }
    found.owners.forEach(variables::add);
    JsonObject request = found.request();
    draft.name(string(found.item, "name").isEmpty() ? found.path : string(found.item, "name"));
    draft.method(method);
    url(request.get("url"));
    headers(request.get("header"));
    authorization();
    body(request.get("body"));
    scripts();
    tokens();
    return draft.done();
  }

  private void tokens() {
    if (!variables.tokens().isEmpty()) {
      draft.note(
          "These variables have no value in the collection and became tokens: %s."
              .formatted(Draft.shown(String.join(", ", variables.tokens()))));
    }
    if (!variables.unknown().isEmpty()) {
      draft.note(
          "Postman makes up %s itself; the data has to have it here."
              .formatted(Draft.shown(String.join(", ", variables.unknown()))));
    }
    for (String name : variables.tokens()) {
      if (JsonPath.parse(name) instanceof JsonPath.Parsed.Good(JsonPath path)) {
        draft.sample().put(path, Json.of("text"));
      } else {
        draft.sample().put(Token.path(name), Json.of("text"));
      }
    }
    for (String name : variables.unknown()) {
      draft
          .sample()
          .put(Token.path(Token.canName(name) ? name.substring(1) : "unknown"), Json.of("text"));
    }
  }

  private void scripts() {
    boolean scripted =
        found.owners.stream()
            .anyMatch(owner ->
                owner.get("event") instanceof JsonArray(var events)
                    && events.stream().anyMatch(PostmanImport::hasScript));
    if (scripted) {
      draft.note("The collection has scripts for this request; they were left out.");
    }
  }

  private static boolean hasScript(Json event) {
    if (!(event instanceof JsonObject object)
        || !(object.get("script") instanceof JsonObject script)) {
      return false;
    }
    return switch (script.get("exec")) {
      case JsonArray(var lines) -> lines.stream().anyMatch(line -> !text(line).isBlank());
      case JsonString(String line) -> !line.isBlank();
      case null, default -> false;
    };
  }

  // The URL.

  private void url(@Nullable Json given) {
    String raw = given instanceof JsonObject object ? raw(object) : text(given);
    JsonObject parts = given instanceof JsonObject object ? object : JsonObject.EMPTY;
    int hash = outside(raw, '#');
    String whole = hash < 0 ? raw : raw.substring(0, hash);
    int mark = outside(whole, '?');
    String base = mark < 0 ? whole : whole.substring(0, mark);
    String filled = variables.fill(base);
    var out = new StringBuilder(address(filled, parts));
    if (parts.get("query") instanceof JsonArray(var rows)) {
      query(rows, out);
    } else if (mark >= 0) {
      out.append('?').append(variables.fill(whole.substring(mark + 1)));
    }
    int path = Math.min(out.length(), Math.max(out.indexOf("/", out.indexOf("://") + 3), 0));
    draft.url(
        path == 0 ? out.toString() : out.substring(0, path) + UrlText.fit(out.substring(path)));
  }

  /// The URL as it was typed, or put together.
  private static String raw(JsonObject url) {
    String raw = string(url, "raw");
    if (!raw.isEmpty()) {
      return raw;
    }
    String protocol = string(url, "protocol");
    return (protocol.isEmpty() ? "" : protocol + "://")
        + joined(url.get("host"), ".")
        + (text(url.get("port")).isEmpty() ? "" : ":" + text(url.get("port")))
        + (url.get("path") == null ? "" : "/" + joined(url.get("path"), "/"));
  }

  private static String joined(@Nullable Json list, String joint) {
    return list instanceof JsonArray(var items)
        ? String.join(joint, items.stream().map(PostmanImport::text).toList())
        : text(list);
  }

  private static int outside(String text, char wanted) {
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == wanted) {
        return i;
      }
      i = Math.max(i + 1, UrlText.afterToken(text, i));
    }
    return -1;
  }

  /// Scheme, host and path; the first two have no tokens in a connector.
  private String address(String url, JsonObject parts) {
    int scheme = url.indexOf("://");
    int token = url.indexOf("{{");
    String text = url;
    if (scheme < 0 && token != 0) {
      draft.note("/url", "The URL has no scheme; Postman takes http://.");
      text = "http://" + url;
      scheme = 4;
    }
    int from = scheme < 0 ? 0 : scheme + 3;
    int end = from;
    while (end < text.length() && "/?".indexOf(text.charAt(end)) < 0) {
      end = Math.max(end + 1, UrlText.afterToken(text, end));
    }
    String authority = text.substring(0, end);
    String path = segments(text.substring(end), parts);
    if (authority.contains("{{")) {
      draft.note(
          "/url",
          "%s has no value in the collection; put the server in for server.invalid."
              .formatted(Draft.shown(authority)));
      authority = STAND_IN;
    }
    int at = authority.lastIndexOf('@');
    if (at > from) {
      draft.note("/authorization", "The URL has a user name; give it as authorization.");
      authority = authority.substring(0, from) + authority.substring(at + 1);
    }
    return authority.toLowerCase(Locale.ROOT) + (path.isEmpty() ? "/" : path);
  }

  /// Segments such as `:id` are variables of the request; they become tokens.
  private String segments(String path, JsonObject parts) {
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].length() > 1 && segments[i].startsWith(":")) {
        segments[i] = segment(segments[i].substring(1), parts);
      }
    }
    return String.join("/", segments);
  }

  private String segment(String given, JsonObject parts) {
    // What follows a name, such as a verb of Google's, stays: :id:cancel.
    int end = 0;
    while (end < given.length()
        && (Character.isLetterOrDigit(given.charAt(end)) || "_-".indexOf(given.charAt(end)) >= 0)) {
      end++;
    }
    String name = given.substring(0, end);
    String value = "";
    boolean known = false;
    if (parts.get("variable") instanceof JsonArray(var rows)) {
      for (Json row : rows) {
        if (row instanceof JsonObject object && string(object, "key").equals(name)) {
          known = true;
          value = text(object.get("value"));
        }
      }
    }
    if (!known || name.isEmpty()) {
      return ":" + given;
    }
    if (value.startsWith("{{") && value.endsWith("}}")) {
      return variables.fill(value) + given.substring(end);
    }
    draft.sample().put(Token.path(name), Json.of(value.isBlank() ? "text" : value));
    return Token.of(Token.path(name), true) + given.substring(end);
  }

  private void query(List<Json> rows, StringBuilder url) {
    int disabled = 0;
    for (Json json : rows) {
      if (!(json instanceof JsonObject row)) {
        continue;
      }
      String name = variables.fill(text(row.get("key")));
      String value = variables.fill(text(row.get("value")));
      if (isDisabled(row)) {
        disabled++;
      } else if (UrlText.hasToken(name) || draft.queryRows() >= MAX_ROWS) {
        draft.note("The query parameter %s was left out.".formatted(Draft.shown(name)));
      } else if (name.isEmpty()
          || value.contains("+")
          || row.get("value") instanceof Json.JsonNull) {
        String pair = row.get("value") instanceof Json.JsonNull ? name : name + "=" + value;
        url.append(url.indexOf("?") < 0 ? '?' : '&').append(pair);
      } else {
        draft.query(decoded(name), decoded(value));
      }
    }
    if (disabled > 0) {
      draft.note("%d query parameters are switched off and were left out.".formatted(disabled));
    }
  }

  /// Postman sends `%20` as it is; a connector's rows are encoded when they are sent.
  private static String decoded(String text) {
    String decoded = text.indexOf('%') < 0 ? text : UrlText.percentDecoded(text);
    return decoded == null ? text : decoded;
  }

  // Headers and authorization.

  private void headers(@Nullable Json given) {
    if (given instanceof JsonString(String lines)) {
      lines
          .lines()
          .filter(line -> line.indexOf(':') > 0)
          .forEach(line ->
              header(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
      return;
    }
    rows(given, "headers", (name, row) -> header(name, text(row.get("value"))));
  }

  private void header(String given, String typed) {
    String name = variables.fill(given).strip();
    String value = variables.fill(typed).strip();
    if (UrlText.hasToken(name) || draft.headers() >= MAX_ROWS) {
      draft.note("The header %s was left out.".formatted(Draft.shown(name)));
    } else if (name.equalsIgnoreCase("Authorization") && !draft.hasAuthorization()) {
      draft.authorizationHeader(name, value);
    } else {
      draft.header(name, value);
    }
  }

  /// The rows that are on; says how many are not.
  private void rows(@Nullable Json list, String what, BiConsumer<String, JsonObject> row) {
    if (!(list instanceof JsonArray(var items))) {
      return;
    }
    int disabled = 0;
    for (Json item : items) {
      if (item instanceof JsonObject object && isDisabled(object)) {
        disabled++;
      } else if (item instanceof JsonObject object && !string(object, "key").isEmpty()) {
        row.accept(string(object, "key"), object);
      }
    }
    if (disabled > 0) {
      draft.note("%d %s are switched off and were left out.".formatted(disabled, what));
    }
  }

  /// The nearest that says something: the request's own, else its folder's, else the collection's.
  private void authorization() {
    if (draft.hasAuthorization() || draft.hasHeader("Authorization")) {
      return;
    }
    if (found.request().get("auth") instanceof JsonObject own) {
      authorization(own);
      return;
    }
    for (JsonObject owner : found.owners.reversed()) {
      if (owner.get("auth") instanceof JsonObject auth) {
        authorization(auth);
        return;
      }
    }
  }

  private void authorization(JsonObject auth) {
    String type = string(auth, "type");
    switch (type) {
      case "noauth", "" -> {}
      case "basic" -> {
        String username = attribute(auth, type, "username");
        String password = attribute(auth, type, "password");
        draft.basic(
            UrlText.hasToken(username) ? "" : username, UrlText.hasToken(password) ? "" : password);
        if (isMissing(username) || isMissing(password)) {
          draft.note("/authorization/username", "Give the user name and password.");
        }
      }
      case "bearer" -> bearer(attribute(auth, type, "token"));
      case "oauth2" -> bearer(attribute(auth, type, "accessToken"));
      case "apikey" -> apiKey(auth);
      default ->
          draft.note(
              "/authorization",
              "The authorization %s is not available and was left out."
                  .formatted(Draft.shown(type)));
    }
  }

  private static boolean isMissing(String secret) {
    return secret.isEmpty() || UrlText.hasToken(secret);
  }

  private void bearer(String token) {
    if (isMissing(token)) {
      draft.authorization(Json.object().put("kind", "bearer").build());
      draft.note("/authorization/token", "Give the token.");
    } else {
      draft.bearer(token);
    }
  }

  private void apiKey(JsonObject auth) {
    String in = attribute(auth, "apikey", "in").equals("query") ? "query" : "header";
    String name = attribute(auth, "apikey", "key");
    String value = attribute(auth, "apikey", "value");
    Json.Builder key = Json.object().put("kind", "apiKey").put("in", in);
    if (isMissing(name)) {
      draft.note("/authorization/keyName", "Give the name of the key's %s.".formatted(in));
    } else {
      key.put("keyName", name);
    }
    if (isMissing(value)) {
      draft.note("/authorization/key", "Give the key.");
    } else {
      key.put("key", value);
    }
    draft.authorization(key.build());
  }

  /// Version 2.1 has lists of key and value, 2.0 had an object.
  private String attribute(JsonObject auth, String type, String name) {
    return switch (auth.get(type)) {
      case JsonArray(var rows) ->
          rows.stream()
              .filter(row -> row instanceof JsonObject object && string(object, "key").equals(name))
              .map(row -> variables.fill(text(((JsonObject) row).get("value"))))
              .findFirst()
              .orElse("");
      case JsonObject object -> variables.fill(text(object.get(name)));
      case null, default -> "";
    };
  }

  // The body.

  private void body(@Nullable Json given) {
    if (!(given instanceof JsonObject body) || isDisabled(body) || string(body, "mode").isEmpty()) {
      draft.noBody();
      return;
    }
    String mode = string(body, "mode");
    boolean empty = isEmpty(body.get(mode));
    if (empty) {
      draft.noBody();
      return;
    }
    if (!draft.takesBody()) {
      return;
    }
    switch (mode) {
      case "raw" -> raw(text(body.get("raw")), language(body));
      case "urlencoded" -> fields("form", body.get(mode));
      case "formdata" -> fields("multipart", body.get(mode));
      case "graphql" -> graphql(body.get(mode));
      default -> {
        draft.noBody();
        draft.note("/body", "A body of mode %s was left out.".formatted(Draft.shown(mode)));
      }
    }
  }

  private static boolean isEmpty(@Nullable Json json) {
    return switch (json) {
      case null -> true;
      case JsonString(String text) -> text.isEmpty();
      case JsonArray(var items) -> items.isEmpty();
      default -> false;
    };
  }

  private static String language(JsonObject body) {
    return body.get("options") instanceof JsonObject options
            && options.get("raw") instanceof JsonObject raw
        ? string(raw, "language")
        : "";
  }

  private void raw(String typed, String language) {
    String template = variables.fill(typed);
    String own = draft.header("Content-Type");
    String type =
        own != null
            ? own
            : switch (language) {
              case "json" -> "application/json";
              case "xml" -> "application/xml";
              case "html" -> "text/html";
              case "javascript" -> "application/javascript";
              default -> "text/plain";
            };
    if (own == null) {
      draft.header("Content-Type", type);
    }
    if (template.isBlank()) {
      draft.noBody();
      return;
    }
    draft.body(
        Json.object()
            .put("type", MediaTypes.isJson(type) ? "json" : "raw")
            .put("template", template)
            .build());
  }

  private void fields(String type, @Nullable Json list) {
    var fields = new ArrayList<Json>();
    rows(
        list,
        "fields of the body",
        (key, row) -> {
          String name = variables.fill(key);
          if (string(row, "type").equals("file")) {
            draft.note("/body", "%s is a file and was left out.".formatted(Draft.shown(name)));
          } else if (UrlText.hasToken(name)) {
            draft.note(
                "/body", "%s was left out: names have no tokens.".formatted(Draft.shown(name)));
          } else {
            String contentType = type.equals("multipart") ? string(row, "contentType") : "";
            fields.add(
                Json.object()
                    .put("name", name)
                    .put("value", variables.fill(text(row.get("value"))))
                    .putIfPresent("contentType", contentType.isBlank() ? null : contentType)
                    .build());
          }
        });
    if (fields.isEmpty()) {
      draft.noBody();
    } else {
      draft.body(Json.object().put("type", type).put("fields", Json.array(fields)).build());
    }
  }

  private void graphql(@Nullable Json given) {
    if (!(given instanceof JsonObject graphql)) {
      draft.noBody();
      return;
    }
    var out = new StringBuilder("{\"query\":");
    JsonWriter.appendString(out, variables.fill(string(graphql, "query")));
    String values = variables.fill(text(graphql.get("variables"))).strip();
    boolean usable =
        UrlText.hasToken(values) || new JsonReader().read(values) instanceof JsonReader.Result.Read;
    if (usable) {
      out.append(",\"variables\":").append(values);
    } else if (!values.isEmpty()) {
      draft.note(
          "/body/template", "The variables of the GraphQL query are no JSON and were left out.");
    }
    draft.body(
        Json.object().put("type", "json").put("template", out.append('}').toString()).build());
  }
}
