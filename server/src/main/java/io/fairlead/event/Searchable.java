package io.fairlead.event;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The paths by which events of a type are found: `invoice.number`.
///
/// @param paths at most five
public record Searchable(List<JsonPath> paths) {
  /// None.
  public static final Searchable NONE = new Searchable(List.of());

  /// Longer texts are not found by.
  public static final int LONGEST = 200;

  private static final int MOST = 5;

  public Searchable {
    paths = List.copyOf(paths);
  }

  /// Reads the member `searchable`, a list of paths; what is wrong is noted.
  static Searchable read(Members members, Faults faults) {
    Json given = members.get("searchable");
    if (given == null || given instanceof JsonNull) {
      return NONE;
    }
    if (!(given instanceof JsonArray(List<Json> items)) || items.size() > MOST) {
      members.fault("searchable", "searchable is a list of at most %d paths.".formatted(MOST));
      return NONE;
    }
    var paths = new ArrayList<JsonPath>();
    for (int i = 0; i < items.size(); i++) {
      JsonPath path = path(items.get(i), "/searchable/" + i, faults);
      if (path != null) {
        paths.add(path);
      }
    }
    return new Searchable(paths);
  }

  private static @Nullable JsonPath path(Json item, String pointer, Faults faults) {
    if (!(item instanceof JsonString(String text)) || text.length() > LONGEST) {
      faults.at(pointer, "This is a path such as invoice.number.");
      return null;
    }
    return switch (JsonPath.parse(text)) {
      case JsonPath.Parsed.Good(JsonPath path) -> path;
      case JsonPath.Parsed.Bad(int at, String detail) -> {
        faults.at(pointer, "This is not a path (column %d): %s".formatted(at + 1, detail));
        yield null;
      }
    };
  }

  /// The paths as they were written.
  public Json json() {
    return Json.array(paths.stream().map(path -> Json.of(path.text())).toList());
  }

  /// What an event is found by: the texts and numbers at the paths, in small letters.
  Set<String> texts(Json data) {
    var texts = new LinkedHashSet<String>();
    for (JsonPath path : paths) {
      switch (path.get(data)) {
        case JsonString(String text) -> add(texts, text);
        case JsonNumber(String digits) -> add(texts, digits);
        case null, default -> {}
      }
    }
    return texts;
  }

  private static void add(Set<String> texts, String text) {
    String folded = folded(text);
    if (!folded.isEmpty() && folded.length() <= LONGEST && folded.indexOf('\0') < 0) {
      texts.add(folded);
    }
  }

  /// A text as it is compared.
  public static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
