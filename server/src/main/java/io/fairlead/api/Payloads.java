package io.fairlead.api;

import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// Whether a route's answers hold payloads: what events and calls hold, and what was found in them.
/// Every route of the table says so; one that does not is for those alone who see payloads.
sealed interface Payloads {
  /// Nobody has said; the same as {@link Shown}.
  enum Unsaid implements Payloads {
    UNSAID
  }

  /// There are none.
  enum None implements Payloads {
    NONE
  }

  /// The route is of no use without them: 403 to who must not see them.
  enum Shown implements Payloads {
    SHOWN
  }

  /// Some members hold them, and are hidden from who must not see them. A text becomes {@link
  /// #HIDDEN}, another value an object with `"hidden": true`; `null` stays.
  ///
  /// @param pointers where they are; `*` is every item of a list
  /// @param closed query parameters that look into payloads: 403 to who must not see them
  record Hidden(List<String> pointers, List<String> closed) implements Payloads {
    static final String HIDDEN = "(hidden)";

    private static final Json MARK = Json.object().put("hidden", true).build();

    /// An answer without payloads. What is not JSON has no members that could be hidden: it fails.
    Response in(Response response, JsonReader json) {
      boolean isJson =
          response.headers().stream()
              .anyMatch(header ->
                  header.name().equals("Content-Type")
                      && header.value().startsWith("application/json"));
      if (response.status() >= 300 || response.body().length == 0) {
        return response;
      }
      if (!isJson) {
        throw new IllegalStateException("nothing can be hidden in an answer that is not JSON");
      }
      Json hidden = in(json.readTrusted(response.body()));
      return new Response(response.status(), response.headers(), JsonWriter.bytes(hidden));
    }

    Json in(Json body) {
      Json hidden = body;
      for (String pointer : pointers) {
        hidden = hide(hidden, List.of(pointer.substring(1).split("/", -1)));
      }
      return hidden;
    }

    private static Json hide(Json value, List<String> path) {
      if (path.isEmpty()) {
        return switch (value) {
          case JsonNull none -> none;
          case JsonString text -> Json.of(HIDDEN);
          case JsonObject _, JsonArray _, Json.JsonNumber _, Json.JsonBool _ -> MARK;
        };
      }
      List<String> rest = path.subList(1, path.size());
      if (value instanceof JsonArray(List<Json> items) && path.getFirst().equals("*")) {
        var hidden = new ArrayList<Json>(items.size());
        items.forEach(item -> hidden.add(hide(item, rest)));
        return Json.array(hidden);
      }
      Json member = value instanceof JsonObject object ? object.get(path.getFirst()) : null;
      return value instanceof JsonObject object && member != null
          ? Json.object().putAll(object).put(path.getFirst(), hide(member, rest)).build()
          : value;
    }
  }
}
