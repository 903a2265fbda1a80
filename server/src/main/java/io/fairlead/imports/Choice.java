package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Something in a document that could be imported.
///
/// @param choose what names it when it is asked for
/// @param path of an operation, or the URL of a request as its author wrote it
/// @param title null when it has none
public record Choice(String choose, String method, String path, @Nullable String title) {
  /// As it is answered.
  public JsonObject json() {
    return Json.object()
        .put("choose", choose)
        .put("method", method)
        .put("path", path)
        .put("title", title)
        .build();
  }
}
