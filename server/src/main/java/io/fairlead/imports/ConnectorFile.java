package io.fairlead.imports;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connector as a document to carry from one hub to another, without secrets.
public final class ConnectorFile {
  private static final int VERSION = 1;
  private static final JsonObject SET = Json.object().put("set", true).build();

  private ConnectorFile() {}

  /// The document of a connector as it is read.
  public static JsonObject of(JsonObject connector) {
    return Json.object()
        .put("fairlead", "connector")
        .put("version", VERSION)
        .put("connector", connector)
        .build();
  }

  /// Reads such a document.
  ///
  /// @param pointer where it stands in the request, for faults
  /// @return null when there are faults
  public static @Nullable Imported read(Json document, String pointer, Faults faults) {
    Members members = Members.of(document, pointer, faults);
    var _ = members.word("fairlead", List.of("connector"));
    Json version = members.required("version");
    boolean known =
        version instanceof Json.JsonNumber number
            && number.decimal().compareTo(BigDecimal.valueOf(VERSION)) == 0;
    if (!known && members.has("version")) {
      members.fault(
          "version", "version must be %d; a later hub may have written this.".formatted(VERSION));
    }
    Members connector = members.object("connector");
    if (connector == null) {
      members.missing("connector");
    }
    members.refuseOthers();
    if (!faults.isEmpty() || !(members.get("connector") instanceof JsonObject settings)) {
      return null;
    }
    var notes = new ArrayList<Note>();
    JsonObject draft = withoutSecrets(settings, "", notes);
    others(draft, notes);
    return new Imported.Made(draft, notes, JsonObject.EMPTY);
  }

  /// Takes `{"set":true}` out: there is no secret here that could be kept.
  private static JsonObject withoutSecrets(JsonObject object, String pointer, List<Note> notes) {
    var members = new LinkedHashMap<String, Json>();
    object
        .members()
        .forEach((name, value) -> {
          String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
          if (value.equals(SET)) {
            notes.add(
                new Note(at, "The %s is a secret and not in the file; give it.".formatted(name)));
          } else {
            members.put(name, withoutSecrets(value, at, notes));
          }
        });
    return new JsonObject(members);
  }

  private static Json withoutSecrets(Json value, String pointer, List<Note> notes) {
    return switch (value) {
      case JsonObject object -> withoutSecrets(object, pointer, notes);
      case JsonArray(var items) -> {
        var kept = new ArrayList<Json>(items.size());
        for (int i = 0; i < items.size(); i++) {
          kept.add(withoutSecrets(items.get(i), pointer + "/" + i, notes));
        }
        yield new JsonArray(kept);
      }
      case JsonString string -> string;
      case Json.JsonNumber number -> number;
      case Json.JsonBool bool -> bool;
      case Json.JsonNull nothing -> nothing;
    };
  }

  /// Names what a connector uses besides itself.
  private static void others(JsonObject draft, List<Note> notes) {
    for (String part : List.of("authorization", "signing")) {
      if (draft.get(part) instanceof JsonObject object && object.get("id") instanceof JsonString) {
        notes.add(
            new Note(
                "/" + part + "/id",
                "This names an authorization of the hub that the file is from; choose one of this hub."));
      }
    }
    if (draft.get("adaptor") instanceof JsonString) {
      notes.add(
          new Note(
              "/adaptor",
              "This names an adaptor of the hub that the file is from; choose one of this hub."));
    }
  }
}
