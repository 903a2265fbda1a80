package io.fairlead.render;

import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;

/// One text with tokens while it is compiled: what it is, what is known of its tokens, and what is
/// wrong with it. `{{` begins a tag and the first `}}` after it ends it, whatever stands between.
final class TemplateText {
  /// The most tags in one text.
  static final int MOST_TAGS = 200;

  /// The deepest that blocks may stand in one another.
  static final int DEEPEST = 8;

  private final String text;
  private final String pointer;
  private final String place;
  private final boolean counts;
  private final Scope scope;
  private final List<Flaw> flaws = new ArrayList<>();
  private int tags;
  private int blocks;
  private int loops;

  private int counted;
  private int line = 1;
  private int column = 1;

  private TemplateText(String text, String pointer, String place, boolean counts, Scope scope) {
    this.text = text;
    this.pointer = pointer;
    this.place = place;
    this.counts = counts;
    this.scope = scope;
  }

  /// A text whose tokens all have one name for where they stand.
  ///
  /// @param pointer where the text stands, a JSON pointer into the connector's document
  /// @param place the same in words that follow "in"
  static TemplateText of(String text, String pointer, String place, Scope scope) {
    return new TemplateText(text, pointer, place, false, scope);
  }

  /// A text whose tokens are told apart by line and column.
  static TemplateText counting(String text, String pointer, String place, Scope scope) {
    return new TemplateText(text, pointer, place, true, scope);
  }

  String text() {
    return text;
  }

  String pointer() {
    return pointer;
  }

  Scope scope() {
    return scope;
  }

  /// The offset after the tag that opens here.
  int endOfTag(int open) throws Flawed {
    int close = text.indexOf("}}", open + 2);
    if (close < 0) {
      throw new Flawed(open, "Expected }} to close the token that begins here.");
    }
    return close + 2;
  }

  /// Reads the tag between two offsets, its braces included.
  Tag tag(int open, int after) throws Flawed {
    if (++tags > MOST_TAGS) {
      throw new Flawed(open, "Expected no more than %d tokens in one text.".formatted(MOST_TAGS));
    }
    Tag tag = new TokenParser(new Cursor(text, open + 2, after - 2), scope, loops > 0).parse();
    if (blocks > 0 && text.substring(open + 2, after - 2).strip().equals("else")) {
      throw new Flawed(open, "Expected {{#else}}; data of that name is written {{[\"else\"]}}.");
    }
    return tag;
  }

  /// Enters a block; what is read until {@link #leave} stands in it.
  ///
  /// @param at where its opening tag is
  void enter(int at, boolean isLoop) throws Flawed {
    if (++blocks > DEEPEST) {
      throw new Flawed(at, "Expected no more than %d blocks in one another.".formatted(DEEPEST));
    }
    loops += isLoop ? 1 : 0;
  }

  /// Leaves a block.
  void leave(boolean isLoop) {
    blocks--;
    loops -= isLoop ? 1 : 0;
  }

  /// A token with its text.
  Part.Token token(int open, int after, Expression expression) {
    return new Part.Token(open, text.substring(open, after), expression);
  }

  /// The hole of a token; tokens and loops are asked for in the order they stand.
  Piece.Hole hole(Part.Token token, Escape escape) {
    return new Piece.Hole(token.expression(), token.source(), pointer, place(token.at()), escape);
  }

  /// What an `#each` runs over.
  Piece.Loop loop(int open, int after, Tag.OpenEach each) {
    String source = text.substring(open, after);
    return new Piece.Loop(each.subject(), each.mayBeAbsent(), source, pointer, place(open));
  }

  /// Where an offset is, in words. Counted on from the last time: a long template may be one line
  /// of tokens.
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

  /// Notes what is wrong.
  void flaw(int at, String detail) {
    flaws.add(new Flaw(at, detail));
  }

  /// Notes what is wrong.
  void flaw(Flawed flawed) {
    flaws.add(flawed.flaw());
  }

  boolean isGood() {
    return flaws.isEmpty();
  }

  List<Flaw> flaws() {
    return flaws;
  }

  /// Hands what is wrong on to a document's faults.
  void note(Faults faults) {
    Flaw.note(flaws, text, pointer, faults);
  }

  /// The offset of the first half of a surrogate pair that stands alone, or -1: such a text has no
  /// form in UTF-8.
  static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
