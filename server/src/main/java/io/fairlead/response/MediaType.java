package io.fairlead.response;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a `Content-Type` says (RFC 9110, 8.3), as far as it can be understood.
///
/// @param name type and subtype in small letters, e.g. `application/json`; empty when there is none
/// @param charset as it was written, or null
record MediaType(String name, @Nullable String charset) {
  static final MediaType NONE = new MediaType("", null);

  private static final int LONGEST = 200;

  static MediaType of(@Nullable String header) {
    if (header == null || header.length() > 1_000) {
      return NONE;
    }
    int semicolon = header.indexOf(';');
    String name = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    if (name.length() > LONGEST) {
      return NONE;
    }
    String charset = null;
    for (int at = semicolon; at >= 0 && charset == null; at = header.indexOf(';', at + 1)) {
      charset = charset(header, at + 1);
    }
    return new MediaType(name.toLowerCase(Locale.ROOT), charset);
  }

  private static @Nullable String charset(String header, int from) {
    int equals = header.indexOf('=', from);
    if (equals < 0 || !header.substring(from, equals).strip().equalsIgnoreCase("charset")) {
      return null;
    }
    int end = header.indexOf(';', equals);
    String value = header.substring(equals + 1, end < 0 ? header.length() : end).strip();
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  boolean isJson() {
    return name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
  }

  boolean isXml() {
    return name.equals("application/xml")
        || name.equals("text/xml")
        || (name.endsWith("+xml") && !name.equals("application/xhtml+xml"));
  }

  /// Whether anything may be behind it: many say `text/plain` or `text/html` of their JSON.
  boolean isVague() {
    return name.isEmpty() || name.startsWith("text/") || name.startsWith("application/x-www-form");
  }
}
