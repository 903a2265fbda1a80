package io.fairlead.json;

import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What differs between two JSON values, as values and not as text: the order of members does not
/// count, the order of items does.
public final class JsonDiff {
  /// One difference.
  ///
  /// @param pointer RFC 6901, in the later value, or, of what is gone, in the earlier
  /// @param before null when it was not there
  /// @param after null when it is not there any more
  public record Change(String pointer, @Nullable Json before, @Nullable Json after) {
    /// As it is shown: what was not there, or is not, is left out.
    public Json json() {
      var json = Json.object().put("pointer", pointer);
      if (before != null) {
        json.put("before", before);
      }
      if (after != null) {
        json.put("after", after);
      }
      return json.build();
    }
  }

  private final List<Change> changes = new ArrayList<>();

  private JsonDiff() {}

  /// Every difference, in the order of the earlier value and then of the later one.
  public static List<Change> of(Json before, Json after) {
    var diff = new JsonDiff();
    diff.compare("", before, after);
    return diff.changes;
  }

  private void compare(String pointer, Json before, Json after) {
    if (before instanceof JsonObject one && after instanceof JsonObject other) {
      members(pointer, one, other);
    } else if (before instanceof JsonArray(var one) && after instanceof JsonArray(var other)) {
      items(pointer, one, other);
    } else if (!before.equals(after)) {
      changes.add(new Change(pointer, before, after));
    }
  }

  private void members(String pointer, JsonObject before, JsonObject after) {
    before
        .members()
        .forEach((name, value) -> {
          Json then = after.get(name);
          if (then == null) {
            changes.add(new Change(at(pointer, name), value, null));
          } else {
            compare(at(pointer, name), value, then);
          }
        });
    after
        .members()
        .forEach((name, value) -> {
          if (before.get(name) == null) {
            changes.add(new Change(at(pointer, name), null, value));
          }
        });
  }

  /// Items that are the same at both ends are passed over, so that one put in or taken out does not
  /// make all after it different.
  private void items(String pointer, List<Json> before, List<Json> after) {
    int shorter = Math.min(before.size(), after.size());
    int start = 0;
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    int both = shorter - end;
    for (int i = start; i < both; i++) {
      compare(pointer + "/" + i, before.get(i), after.get(i));
    }
    for (int i = both; i < before.size() - end; i++) {
      changes.add(new Change(pointer + "/" + i, before.get(i), null));
    }
    for (int i = both; i < after.size() - end; i++) {
      changes.add(new Change(pointer + "/" + i, null, after.get(i)));
    }
  }

  private static String at(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
