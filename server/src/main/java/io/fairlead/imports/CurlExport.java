package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a request as a cURL command for bash. Every word is in single quotes, so that nothing in
/// it is read as anything but text.
public final class CurlExport {
  private static final String HIDDEN = "***";

  private final List<String> comments = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> queryText = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();
  private final List<String> body = new ArrayList<>();

  private CurlExport() {}

  /// A header of a request.
  public record Header(String name, String value) {}

  /// The command of a request that is known in full, such as one that was sent.
  ///
  /// @param body null when there is none
  public static String command(
      String method, String url, List<Header> headers, @Nullable String body) {
    var export = new CurlExport();
    headers.forEach(header -> export.header(header.name, header.value));
    if (body != null) {
      export.body.add("--data-raw " + quoted(body));
      export.noOwnContentType(headers.stream().map(Header::name).toList());
    }
    return export.text(method, url);
  }

  /// The command of a connector as it is read: tokens as their author typed them, and `***` where a
  /// secret would be.
  public static String of(JsonObject connector) {
    var export = new CurlExport();
    List<JsonObject> rows = rows(connector.get("headers"));
    rows.forEach(row -> export.header(string(row, "name"), string(row, "value")));
    for (JsonObject row : rows(connector.get("query"))) {
      export.queryText.add(
          UrlText.formEncoded(string(row, "name")).replace("+", "%20")
              + "="
              + UrlText.formEncoded(string(row, "value")).replace("+", "%20"));
    }
    if (connector.get("authorization") instanceof JsonObject authorization) {
      export.authorization(authorization);
    }
    if (connector.get("signing") instanceof JsonObject) {
      export.comments.add("The connector signs what it sends; this command does not.");
    }
    if (connector.get("adaptor") instanceof JsonString) {
      export.comments.add("The tokens look into what the connector's adaptor makes of the event.");
    }
    String method = string(connector, "method");
    export.body(connector.get("body"), method);
    if (!export.body.isEmpty()) {
      export.noOwnContentType(rows.stream().map(row -> string(row, "name")).toList());
    }
    return export.text(method, string(connector, "url"));
  }

  private static List<JsonObject> rows(@Nullable Json list) {
    return list instanceof JsonArray(var items)
        ? items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  private static String string(JsonObject object, String name) {
    return object.get(name) instanceof JsonString(String text) ? text : "";
  }

  /// A text in single quotes, whatever is in it.
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void header(String name, String value) {
    headers.add("-H " + quoted(value.isEmpty() ? name + ";" : name + ": " + value));
  }

  /// curl calls any data a form unless it is told otherwise.
  private void noOwnContentType(List<String> names) {
    boolean own =
        names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals("content-type"))
            || headers.stream().anyMatch(line -> line.startsWith("-H 'Content-Type:"));
    boolean data = body.stream().anyMatch(line -> line.startsWith("--data-raw"));
    if (!own && data) {
      headers.add("-H 'Content-Type:'");
    }
  }

  private void authorization(JsonObject authorization) {
    switch (string(authorization, "kind")) {
      case "basic" -> lines.add("-u " + quoted(string(authorization, "username") + ":" + HIDDEN));
      case "bearer" -> header("Authorization", "Bearer " + HIDDEN);
      case "apiKey" ->
          secret(
              string(authorization, "in"),
              string(authorization, "keyName"),
              string(authorization, "prefix") + HIDDEN);
      case "custom" ->
          rows(authorization.get("parameters"))
              .forEach(row -> secret(string(row, "in"), string(row, "name"), HIDDEN));
      default ->
          comments.add("The connector has an authorization of its own; this command does not.");
    }
  }

  private void secret(String in, String name, String value) {
    switch (in) {
      case "header" -> header(name, value);
      case "cookie" -> lines.add("-b " + quoted(name + "=" + value));
      case "query" -> queryText.add(UrlText.formEncoded(name) + "=" + value);
      default ->
          comments.add(
              "The connector puts %s into the body; this command does not."
                  .formatted(comment(name)));
    }
  }

  private static String comment(String text) {
    return Draft.shown(text).replaceAll("[\\x00-\\x1f\\x7f]", " ");
  }

  private void body(@Nullable Json given, String method) {
    if (!(given instanceof JsonObject object)) {
      if (List.of("POST", "PUT", "PATCH").contains(method)) {
        contentType("application/json");
        event();
      }
      return;
    }
    String type = string(object, "type");
    if (object.get("template") instanceof JsonString(String template)) {
      contentType(contentTypeOf(type));
      body.add("--data-raw " + quoted(template));
    } else if (object.get("fields") instanceof JsonArray) {
      fields(type, rows(object.get("fields")), object);
    } else if (!type.equals("none")) {
      contentType(contentTypeOf(type));
      comments.add("The body is the data itself.");
    }
  }

  private void event() {
    comments.add("The body is the event itself; its data is left out here.");
    body.add(
        "--data-raw "
            + quoted(
                "{\"id\":\"{{$event.id}}\",\"type\":\"{{$event.type}}\",\"time\":\"{{$event.time}}\",\"data\":{}}"));
  }

  private static String contentTypeOf(String type) {
    return switch (type) {
      case "json" -> "application/json";
      case "form" -> "application/x-www-form-urlencoded";
      case "xml" -> "application/xml";
      default -> "";
    };
  }

  private void contentType(String type) {
    boolean own =
        headers.stream()
            .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("-h 'content-type"));
    if (!own && !type.isEmpty()) {
      header("Content-Type", type);
    }
  }

  private void fields(String type, List<JsonObject> rows, JsonObject object) {
    switch (type) {
      case "form" ->
          rows.forEach(row ->
              body.add(
                  "--data-urlencode "
                      + quoted(
                          UrlText.formEncoded(string(row, "name")) + "=" + string(row, "value"))));
      case "multipart" -> rows.forEach(this::part);
      case "xml" -> {
        contentType("application/xml");
        body.add("--data-raw " + quoted(xml(rows, object)));
      }
      default -> {
        contentType("application/json");
        body.add("--data-raw " + quoted(new FieldsText(rows).json()));
      }
    }
  }

  private void part(JsonObject row) {
    var value = new StringBuilder();
    value.append(string(row, "name")).append("=\"");
    value.append(inQuotes(string(row, "value"))).append('"');
    if (row.get("filename") instanceof JsonString(String filename)) {
      value.append(";filename=\"").append(inQuotes(filename)).append('"');
    }
    if (row.get("contentType") instanceof JsonString(String type)) {
      value.append(";type=").append(type);
    }
    body.add("-F " + quoted(value.toString()));
  }

  private static String inQuotes(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String xml(List<JsonObject> rows, JsonObject object) {
    String root = string(object, "root");
    return new FieldsText(rows).xml(root.isEmpty() ? "root" : root, string(object, "item"));
  }

  private String text(String method, String url) {
    String whole = url;
    if (!queryText.isEmpty()) {
      boolean open = url.endsWith("?") || url.endsWith("&");
      whole += (open ? "" : url.indexOf('?') < 0 ? "?" : "&") + String.join("&", queryText);
    }
    var all = new ArrayList<String>();
    boolean globs = whole.chars().anyMatch(c -> "{}[]\\".indexOf(c) >= 0);
    String dots = whole.contains("/.") ? " --path-as-is" : "";
    boolean implied = body.isEmpty() ? method.equals("GET") : method.equals("POST");
    String verb = method.equals("HEAD") ? " -I" : implied ? "" : " -X " + method;
    all.add("curl" + (globs ? " -g" : "") + dots + verb + " " + quoted(whole));
    all.addAll(headers);
    all.addAll(lines);
    all.addAll(body);
    var out = new StringBuilder();
    comments.forEach(comment -> out.append("# ").append(comment).append('\n'));
    return out.append(String.join(" \\\n  ", all)).append('\n').toString();
  }

  /// What fields make, written out with their tokens.
  private record FieldsText(List<JsonObject> rows) {
    /// A node: a member's value text, or more nodes by name or index.
    private sealed interface Node {
      record Value(JsonObject row) implements Node {}

      record Tree(Map<String, Node> nodes, boolean[] isList) implements Node {}
    }

    private Node.Tree tree() {
      var root = new Node.Tree(new LinkedHashMap<>(), new boolean[1]);
      for (JsonObject row : rows) {
        if (JsonPath.parse(string(row, "name")) instanceof JsonPath.Parsed.Good(JsonPath path)) {
          hang(root, path, row);
        }
      }
      return root;
    }

    private static void hang(Node.Tree root, JsonPath path, JsonObject row) {
      Node.Tree here = root;
      for (int i = 0; i < path.steps().size(); i++) {
        JsonPath.Step step = path.steps().get(i);
        here.isList[0] = step instanceof JsonPath.Step.Index;
        String key =
            switch (step) {
              case JsonPath.Step.Member(String name) -> name;
              case JsonPath.Step.Index(int index) -> Integer.toString(index);
            };
        if (i + 1 == path.steps().size()) {
          here.nodes.put(key, new Node.Value(row));
        } else if (here.nodes.computeIfAbsent(
                key, _ -> new Node.Tree(new LinkedHashMap<>(), new boolean[1]))
            instanceof Node.Tree next) {
          here = next;
        } else {
          return;
        }
      }
    }

    String json() {
      var out = new StringBuilder();
      json(tree(), out);
      return out.toString();
    }

    private static void json(Node node, StringBuilder out) {
      switch (node) {
        case Node.Value(JsonObject row) -> value(row, out);
        case Node.Tree(var nodes, var isList) -> {
          out.append(isList[0] ? '[' : '{');
          String joint = "";
          for (var member : nodes.entrySet()) {
            out.append(joint);
            joint = ",";
            if (!isList[0]) {
              JsonWriter.appendString(out, member.getKey());
              out.append(':');
            }
            json(member.getValue(), out);
          }
          out.append(isList[0] ? ']' : '}');
        }
      }
    }

    private static void value(JsonObject row, StringBuilder out) {
      String value = string(row, "value");
      String type = string(row, "type");
      boolean isToken =
          value.startsWith("{{")
              && value.endsWith("}}")
              && value.indexOf("}}") == value.length() - 2;
      boolean bare = type.isEmpty() ? isToken : !type.equals("string");
      if (bare) {
        out.append(value);
      } else {
        JsonWriter.appendString(out, value);
      }
    }

    String xml(String root, String item) {
      var out = new StringBuilder();
      xml(tree(), root, item.isEmpty() ? "item" : item, out);
      return out.toString();
    }

    private static void xml(Node node, String name, String item, StringBuilder out) {
      out.append('<').append(name).append('>');
      switch (node) {
        case Node.Value(JsonObject row) ->
            out.append(
                string(row, "value")
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;"));
        case Node.Tree(var nodes, var isList) ->
            nodes.forEach((key, child) -> xml(child, isList[0] ? item : key, item, out));
      }
      out.append("</").append(name).append('>');
    }
  }
}
