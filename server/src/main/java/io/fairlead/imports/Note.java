package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What an import could not take over, took over in another way, or leaves to be filled in.
///
/// @param pointer the place in the draft that it is about, a JSON pointer (RFC 6901); null when it
///   is about none
/// @param detail a sentence
public record Note(@Nullable String pointer, String detail) {
  private static final int MAX_DETAIL = 1_000;

  public Note {
    detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL - 1) + "…";
  }

  /// As it is answered.
  public JsonObject json() {
    return Json.object().putIfPresent("pointer", pointer).put("detail", detail).build();
  }
}
