package io.fairlead.json;

import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.nio.charset.StandardCharsets;

/// Writes JSON compactly; numbers as they were read.
public final class JsonWriter {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonWriter() {}

  /// The value as UTF-8.
  public static byte[] bytes(Json value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /// The value as text.
  public static String text(Json value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /// Appends the value.
  public static void append(StringBuilder out, Json value) {
    switch (value) {
      case JsonObject object -> appendObject(out, object);
      case JsonArray array -> appendArray(out, array);
      case JsonString string -> appendString(out, string.value());
      case JsonNumber number -> out.append(number.text());
      case JsonBool bool -> out.append(bool.value());
      case JsonNull nothing -> out.append("null");
    }
  }

  private static void appendObject(StringBuilder out, JsonObject object) {
    out.append('{');
    boolean first = true;
    for (var member : object.members().entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      appendString(out, member.getKey());
      out.append(':');
      append(out, member.getValue());
    }
    out.append('}');
  }

  private static void appendArray(StringBuilder out, JsonArray array) {
    out.append('[');
    boolean first = true;
    for (Json item : array.items()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      append(out, item);
    }
    out.append(']');
  }

  /// Appends a string with its quotes.
  public static void appendString(StringBuilder out, String value) {
    out.append('"');
    appendEscaped(out, value);
    out.append('"');
  }

  /// Appends what stands between the quotes of a string. A surrogate without its pair is written as
  /// an escape, since UTF-8 has no form for it; U+2028 and U+2029 too, since old JavaScript reads
  /// them as line ends.
  public static void appendEscaped(StringBuilder out, String value) {
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (c < 0x80 || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        out.append(value, from, i);
        appendEscape(out, c);
        from = i + 1;
      }
    }
    out.append(value, from, value.length());
  }

  private static void appendEscape(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> appendUnicode(out, c);
    }
  }

  private static void appendUnicode(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12 & 15])
        .append(HEX[c >> 8 & 15])
        .append(HEX[c >> 4 & 15])
        .append(HEX[c & 15]);
  }
}
