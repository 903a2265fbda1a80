package io.fairlead.response;

import io.fairlead.json.Faults;
import io.fairlead.json.JsonPath;
import org.jspecify.annotations.Nullable;

/// Reads paths that people write.
final class Paths {
  private Paths() {}

  /// The path, or null: then it is noted why.
  static @Nullable JsonPath read(String text, String pointer, Faults faults) {
    return switch (JsonPath.parse(text)) {
      case JsonPath.Parsed.Good(JsonPath path) -> path;
      case JsonPath.Parsed.Bad(int at, String detail) -> {
        faults.at(pointer, "This is not a path (column %d): %s".formatted(at + 1, detail));
        yield null;
      }
    };
  }
}
