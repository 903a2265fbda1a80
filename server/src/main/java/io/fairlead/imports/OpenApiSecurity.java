package io.fairlead.imports;

import io.fairlead.imports.References.Unfollowed;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes an authorization without its secret of what a document asks for.
final class OpenApiSecurity {
  private final JsonObject document;
  private final References references;
  private final Draft draft;

  OpenApiSecurity(JsonObject document, References references, Draft draft) {
    this.document = document;
    this.references = references;
    this.draft = draft;
  }

  /// Takes the first requirement that a connector can meet.
  ///
  /// @param security the alternatives
  void read(@Nullable Json security) throws Unfollowed {
    if (!(security instanceof JsonArray(var alternatives))) {
      return;
    }
    boolean none = alternatives.isEmpty();
    for (Json alternative : alternatives) {
      List<JsonObject> schemes = schemes(references.object(alternative));
      none |= schemes.isEmpty();
      if (!schemes.isEmpty() && authorization(schemes)) {
        return;
      }
    }
    if (!none) {
      draft.note(
          "/authorization",
          "The way to sign in that the document describes is not available; choose an authorization.");
    }
  }

  private List<JsonObject> schemes(JsonObject requirement) throws Unfollowed {
    var schemes = new ArrayList<JsonObject>();
    JsonObject all =
        references.object(references.object(document.get("components")).get("securitySchemes"));
    for (String name : requirement.members().keySet()) {
      schemes.add(references.object(all.get(name)));
    }
    return schemes;
  }

  private boolean authorization(List<JsonObject> schemes) {
    if (schemes.size() > 1) {
      return custom(schemes);
    }
    JsonObject scheme = schemes.getFirst();
    return switch (text(scheme, "type")) {
      case "http" -> http(text(scheme, "scheme").toLowerCase(Locale.ROOT));
      case "apiKey" -> apiKey(scheme);
      case "oauth2", "openIdConnect" -> {
        bearer("The document asks for OAuth2. Give an access token here.");
        yield true;
      }
      default -> false;
    };
  }

  private boolean http(String scheme) {
    return switch (scheme) {
      case "basic" -> {
        draft.authorization(
            Json.object()
                .put("kind", "basic")
                .put("username", "")
                .put("password", Json.JsonNull.NULL)
                .build());
        draft.note("/authorization/username", "Give the user name and password.");
        yield true;
      }
      case "bearer" -> {
        bearer("Give the token.");
        yield true;
      }
      default -> false;
    };
  }

  private void bearer(String sentence) {
    draft.authorization(Json.object().put("kind", "bearer").build());
    draft.note("/authorization/token", sentence);
  }

  private boolean apiKey(JsonObject scheme) {
    String in = text(scheme, "in");
    String name = text(scheme, "name");
    if (!List.of("header", "query", "cookie").contains(in) || name.isBlank()) {
      return false;
    }
    if (in.equals("header") && name.equalsIgnoreCase("Authorization")) {
      draft.note(
          "/authorization/prefix",
          "The key goes into the header Authorization; if something stands before it there, such as Bearer, that is the prefix.");
    }
    draft.authorization(
        Json.object().put("kind", "apiKey").put("in", in).put("keyName", name).build());
    draft.note("/authorization/key", "Give the key.");
    return true;
  }

  /// Several at once: each a parameter of its own, where that can be.
  private boolean custom(List<JsonObject> schemes) {
    var parameters = new ArrayList<Json>();
    for (JsonObject scheme : schemes) {
      String in = text(scheme, "in");
      if (!text(scheme, "type").equals("apiKey") || !List.of("header", "query").contains(in)) {
        return false;
      }
      parameters.add(Json.object().put("in", in).put("name", text(scheme, "name")).build());
    }
    draft.authorization(
        Json.object().put("kind", "custom").put("parameters", Json.array(parameters)).build());
    for (int i = 0; i < parameters.size(); i++) {
      draft.note("/authorization/parameters/" + i + "/value", "Give the key.");
    }
    return true;
  }

  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString(String text) ? text : "";
  }
}
