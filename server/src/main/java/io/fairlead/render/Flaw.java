package io.fairlead.render;

/// Something wrong in a template's text.
///
/// @param at the offset in the text
/// @param detail what is wrong and what was expected
record Flaw(int at, String detail) {
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
