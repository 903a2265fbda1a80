package io.fairlead.command;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonString;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What kind of value an input takes.
public enum InputType {
  /// A string of at most {@link Input#LONGEST} characters.
  TEXT,
  /// A JSON number, kept with its digits.
  NUMBER,
  /// `true` or `false`.
  BOOLEAN,
  /// A string that is a date: `2026-03-31`.
  DATE;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// The words in documents, in order.
  static final List<String> WORDS = Arrays.stream(values()).map(InputType::word).toList();

  /// The word in documents.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static InputType of(String word) {
    return values()[WORDS.indexOf(word)];
  }

  /// What a right value is, as the end of a sentence.
  String expected() {
    return switch (this) {
      case TEXT -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case DATE -> "a date such as 2026-03-31";
    };
  }

  boolean fits(Json value) {
    return switch (this) {
      case TEXT -> value instanceof JsonString;
      case NUMBER -> value instanceof JsonNumber;
      case BOOLEAN -> value instanceof JsonBool;
      case DATE -> value instanceof JsonString(String text) && isDate(text);
    };
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && DAY.parse(text, LocalDate::from).getYear() > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
