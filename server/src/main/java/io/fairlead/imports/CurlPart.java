package io.fairlead.imports;

import io.fairlead.json.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the value of `-F`: `name=content;type=…;filename=…`.
final class CurlPart {
  /// What curl takes a file for by its name's end.
  private static final Map<String, String> BY_ENDING =
      Map.of(
          ".gif", "image/gif",
          ".jpg", "image/jpeg",
          ".jpeg", "image/jpeg",
          ".png", "image/png",
          ".svg", "image/svg+xml",
          ".txt", "text/plain",
          ".htm", "text/html",
          ".html", "text/html",
          ".pdf", "application/pdf",
          ".xml", "application/xml");

  /// What reading came to.
  sealed interface Read {
    /// A part, as a connector's document has it.
    ///
    /// @param note what could not be taken over, or null
    record Part(Json json, @Nullable String note) implements Read {}

    /// It reads a file.
    enum File implements Read {
      /// The only one.
      FILE
    }

    /// curl would refuse it, or a connector cannot send it.
    record Bad(String detail) implements Read {}
  }

  private final String text;
  private int at;
  private @Nullable String type;
  private @Nullable String filename;
  private @Nullable String note;

  private CurlPart(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /// @param isString whether it is of `--form-string`, which has no parameters
  static Read read(String text, boolean isString) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Read.Bad("curl expects name=content here.");
    }
    String name = text.substring(0, equals);
    if (name.isEmpty()) {
      return new Read.Bad("A part without a name cannot be sent; give it one.");
    }
    if (isString) {
      return new Read.Part(json(name, text.substring(equals + 1), null, null), null);
    }
    if (text.startsWith("@", equals + 1) || text.startsWith("<", equals + 1)) {
      return Read.File.FILE;
    }
    if (text.startsWith("(", equals + 1) || text.startsWith("=)", equals)) {
      return new Read.Bad("Parts within parts cannot be sent.");
    }
    return new CurlPart(text, equals + 1).part(name);
  }

  private Read part(String name) {
    String content = word();
    while (at < text.length()) {
      at++;
      parameter();
    }
    String given = type;
    String file = filename;
    if (given == null && file != null) {
      int dot = file.lastIndexOf('.');
      given = dot < 0 ? null : BY_ENDING.get(file.substring(dot).toLowerCase(Locale.ROOT));
    }
    return new Read.Part(json(name, content, file, given), note);
  }

  private void parameter() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (text.startsWith("type=", at)) {
      at += 5;
      type = typeWord();
    } else if (text.startsWith("filename=", at)) {
      at += 9;
      filename = word();
    } else {
      int equals = text.indexOf('=', at);
      String name = text.substring(at, equals < 0 ? text.length() : equals);
      note = "%s= of this part was left out.".formatted(Draft.shown(name));
      at = equals < 0 ? text.length() : equals + 1;
      var _ = word();
    }
  }

  /// A content type has parameters of its own: up to what begins with one of curl's.
  private String typeWord() {
    var out = new StringBuilder(word());
    while (at < text.length()) {
      int next = at + 1;
      while (next < text.length() && text.charAt(next) == ' ') {
        next++;
      }
      if (text.startsWith("filename=", next)
          || text.startsWith("headers=", next)
          || text.startsWith("encoder=", next)
          || text.startsWith("type=", next)) {
        break;
      }
      at++;
      out.append(';').append(word());
    }
    return out.toString().strip();
  }

  /// Up to the next semicolon, or what stands between quotes.
  private String word() {
    if (at < text.length() && text.charAt(at) == '"') {
      var out = new StringBuilder();
      for (int i = at + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\' && i + 1 < text.length() && "\\\"".indexOf(text.charAt(i + 1)) >= 0) {
          i++;
          out.append(text.charAt(i));
        } else if (c == '"') {
          int semicolon = text.indexOf(';', i);
          at = semicolon < 0 ? text.length() : semicolon;
          return out.toString();
        } else {
          out.append(c);
        }
      }
    }
    int semicolon = text.indexOf(';', at);
    int end = semicolon < 0 ? text.length() : semicolon;
    String word = text.substring(at, end);
    at = end;
    return word.stripTrailing();
  }

  private static Json json(
      String name, String value, @Nullable String filename, @Nullable String type) {
    return Json.object()
        .put("name", name)
        .put("value", value)
        .putIfPresent("filename", filename)
        .putIfPresent("contentType", type)
        .build();
  }
}
