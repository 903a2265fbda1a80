package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows `$ref` within one document. A reference that leads out of the document is never
/// followed, and looking goes on for a bounded number of steps.
final class References {
  /// Steps that reading one operation may take.
  private static final int MAX_STEPS = 20_000;

  private final JsonObject document;
  private int steps;

  References(JsonObject document) {
    this.document = document;
  }

  /// A reference that cannot be followed, or a document that takes too many steps.
  static final class Unfollowed extends Exception {
    private static final long serialVersionUID = 1L;

    Unfollowed(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /// The object that a value is or refers to; an empty one for what is none.
  JsonObject object(@Nullable Json value) throws Unfollowed {
    Json here = value;
    Set<String> followed = new HashSet<>();
    while (true) {
      step();
      if (!(here instanceof JsonObject object)) {
        return JsonObject.EMPTY;
      }
      if (!(object.get("$ref") instanceof JsonString(String reference))) {
        return object;
      }
      if (!followed.add(reference)) {
        throw new Unfollowed("The reference %s leads to itself.".formatted(Draft.shown(reference)));
      }
      here = target(reference);
    }
  }

  /// Counts one step.
  void step() throws Unfollowed {
    if (++steps > MAX_STEPS) {
      throw new Unfollowed(
          "The operation is too large: it takes more than %,d steps to read.".formatted(MAX_STEPS));
    }
  }

  private Json target(String reference) throws Unfollowed {
    if (!reference.startsWith("#")) {
      throw new Unfollowed(
          "The reference %s leads out of the document, and nothing is opened or fetched here. Put all of it into one document."
              .formatted(Draft.shown(reference)));
    }
    Json here = document;
    String pointer = reference.substring(1);
    String decoded = UrlText.percentDecoded(pointer);
    String[] parts = (decoded == null ? pointer : decoded).split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      step();
      String name = parts[i].replace("~1", "/").replace("~0", "~");
      Json next =
          switch (here) {
            case JsonObject object -> object.get(name);
            case JsonArray(var items) ->
                name.matches("[0-9]{1,6}") && Integer.parseInt(name, 10) < items.size()
                    ? items.get(Integer.parseInt(name, 10))
                    : null;
            default -> null;
          };
      if (next == null) {
        throw new Unfollowed(
            "The reference %s leads to nothing.".formatted(Draft.shown(reference)));
      }
      here = next;
    }
    return here;
  }
}
