package io.fairlead.response;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.JsonPath;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a connector's answers are read.
///
/// @param delimiter what stands between the items of a text; null: a comma where the type is TEXT,
///   and a text that AUTO found is not cut
/// @param keyDelimiter what stands between a key and its value in an item of a text; null: items
///   are values
/// @param key where the value is that the log shows as the result; null: none is shown
/// @param extractions at most 20, each of a name of its own
public record ResponseSettings(
    ResponseType type,
    @Nullable String delimiter,
    @Nullable String keyDelimiter,
    @Nullable JsonPath key,
    List<Extraction> extractions) {
  /// What holds where the author says nothing.
  public static final ResponseSettings DEFAULT =
      new ResponseSettings(ResponseType.AUTO, null, null, null, List.of());

  /// Larger answers are not read, in bytes.
  public static final int LARGEST = 1 << 20;

  private static final int MOST_EXTRACTIONS = 20;
  private static final TextRule DELIMITER = TextRule.any(1, 20);
  private static final TextRule PATH = TextRule.any(1, 500);
  private static final TextRule NAME = TextRule.line(1, 60);

  public ResponseSettings {
    extractions = List.copyOf(extractions);
  }

  /// Reads the member `response` of a connector's document.
  public static ResponseSettings read(Members settings, Faults faults) {
    Members response = settings.object("response");
    if (response == null) {
      return DEFAULT;
    }
    ResponseType type = ResponseType.ofWord(response.word("type", ResponseType.WORDS, "auto"));
    String delimiter = response.optionalText("delimiter", DELIMITER);
    String keyDelimiter = response.optionalText("keyDelimiter", DELIMITER);
    String keyText = response.optionalText("key", PATH);
    JsonPath key = keyText == null ? null : Paths.read(keyText, response.pointer("key"), faults);
    List<Extraction> extractions = extractions(response, faults);
    response.refuseOthers();
    if (type != ResponseType.TEXT && type != ResponseType.AUTO) {
      refuse(response, "delimiter", "Only a text has a delimiter; the type is " + type.word());
      refuse(response, "keyDelimiter", "Only a text has a delimiter; the type is " + type.word());
    }
    if (keyDelimiter != null && keyDelimiter.equals(delimiter == null ? "," : delimiter)) {
      response.fault("keyDelimiter", "keyDelimiter must differ from delimiter.");
    }
    if (type == ResponseType.BINARY) {
      refuse(response, "key", "Nothing is read from binary answers");
      refuse(response, "extract", "Nothing is read from binary answers");
    }
    return new ResponseSettings(type, delimiter, keyDelimiter, key, extractions);
  }

  private static void refuse(Members response, String name, String why) {
    if (response.has(name)) {
      response.fault(name, why + "; leave it out.");
    }
  }

  private static List<Extraction> extractions(Members response, Faults faults) {
    var extractions = new ArrayList<Extraction>();
    Set<String> names = new HashSet<>();
    for (Members members : response.objects("extract", 0, MOST_EXTRACTIONS)) {
      String name = members.text("name", NAME);
      String path = members.text("path", PATH);
      members.refuseOthers();
      if (!name.isEmpty() && !names.add(name)) {
        members.fault("name", "Another extraction has this name already.");
      }
      JsonPath parsed = path.isEmpty() ? null : Paths.read(path, members.pointer("path"), faults);
      if (parsed != null) {
        extractions.add(new Extraction(name, parsed));
      }
    }
    return extractions;
  }

  /// As it is written in a connector's document.
  public Json json() {
    Json.Builder out =
        Json.object()
            .put("type", type.word())
            .putIfPresent("delimiter", delimiter)
            .putIfPresent("keyDelimiter", keyDelimiter)
            .putIfPresent("key", key == null ? null : key.text());
    if (!extractions.isEmpty()) {
      out.put(
          "extract",
          new JsonArray(
              extractions.stream()
                  .<Json>map(extraction ->
                      Json.object()
                          .put("name", extraction.name())
                          .put("path", extraction.path().text())
                          .build())
                  .toList()));
    }
    return out.build();
  }

  /// Whether an answer has to be read when it comes, and not only when somebody looks at it.
  public boolean readsAtOnce() {
    return key != null
        || !extractions.isEmpty()
        || switch (type) {
          case JSON, XML, TEXT -> true;
          case BINARY, AUTO -> false;
        };
  }

  /// How a body is read, without what is then looked for in it.
  ResponseSettings withoutPaths() {
    return new ResponseSettings(type, delimiter, keyDelimiter, null, List.of());
  }

  /// Whether the log has to remember them to read an answer again.
  boolean areRemembered() {
    return type != ResponseType.AUTO || delimiter != null || keyDelimiter != null;
  }
}
