package io.fairlead.json;

import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import java.util.LinkedHashMap;

/// JSON Merge Patch, RFC 7396.
public final class MergePatch {
  private MergePatch() {}

  /// The target as the patch changes it, but what the patch takes away stays as `null`, for {@link
  /// Members#ofPatched}: whoever reads it can tell a wrong name, and can tell what was taken away
  /// from what was not spoken of.
  public static Json applyKeepingNulls(Json target, Json patch) {
    return merge(target, patch, true);
  }

  /// The target as the patch changes it: members that are sent replace, objects are merged, arrays
  /// are replaced whole, `null` takes a member away.
  public static Json apply(Json target, Json patch) {
    return merge(target, patch, false);
  }

  private static Json merge(Json target, Json patch, boolean keepNulls) {
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
          if (change instanceof JsonNull && !keepNulls) {
            members.remove(name);
          } else {
            members.put(name, merge(members.getOrDefault(name, JsonNull.NULL), change, keepNulls));
          }
        });
    return new JsonObject(members);
  }
}
