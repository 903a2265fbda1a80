package io.fairlead.json;

import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import java.util.LinkedHashMap;

/// JSON Merge Patch, RFC 7396.
public final class MergePatch {
  private MergePatch() {}

  /// The target as the patch changes it: members that are sent replace, objects are merged, arrays
  /// are replaced whole, `null` takes a member away.
  public static Json apply(Json target, Json patch) {
    if (!(patch instanceof JsonObject changes)) {
      return patch;
    }
    var members = new LinkedHashMap<String, Json>();
    if (target instanceof JsonObject before) {
      members.putAll(before.members());
    }
    changes
        .members()
        .forEach((name, change) -> {
          if (change instanceof JsonNull) {
            members.remove(name);
          } else {
            members.put(name, apply(members.getOrDefault(name, JsonNull.NULL), change));
          }
        });
    return new JsonObject(members);
  }
}
