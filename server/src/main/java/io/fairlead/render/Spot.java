package io.fairlead.render;

/// Where in a document a template stands, told of the tokens in it.
final class Spot {
  private final String pointer;
  private final String place;
  private final boolean counts;
  private final String text;
  private int counted;
  private int line = 1;
  private int column = 1;

  private Spot(String text, String pointer, String place, boolean counts) {
    this.text = text;
    this.pointer = pointer;
    this.place = place;
    this.counts = counts;
  }

  /// A text whose tokens all have one name for where they stand.
  ///
  /// @param pointer a JSON pointer into the connector's document
  /// @param place in words that follow "in"
  static Spot of(String text, String pointer, String place) {
    return new Spot(text, pointer, place, false);
  }

  /// A text whose tokens are told apart by line and column.
  static Spot counting(String text, String pointer, String place) {
    return new Spot(text, pointer, place, true);
  }

  /// The hole of a token; tokens are asked for in the order they stand.
  Piece.Hole hole(Part.Token token, Escape escape) {
    return new Piece.Hole(token.expression(), token.source(), pointer, place(token.at()), escape);
  }

  /// Counted on from the last time: a long template may be one line of tokens.
  private String place(int at) {
    if (!counts) {
      return place;
    }
    while (counted < at) {
      if (text.charAt(counted) == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(text.charAt(counted))) {
        column++;
      }
      counted++;
    }
    return "%s at line %d, column %d".formatted(place, line, column);
  }
}
