package io.fairlead.json;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a text in a request has to be.
///
/// @param min the fewest characters (Unicode code points)
/// @param max the most
/// @param fits whether the whole text is right, apart from its length; asked only when that is
/// @param expected what a right text is, as the end of a sentence that starts with the member's
///   name: `has no control characters`
public record TextRule(int min, int max, Predicate<String> fits, String expected) {
  /// One line for people: no control characters.
  public static TextRule line(int min, int max) {
    return new TextRule(min, max, TextRule::isLine, "has no line breaks or control characters");
  }

  /// Any text.
  public static TextRule any(int min, int max) {
    return new TextRule(min, max, text -> true, "");
  }

  /// Text that a pattern matches as a whole.
  public static TextRule matching(int min, int max, String pattern, String expected) {
    return new TextRule(min, max, Pattern.compile(pattern).asMatchPredicate(), expected);
  }

  /// What is wrong with a text as the end of a sentence, or null when it is right.
  public @Nullable String fault(String text) {
    int length = text.codePointCount(0, text.length());
    if (length < min) {
      return length == 0 ? "must not be empty" : "has at least " + min + " characters";
    }
    if (length > max) {
      return "has at most " + max + " characters";
    }
    if (hasLoneSurrogate(text)) {
      return "is not valid Unicode: half of a surrogate pair";
    }
    return fits.test(text) ? null : expected;
  }

  private static boolean isLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
