package io.fairlead.adaptor;

import io.fairlead.render.DateFormats;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a row writes a date.
///
/// @param text a format's name or a pattern, as written
/// @param zone as written; null: UTC
record DateFormat(String text, @Nullable String zone, DateFormats format) {
  /// Formats as forms of older systems spell them, in the letters of PHP.
  private static final Map<String, String> SPELLED = spelled();

  private static Map<String, String> spelled() {
    var names = new LinkedHashMap<String, String>();
    names.put("Y-m-d H:i:s", "datetime");
    names.put("Y-m-d", "date");
    names.put("m/d/Y", "us");
    names.put("m/d/Y h:i:s A", "us12");
    names.put("m/d/Y H:i:s", "us24");
    names.put("j-m-y", "short");
    names.put("Ymd", "compact");
    names.put("m.d.y", "dotted");
    names.put("F j, Y", "long");
    names.put("c", "iso");
    names.put("Ymd\\THis\\Z", "compactUtc");
    names.put("U", "unix");
    return names;
  }

  /// What reading came to.
  sealed interface Read {
    record Good(DateFormat format) implements Read {}

    /// @param inZone whether the zone is at fault
    record Bad(boolean inZone, String sentence) implements Read {}
  }

  static Read read(String text, @Nullable String zone) {
    return switch (DateFormats.parse(SPELLED.getOrDefault(text, text), zone)) {
      case DateFormats.Parsed.Good(DateFormats format) ->
          new Read.Good(new DateFormat(text, zone, format));
      case DateFormats.Parsed.Bad(boolean inZone, String detail) -> new Read.Bad(inZone, detail);
    };
  }
}
