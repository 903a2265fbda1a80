package io.fairlead.api;

import static java.util.Objects.requireNonNull;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The contract as the hub serves it, to hold requests and answers to.
public final class Contract {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /// One operation.
  ///
  /// @param path with `{id}`, and the like
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
    /// The roles that it is for.
    List<String> roles() {
      return node.path("x-roles").values().stream().map(JsonNode::asString).toList();
    }

    /// Whether the key comes with its email, in headers of their own.
    boolean asksEmail() {
      return node.path("security").path(0).has("bealderToken");
    }

    /// What its examples need to be there, or empty.
    String needs() {
      return node.path("x-example-needs").asString("");
    }
  }

  private final JsonNode root;
  private final List<Operation> operations = new ArrayList<>();
  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> schemas = new HashMap<>();

  private Contract(JsonNode root) {
    this.root = root;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .losslessNarrowing(true)
                        .regularExpressionFactory(
                            // The dollar of ECMA 262 means the end and nothing before it.
                            pattern ->
                                JDKRegularExpressionFactory.getInstance()
                                    .getRegularExpression(pattern.replaceAll("\\$$", "\\\\z")))
                        .build()));
    root.path("paths").properties().forEach(path -> addOperations(path.getKey(), path.getValue()));
  }

  private void addOperations(String path, JsonNode item) {
    for (var member : item.properties()) {
      if (METHODS.contains(member.getKey())) {
        var parameters = new ArrayList<JsonNode>();
        item.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        member
            .getValue()
            .path("parameters")
            .forEach(parameter -> parameters.add(resolved(parameter)));
        operations.add(
            new Operation(
                member.getKey().toUpperCase(java.util.Locale.ROOT),
                path,
                member.getValue(),
                parameters));
      }
    }
  }

  /// Reads it from the class path, as the hub does.
  static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream("openapi.yaml")) {
      return new Contract(
          YAMLMapper.builder()
              .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .build()
              .readTree(requireNonNull(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every operation, in the order of the document.
  List<Operation> operations() {
    return operations;
  }

  JsonNode resolved(JsonNode node) {
    JsonNode ref = node.get("$ref");
    return ref == null || node.size() > 1 ? node : root.at(ref.asString().substring(1));
  }

  /// A named schema.
  JsonNode schema(String name) {
    return root.at("/components/schemas/" + name);
  }

  /// What a value breaks of a schema of this document; empty when it fits.
  List<String> faults(JsonNode schema, JsonNode value) {
    return compiled(schema).validate(value).stream().map(Error::toString).toList();
  }

  private synchronized Schema compiled(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        inner -> {
          ObjectNode document = JSON.createObjectNode();
          document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
          document.set("components", root.get("components"));
          document.putArray("allOf").add(inner);
          return registry.getSchema(document);
        });
  }

  /// Holds an answer to the contract.
  ///
  /// @param path as sent, without the query
  /// @throws AssertionError when the contract does not have such an answer
  void check(String method, String path, int status, HttpHeaders headers, byte[] body) {
    String what = "%s %s -> %d %s".formatted(method, path, status, text(body));
    JsonNode response = response(method, path, status, what);
    checkHeaders(response, headers, what);
    JsonNode content = response.path("content");
    String mediaType = headers.firstValue("content-type").orElse("").split(";", 2)[0];
    if (content.isEmpty()) {
      verify(body.length == 0 || method.equals("HEAD"), what + " has a body");
      return;
    }
    if (content.has("*/*")) {
      return;
    }
    JsonNode schema = content.path(mediaType).get("schema");
    verify(schema != null, what + " has the content type " + mediaType);
    if (schema != null && !method.equals("HEAD")) {
      List<String> faults = faults(schema, value(mediaType, body, what));
      verify(faults.isEmpty(), what + " breaks " + faults);
    }
  }

  private JsonNode response(String method, String path, int status, String what) {
    verify(status != 500, what);
    List<Operation> there = at(path);
    String wanted = method.equals("HEAD") ? "GET" : method;
    Operation operation =
        there.stream().filter(one -> one.method().equals(wanted)).findFirst().orElse(null);
    if (operation == null) {
      int expected = there.isEmpty() ? 404 : 405;
      verify(status == expected, what + " is no operation, so " + expected);
      String name = there.isEmpty() ? "NotFound" : "MethodNotAllowed";
      return root.at("/components/responses/" + name);
    }
    JsonNode response = operation.node().path("responses").get(Integer.toString(status));
    verify(response != null, what + " is not an answer of this operation");
    return resolved(requireNonNull(response));
  }

  /// The operations of a path that was sent; one that is written out goes before one with an id.
  private List<Operation> at(String path) {
    List<Operation> exact = operations.stream().filter(one -> one.path().equals(path)).toList();
    return exact.isEmpty()
        ? operations.stream()
            .filter(one -> one.path().contains("{"))
            .filter(one -> fits(one.path(), path))
            .toList()
        : exact;
  }

  private static boolean fits(String template, String path) {
    String pattern = "\\Q" + template.replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q") + "\\E";
    return Pattern.matches(pattern, path);
  }

  private void checkHeaders(JsonNode response, HttpHeaders headers, String what) {
    for (var header : response.path("headers").properties()) {
      JsonNode described = resolved(header.getValue());
      String value = headers.firstValue(header.getKey()).orElse(null);
      verify(
          value != null || !described.path("required").asBoolean(false),
          what + " lacks " + header.getKey());
      if (value != null) {
        boolean number = described.path("schema").path("type").asString("").equals("integer");
        JsonNode node = number ? JSON.readTree(value) : StringNode.valueOf(value);
        List<String> faults = faults(described.path("schema"), node);
        verify(faults.isEmpty(), "%s: %s %s".formatted(what, header.getKey(), faults));
      }
    }
  }

  private static JsonNode value(String mediaType, byte[] body, String what) {
    if (!mediaType.endsWith("json")) {
      return StringNode.valueOf(text(body));
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new AssertionError(what + " is no JSON", e);
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void verify(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  /// The request examples of an operation by media type and name, in order.
  static List<Example> examples(Operation operation) {
    var examples = new ArrayList<Example>();
    for (var media : operation.node().path("requestBody").path("content").properties()) {
      for (var example : media.getValue().path("examples").properties()) {
        examples.add(
            new Example(example.getKey(), media.getKey(), example.getValue().get("value")));
      }
    }
    return examples;
  }

  /// A request example.
  ///
  /// @param body a text when it is not JSON
  record Example(String name, String mediaType, JsonNode body) {}

  /// Each response example with the schema that it should fit.
  Map<String, Map.Entry<JsonNode, JsonNode>> responseExamples() {
    var all = new TreeMap<String, Map.Entry<JsonNode, JsonNode>>();
    for (Operation operation : operations) {
      for (var response : operation.node().path("responses").properties()) {
        for (var media : resolved(response.getValue()).path("content").properties()) {
          for (var example : media.getValue().path("examples").properties()) {
            String name =
                String.join(
                    " ", operation.method(), operation.path(), response.getKey(), example.getKey());
            all.put(
                name, Map.entry(media.getValue().get("schema"), example.getValue().get("value")));
          }
        }
      }
    }
    return all;
  }

  static @Nullable String header(HttpHeaders headers, String name) {
    return headers.firstValue(name).orElse(null);
  }
}
