package io.fairlead.response;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How an answer's body is read.
public enum ResponseType {
  /// JSON (RFC 8259), and what third parties take for it.
  JSON,
  /// XML 1.0 as a tree.
  XML,
  /// Text cut at delimiters.
  TEXT,
  /// Not read.
  BINARY,
  /// As the answer's Content-Type says, or as it looks.
  AUTO;

  /// The words of a connector's document.
  public static final List<String> WORDS = Arrays.stream(values()).map(ResponseType::word).toList();

  /// As it stands in a connector's document.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param word one of {@link #WORDS}
  public static ResponseType ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
