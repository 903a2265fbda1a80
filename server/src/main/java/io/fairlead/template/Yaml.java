package io.fairlead.template;

import io.fairlead.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads YAML as JSON: no anchors, no tags, no names twice, at most 64 KiB.
final class Yaml {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(65_536)
          .build();

  private Yaml() {}

  /// @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML
  /// @throws IllegalArgumentException when JSON has no such value
  static Json read(String text) {
    return json(new Load(SETTINGS).loadFromString(text));
  }

  private static Json json(@Nullable Object value) {
    return switch (value) {
      case null -> Json.JsonNull.NULL;
      case String text -> Json.of(text);
      case Boolean flag -> Json.of(flag.booleanValue());
      case Number number -> new Json.JsonNumber(number.toString());
      case List<?> list -> array(list);
      case Map<?, ?> map -> object(map);
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass().getName());
    };
  }

  private static Json array(List<?> list) {
    var items = new ArrayList<Json>(list.size());
    for (Object item : list) {
      items.add(json(item));
    }
    return Json.array(items);
  }

  private static Json object(Map<?, ?> map) {
    var object = Json.object();
    map.forEach((name, value) -> {
      if (!(name instanceof String text)) {
        throw new IllegalArgumentException("a name that is no text: " + name);
      }
      object.put(text, json(value));
    });
    return object.build();
  }
}
