package io.fairlead.render;

import io.fairlead.json.JsonWriter;
import java.util.Locale;

/// Filters that make text of text. Places in a text are counted in characters as people count them
/// (Unicode code points).
final class TextFilters {
  private static final int FAR = 1_000_000;
  private static final int SHOWN_OF_MASKED = 4;

  private TextFilters() {}

  static Filter upper() {
    return Filter.ofText(text -> Filtered.text(text.toUpperCase(Locale.ROOT)));
  }

  static Filter lower() {
    return Filter.ofText(text -> Filtered.text(text.toLowerCase(Locale.ROOT)));
  }

  static Filter trim() {
    return Filter.ofText(text -> Filtered.text(text.strip()));
  }

  /// From a place, which is counted from the end when it is negative; to the end, or so many
  /// characters. What is outside of the text is passed over.
  static Filter substring(Arguments arguments) throws Flawed {
    int start = arguments.whole(0, -FAR, FAR);
    int length = arguments.whole(1, 0, FAR, FAR);
    return Filter.ofText(text -> {
      int count = text.codePointCount(0, text.length());
      int from = Math.min(start < 0 ? Math.max(0, count + start) : start, count);
      int to = (int) Math.min(count, (long) from + length);
      int begin = text.offsetByCodePoints(0, from);
      return Filtered.text(text.substring(begin, text.offsetByCodePoints(begin, to - from)));
    });
  }

  /// Every place where a text stands, literally, from left to right.
  static Filter replace(Arguments arguments) throws Flawed {
    String old = arguments.text(0);
    String fresh = arguments.text(1);
    if (old.isEmpty()) {
      throw new Flawed(arguments.at(0), "Expected a text to replace, but found an empty one.");
    }
    return Filter.ofText(text -> {
      long length = text.length();
      for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
        length += fresh.length() - old.length();
      }
      return length > FilterChain.LONGEST
          ? new Filtered.Refused(
              "what comes out is longer than %,d characters".formatted(FilterChain.LONGEST))
          : Filtered.text(text.replace(old, fresh));
    });
  }

  /// `*` for every character but the last few; for every one when there are no more than those.
  static Filter mask(Arguments arguments) throws Flawed {
    int shown = arguments.whole(0, 0, FAR, SHOWN_OF_MASKED);
    return Filter.ofText(text -> {
      int count = text.codePointCount(0, text.length());
      int hidden = count <= shown ? count : count - shown;
      return Filtered.text("*".repeat(hidden) + text.substring(text.offsetByCodePoints(0, hidden)));
    });
  }

  static Filter urlEncode() {
    return Filter.ofText(text -> {
      var out = new StringBuilder(text.length() + 16);
      String refused = Escape.percent(out, text);
      return refused == null ? Filtered.text(out.toString()) : new Filtered.Refused(refused);
    });
  }

  static Filter json() {
    return (value, _) -> Filtered.text(JsonWriter.text(value));
  }

  static Filter xml() {
    return Filter.ofText(text -> {
      var out = new StringBuilder(text.length() + 16);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '&' -> out.append("&amp;");
          case '<' -> out.append("&lt;");
          case '>' -> out.append("&gt;");
          case '"' -> out.append("&quot;");
          case '\'' -> out.append("&apos;");
          default -> out.append(c);
        }
      }
      return Filtered.text(out.toString());
    });
  }
}
