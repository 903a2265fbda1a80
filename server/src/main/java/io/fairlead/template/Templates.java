package io.fairlead.template;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates of this version, read once from the jar.
public final class Templates {
  private final Map<String, Template> byId = new LinkedHashMap<>();

  private Templates() {}

  /// Reads them, in the order of `index.yaml`.
  ///
  /// @throws IllegalStateException when one is wrong: the jar is
  public static Templates load() {
    var templates = new Templates();
    if (!(read("index.yaml") instanceof JsonArray(List<Json> ids))) {
      throw new IllegalStateException("index.yaml is no list");
    }
    for (Json id : ids) {
      if (!(id instanceof JsonString(String text))) {
        throw new IllegalStateException("index.yaml has something that is no id");
      }
      templates.byId.put(text, TemplateReader.read(text, read(text + ".yaml")));
    }
    return templates;
  }

  private static Json read(String file) {
    try (InputStream in = Templates.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + file);
      }
      return Yaml.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All of them.
  public List<Template> all() {
    return List.copyOf(byId.values());
  }

  /// Their ids.
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /// The one of that id.
  public Optional<Template> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
