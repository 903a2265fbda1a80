package io.fairlead.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What readers of structured text with tokens have in common: a place in the text, the literal
/// that has not been handed on, and blocks around text.
abstract class TemplateReader {
  final TemplateText template;
  final String text;
  Piece.Row out;
  int at;

  /// Where the literal begins that has not been handed on.
  int literal;

  private int tagAt = -1;
  private int tagTo;
  private @Nullable Tag tag;

  TemplateReader(TemplateText template) {
    this.template = template;
    this.text = template.text();
    this.out = row();
  }

  /// A tag that ends what is being read, passed over already.
  record Stop(int at, Tag tag) {}

  /// Reads text up to its own end, which is not passed over: then null; or up to a tag that ends
  /// the block that it stands in.
  interface Inside {
    @Nullable Stop read() throws Flawed;
  }

  final Piece.Row row() {
    return new Piece.Row(template.scope());
  }

  /// What is read into pieces of its own.
  final Apart apart(Inside inside) throws Flawed {
    Piece.Row around = out;
    out = row();
    literal = at;
    Stop stop = inside.read();
    flush(stop == null ? at : stop.at);
    List<Piece> pieces = out.pieces();
    out = around;
    literal = at;
    return new Apart(pieces, stop == null ? null : stop.tag);
  }

  /// @param end the tag that ended it, or null
  record Apart(List<Piece> pieces, @Nullable Tag end) {}

  /// Reads a tag among text: a token, or a block around more of such text.
  final @Nullable Stop tagInText(Escape escape, Inside inside) throws Flawed {
    int open = at;
    flush(open);
    Tag here = tag();
    int after = at;
    switch (here) {
      case null -> {}
      case Tag.Value(var expression) ->
          out.add(template.token(open, after, expression), template, escape);
      case Tag.OpenIf(var subject) -> {
        template.enter(open, false);
        Apart then = apart(inside);
        Apart otherwise =
            then.end instanceof Tag.Else ? apart(inside) : new Apart(List.of(), then.end);
        if (!(otherwise.end instanceof Tag.CloseIf)) {
          throw TemplateParser.unclosed(open, Tag.CloseIf.CLOSE_IF, otherwise.end);
        }
        template.leave(false);
        out.add(new Piece.If(subject, then.pieces, otherwise.pieces));
      }
      case Tag.OpenEach each -> {
        Piece.Loop loop = template.loop(open, after, each);
        template.enter(open, true);
        Apart turn = apart(inside);
        if (!(turn.end instanceof Tag.CloseEach)) {
          throw TemplateParser.unclosed(open, Tag.CloseEach.CLOSE_EACH, turn.end);
        }
        template.leave(true);
        out.add(new Piece.Each(loop, turn.pieces));
      }
      case Tag.Else middle -> {
        return new Stop(open, middle);
      }
      case Tag.CloseIf close -> {
        return new Stop(open, close);
      }
      case Tag.CloseEach close -> {
        return new Stop(open, close);
      }
    }
    literal = at;
    return null;
  }

  /// Refuses a tag that ends a block where none is open.
  static void refuse(@Nullable Stop stop) throws Flawed {
    if (stop != null) {
      throw new Flawed(stop.at, TemplateParser.unopened(stop.tag));
    }
  }

  final boolean isAtTag() {
    return text.startsWith("{{", at);
  }

  /// Reads the tag that opens here and goes behind it; null, and a flaw, when it cannot be read.
  final @Nullable Tag tag() throws Flawed {
    Tag here = tagAt(at);
    at = tagTo;
    return here;
  }

  /// The tag that opens at an offset; the last one is remembered, since lists look ahead.
  final @Nullable Tag tagAt(int open) throws Flawed {
    if (tagAt != open) {
      tagTo = template.endOfTag(open);
      tagAt = open;
      try {
        tag = template.tag(open, tagTo);
      } catch (Flawed flawed) {
        template.flaw(flawed);
        tag = null;
      }
    }
    return tag;
  }

  final void flush(int to) {
    if (to > literal) {
      out.add(text.substring(literal, to));
    }
    literal = to;
  }

  /// Passes over blanks; whether there were any.
  final boolean blanks() {
    int start = at;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  final char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  final Flawed wrong(String expected) {
    String found =
        at >= text.length()
            ? "the end"
            : Character.isISOControl(text.charAt(at))
                ? "a control character"
                : Character.toString(text.codePointAt(at));
    return new Flawed(at, "Expected %s, but found %s.".formatted(expected, found));
  }
}
