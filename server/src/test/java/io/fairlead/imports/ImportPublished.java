package io.fairlead.imports;

import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.YamlReader;
import io.fairlead.render.Data;
import io.fairlead.render.Facts;
import io.fairlead.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Imports every operation of OpenAPI documents and every request of Postman collections, compiles
/// each draft and renders it with the data of the document's examples: `bench/imports FILE...`.
final class ImportPublished {
  private static final int MAX = 64 << 20;

  private final Map<String, Integer> reasons = new TreeMap<>();
  private final boolean verbose = System.getProperty("verbose") != null;

  public static void main(String[] files) throws IOException {
    System.out.printf(
        "%-48s %9s %9s %9s %9s %7s%n",
        "document", "all", "imported", "compiled", "rendered", "share");
    var published = new ImportPublished();
    for (String file : files) {
      published.run(Path.of(file));
    }
    published.reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(30)
        .forEach(reason -> System.out.printf("%6d  %s%n", reason.getValue(), reason.getKey()));
  }

  private void run(Path file) throws IOException {
    String text = Files.readString(file);
    JsonReader.Result read =
        text.stripLeading().startsWith("{")
            ? new JsonReader().read(text)
            : YamlReader.read(text, MAX);
    String name = file.toString();
    switch (read) {
      case JsonReader.Result.Malformed(String detail) ->
          System.out.printf("%-48s %s%n", name, detail);
      case JsonReader.Result.Read(Json json) -> {
        if (json instanceof JsonObject document) {
          run(name, document);
        }
      }
    }
  }

  private void run(String name, JsonObject document) {
    boolean openapi = document.get("openapi") != null;
    var faults = new Faults();
    Imported all = imported(document, openapi, null, faults);
    List<String> names =
        switch (all) {
          case Imported.Choices(List<Choice> choices) ->
              choices.stream()
                  .map(choice -> openapi ? choice.method() + " " + choice.path() : choice.choose())
                  .toList();
          case Imported.Made made -> List.of("");
          case null -> List.of();
        };
    if (names.isEmpty()) {
      System.out.printf("%-48s %s%n", name, faults.list());
      return;
    }
    int imported = 0;
    int compiled = 0;
    int rendered = 0;
    for (String one : names) {
      var wrong = new Faults();
      if (!(imported(document, openapi, one.isEmpty() ? null : one, wrong)
          instanceof Imported.Made made)) {
        count("import", one, wrong);
        continue;
      }
      imported++;
      Draft draft =
          ConnectorDocument.create(
              withSecrets(made.connector()),
              new Home(1, "default", new AuthorizationCatalog()),
              wrong);
      if (draft == null) {
        count("compile", one, wrong);
        continue;
      }
      compiled++;
      switch (draft.plan().render(facts(made))) {
        case Rendered.Request request -> rendered++;
        case Rendered.Failed failed -> count("render", one, failed.sentence());
      }
    }
    System.out.printf(
        "%-48s %9d %9d %9d %9d %6.1f%%%n",
        name, names.size(), imported, compiled, rendered, 100.0 * rendered / names.size());
  }

  private static @Nullable Imported imported(
      JsonObject document, boolean openapi, @Nullable String one, Faults faults) {
    return openapi
        ? OpenApiImport.read(document, one == null ? null : Json.of(one), faults)
        : PostmanImport.read(document, one, faults);
  }

  private static Facts facts(Imported.Made made) {
    return new Facts(1, 1, "sample", 0, 1, 0, Data.of(made.sample()), Map.of());
  }

  private void count(String step, String one, Faults faults) {
    count(step, one, faults.list().getFirst().at() + " " + faults.list().getFirst().detail());
  }

  private void count(String step, String one, String reason) {
    if (verbose) {
      System.out.println("    " + step + " " + one + ": " + reason);
    }
    reasons.merge(
        step
            + ": "
            + reason
                .replaceAll("[\"“][^\"”]*[\"”]", "…")
                .replaceAll("\\{\\{.*?}}", "{{…}}")
                .replaceAll("reference \\S+", "reference …")
                .replaceAll("[0-9]+", "N"),
        1,
        Integer::sum);
  }

  /// Fills in what a person has to give: the secrets of the authorization.
  private static JsonObject withSecrets(JsonObject connector) {
    if (!(connector.get("authorization") instanceof JsonObject authorization)) {
      return connector;
    }
    var filled = new LinkedHashMap<>(authorization.members());
    switch (authorization.get("kind") instanceof JsonString(String kind) ? kind : "") {
      case "bearer" -> filled.putIfAbsent("token", Json.of("secret"));
      case "apiKey" -> {
        filled.putIfAbsent("key", Json.of("secret"));
        filled.putIfAbsent("keyName", Json.of("X-Key"));
      }
      case "custom" -> {
        var rows = new ArrayList<Json>();
        if (authorization.get("parameters") instanceof JsonArray(var parameters)) {
          for (Json parameter : parameters) {
            rows.add(
                Json.object()
                    .putAll((JsonObject) parameter)
                    .put("value", Json.of("secret"))
                    .build());
          }
        }
        filled.put("parameters", Json.array(rows));
      }
      default -> {}
    }
    var members = new LinkedHashMap<>(connector.members());
    members.put("authorization", new JsonObject(filled));
    return new JsonObject(members);
  }
}
