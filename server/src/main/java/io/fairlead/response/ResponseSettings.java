package io.fairlead.response;

import io.fairlead.json.JsonPath;
import java.util.List;
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

  public ResponseSettings {
    extractions = List.copyOf(extractions);
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

  /// Whether the log has to remember them to read an answer again.
  boolean areRemembered() {
    return type != ResponseType.AUTO || delimiter != null || keyDelimiter != null;
  }
}
