package io.fairlead.render;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a `Content-Type` says of a body (RFC 9110, 8.3), as far as it matters for writing one.
enum MediaType {
  JSON("JSON"),
  XML("XML"),
  FORM("a form"),
  MULTIPART("a body of several parts"),
  OTHER("something else");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*+charset\\s*+=\\s*+\"?+([^\";\\s]++)", Pattern.CASE_INSENSITIVE);

  private final String words;

  MediaType(String words) {
    this.words = words;
  }

  /// The kind, in the words of a sentence.
  String words() {
    return words;
  }

  /// Reads a header's value.
  static MediaType of(String contentType) {
    String type = essence(contentType);
    if (type.equals("application/json") || type.equals("text/json") || type.endsWith("+json")) {
      return JSON;
    }
    if (type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")) {
      return XML;
    }
    if (type.equals("application/x-www-form-urlencoded")) {
      return FORM;
    }
    return type.startsWith("multipart/") ? MULTIPART : OTHER;
  }

  /// Type and subtype in lower case, without parameters.
  static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// Whether it names a character encoding that is not UTF-8.
  static boolean saysOtherCharset(String contentType) {
    Matcher charset = CHARSET.matcher(contentType);
    return charset.find() && !charset.group(1).equalsIgnoreCase("utf-8");
  }
}
