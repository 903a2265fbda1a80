package io.fairlead.render;

import io.fairlead.base.Quote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notes how tokens are filled, for somebody who looks at it. It keeps the first 1,000.
final class Trace {
  private static final int MOST = 1_000;
  private static final int LONGEST_VALUE = 200;

  private final List<TokenUse> uses = new ArrayList<>();

  void note(Piece.Hole hole, String source, @Nullable String value) {
    if (uses.size() < MOST) {
      uses.add(
          new TokenUse(Quote.of(hole.source()), hole.pointer(), hole.place(), source, cut(value)));
    }
  }

  private static @Nullable String cut(@Nullable String value) {
    if (value == null || value.length() <= LONGEST_VALUE) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1)) ? 1 : 0;
    return value.substring(0, LONGEST_VALUE - end) + "…";
  }

  List<TokenUse> uses() {
    return uses;
  }
}
