package io.fairlead.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;

/// A pattern of somebody's own: RE2 syntax, whose time grows with the text and never explodes. Its
/// size and the text are bounded too, so that no search takes longer than some milliseconds.
final class SafePattern {
  static final int MAX_LENGTH = 200;

  /// In a longer text nothing is found.
  static final int MAX_TEXT = 4_096;

  /// `x{1000}` is a thousand steps, and each may be taken at every character.
  private static final int MAX_STEPS = 500;

  /// What reading a pattern came to.
  sealed interface Read {
    record Good(SafePattern pattern) implements Read {}

    /// @param detail the end of a sentence
    record Bad(String detail) implements Read {}
  }

  private final Pattern pattern;

  private SafePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static Read of(String text) {
    if (text.length() > MAX_LENGTH) {
      return new Read.Bad("has at most 200 characters");
    }
    if (steps(text) > 4L * MAX_STEPS) {
      return tooMany();
    }
    try {
      Pattern pattern = Pattern.compile(text);
      return pattern.programSize() > MAX_STEPS
          ? tooMany()
          : new Read.Good(new SafePattern(pattern));
    } catch (PatternSyntaxException e) {
      return new Read.Bad("is a pattern in RE2 syntax: " + e.getDescription());
    }
  }

  private static Read tooMany() {
    return new Read.Bad("repeats too much; a pattern may come to 500 steps");
  }

  /// Whether it is found anywhere in a text; `^` and `$` bind it to the ends.
  boolean isIn(String text) {
    return text.length() <= MAX_TEXT && pattern.matcher(text).find();
  }

  /// About how many steps it comes to, found without compiling it: counted repetitions inside
  /// counted repetitions would fill the memory.
  private static long steps(String text) {
    var outer = new ArrayDeque<Long>();
    long sum = 0;
    long last = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> {
          outer.push(sum + last);
          sum = 0;
          last = 0;
        }
        case ')' -> {
          last = sum + last + 1;
          sum = outer.isEmpty() ? 0 : outer.pop();
        }
        case '{' -> last = bounded(last * count(text, i + 1));
        case '\\' -> {
          sum = bounded(sum + last);
          last = 1;
          if (text.startsWith("\\Q", i)) {
            int end = text.indexOf("\\E", i);
            last = text.length();
            i = end < 0 ? text.length() : end;
          }
          i++;
        }
        case '[' -> {
          sum = bounded(sum + last);
          last = 1;
          i = endOfClass(text, i);
        }
        default -> {
          sum = bounded(sum + last);
          last = 1;
        }
      }
    }
    while (!outer.isEmpty()) {
      sum = bounded(sum + outer.pop());
    }
    return bounded(sum + last);
  }

  private static long bounded(long steps) {
    return Math.min(steps, 1_000_000_000);
  }

  private static int endOfClass(String text, int start) {
    // The first ] may be meant itself.
    int i = text.startsWith("[^", start) ? start + 3 : start + 2;
    while (i < text.length() && text.charAt(i) != ']') {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.startsWith("[:", i)) {
        int end = text.indexOf(":]", i + 2);
        i = end < 0 ? i : end + 1;
      }
      i++;
    }
    return i;
  }

  /// The largest of the numbers in `{n}`, `{n,}` or `{n,m}`; 1 when it is none of them.
  private static int count(String text, int at) {
    int largest = 1;
    int number = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(number * 10 + c - '0', 10_000);
        largest = Math.max(largest, number);
      } else if (c == ',') {
        number = 0;
      } else {
        return c == '}' ? largest : 1;
      }
    }
    return 1;
  }
}
