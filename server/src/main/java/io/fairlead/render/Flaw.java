package io.fairlead.render;

import io.fairlead.json.Faults;
import java.util.List;

/// Something wrong in a template's text.
///
/// @param at the offset in the text
/// @param detail what is wrong and what was expected
record Flaw(int at, String detail) {
  /// A text that is wrong all over is told so a few times, not a thousand.
  private static final int MOST_OF_ONE_TEXT = 10;

  /// Notes the flaws of one text as faults of a document.
  static void note(List<Flaw> flaws, String text, String pointer, Faults faults) {
    for (Flaw flaw : flaws.subList(0, Math.min(flaws.size(), MOST_OF_ONE_TEXT))) {
      faults.at(pointer, flaw.in(text));
    }
  }

  /// The flaw with line and column, counted from 1 in characters as a person counts them.
  String in(String text) {
    return words(text, at) + ": " + detail;
  }

  /// `Line 2, column 7` of an offset.
  static String words(String text, int at) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < at && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return "Line %d, column %d".formatted(line, text.codePointCount(start, at) + 1);
  }
}
