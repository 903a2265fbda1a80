package io.fairlead.json;

import io.fairlead.base.Nearest;
import io.fairlead.base.Quote;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in JSON as people write it: `customer.address.city`, `lines[0].sku`, `["first name"]`.
/// Names are case-sensitive.
///
/// @param steps at least one
public record JsonPath(List<Step> steps) {
  public JsonPath {
    steps = List.copyOf(steps);
  }

  /// One step down.
  public sealed interface Step {
    /// Into an object.
    record Member(String name) implements Step {}

    /// Into an array, from 0.
    record Index(int index) implements Step {}
  }

  /// What reading a text as a path came to.
  public sealed interface Parsed {
    /// It is one.
    record Good(JsonPath path) implements Parsed {}

    /// It is none.
    ///
    /// @param at the offset where it goes wrong
    /// @param detail a sentence with what was expected
    record Bad(int at, String detail) implements Parsed {}
  }

  /// What a path led to.
  public sealed interface Found {
    /// A value, `null` perhaps.
    record Value(Json json) implements Found {}

    /// Nothing.
    ///
    /// @param reason a sentence with the step that led nowhere and the nearest known name
    record Missing(String reason) implements Found {}
  }

  /// Reads a text that is a path and nothing else; blanks around it are passed over.
  public static Parsed parse(String text) {
    int from = text.length() - text.stripLeading().length();
    int end = text.stripTrailing().length();
    var reader = new JsonPathReader(text, Math.min(from, end), end);
    JsonPath path = reader.read();
    if (path != null && reader.at() == end) {
      return new Parsed.Good(path);
    }
    return path == null
        ? new Parsed.Bad(reader.at(), reader.flaw())
        : new Parsed.Bad(
            reader.at(),
            "Expected . or [ after %s, but found %s."
                .formatted(Quote.of(path.text()), reader.found()));
  }

  /// Follows the path from `root`, which sentences call "the data".
  public Found find(Json root) {
    return find(root, "the data");
  }

  /// Follows the path.
  ///
  /// @param whole what sentences call `root`
  public Found find(Json root, String whole) {
    Json here = root;
    for (int i = 0; i < steps.size(); i++) {
      Json next = step(here, steps.get(i));
      if (next == null) {
        return new Found.Missing(missing(i, here, whole));
      }
      here = next;
    }
    return new Found.Value(here);
  }

  /// The value there, or null when there is none.
  public @Nullable Json get(Json root) {
    Json here = root;
    for (Step step : steps) {
      Json next = step(here, step);
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  private static @Nullable Json step(Json here, Step step) {
    return switch (step) {
      case Step.Member(String name) -> here instanceof JsonObject object ? object.get(name) : null;
      case Step.Index(int index) ->
          here instanceof JsonArray(var items) && index < items.size() ? items.get(index) : null;
    };
  }

  private String missing(int at, Json here, String whole) {
    String before = at == 0 ? whole : Quote.of(text(at));
    return switch (steps.get(at)) {
      case Step.Member(String name) -> {
        if (!(here instanceof JsonObject object)) {
          yield "%s is %s, which has no members.".formatted(before, here.kind());
        }
        String near = Nearest.to(name, object.members().keySet());
        String has = "%s has no %s".formatted(before, Quote.of(name));
        if (near == null) {
          yield has + ".";
        }
        var meant = new StringBuilder(text(at));
        append(meant, new Step.Member(near));
        yield "%s; did you mean %s?".formatted(has, Quote.of(meant.toString()));
      }
      case Step.Index(int index) ->
          here instanceof JsonArray(var items)
              ? "%s has %d items, so there is no [%d].".formatted(before, items.size(), index)
              : "%s is %s, which has no items.".formatted(before, here.kind());
    };
  }

  /// The path as an author writes it.
  public String text() {
    return text(steps.size());
  }

  /// The path up to a step, as an author writes it.
  public String text(int count) {
    var out = new StringBuilder();
    for (Step step : steps.subList(0, count)) {
      append(out, step);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, Step step) {
    switch (step) {
      case Step.Index(int index) -> out.append('[').append(index).append(']');
      case Step.Member(String name) -> {
        if (!name.isEmpty() && name.codePoints().allMatch(JsonPathReader::isNamePart)) {
          if (!out.isEmpty()) {
            out.append('.');
          }
          out.append(name);
        } else {
          out.append("[\"").append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"]");
        }
      }
    }
  }
}
