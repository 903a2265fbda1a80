package io.fairlead.render;

import io.fairlead.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads JSON text with tokens where values are and inside strings, and with blocks that stand for
/// any number of items or members, or for text inside a string. The text is checked as a whole, so
/// that no data can make it come out broken; what is not a tag is sent as it was typed, but for the
/// commas of a list with a block in it.
final class JsonTemplate extends TemplateReader {
  private JsonTemplate(TemplateText template) {
    super(template);
  }

  /// The pieces of a template; meaningless when there are flaws.
  static List<Piece> read(TemplateText template) {
    int lone = TemplateText.loneSurrogate(template.text());
    if (lone >= 0) {
      template.flaw(lone, "Expected text, but found half of a surrogate pair.");
      return List.of();
    }
    return new JsonTemplate(template).read();
  }

  private List<Piece> read() {
    try {
      blanks();
      value(0);
      blanks();
      if (at < text.length()) {
        throw wrong("the end after the JSON value");
      }
      flush(text.length());
    } catch (Flawed flawed) {
      // After a tag that cannot be read, what follows it only looks wrong.
      if (template.isGood()) {
        template.flaw(flawed);
      }
    }
    return out.pieces();
  }

  private void value(int depth) throws Flawed {
    if (depth > JsonReader.MAX_DEPTH) {
      throw new Flawed(at, "Expected no deeper nesting than %d.".formatted(JsonReader.MAX_DEPTH));
    }
    if (isAtTag()) {
      tagForValue(depth);
      return;
    }
    switch (peek()) {
      case '{' -> list('{', '}', depth);
      case '[' -> list('[', ']', depth);
      case '"' -> string();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> throw wrong("a JSON value");
    }
  }

  /// A token, or a choice of two values.
  private void tagForValue(int depth) throws Flawed {
    int open = at;
    flush(open);
    Tag tag = tag();
    switch (tag) {
      case null -> {}
      case Tag.Value(var expression) ->
          out.add(template.token(open, at, expression), template, Escape.JSON_VALUE);
      case Tag.OpenIf(var subject) -> {
        template.enter(open, false);
        List<Piece> then = branch(depth, open, Tag.Else.ELSE);
        List<Piece> otherwise = branch(depth, open, Tag.CloseIf.CLOSE_IF);
        template.leave(false);
        out.add(new Piece.If(subject, then, otherwise));
      }
      case Tag.OpenEach each ->
          throw new Flawed(open, "Expected one value here: #each stands inside of [ ].");
      case Tag.Else middle -> throw new Flawed(open, TemplateParser.unopened(tag));
      case Tag.CloseIf close -> throw new Flawed(open, TemplateParser.unopened(tag));
      case Tag.CloseEach close -> throw new Flawed(open, TemplateParser.unopened(tag));
    }
    literal = at;
  }

  /// One value and the tag after it.
  private List<Piece> branch(int depth, int open, Tag expected) throws Flawed {
    blanks();
    List<Piece> value = pieces(() -> value(depth + 1));
    blanks();
    Tag found = isAtTag() ? tag() : null;
    if (!expected.equals(found)) {
      throw new Flawed(
          open,
          "Expected one value, %s, another value and {{/if}}, as one of the two stands here."
              .formatted(Tag.Else.ELSE.words()));
    }
    return value;
  }

  /// Reading that may go wrong.
  private interface Reading {
    void read() throws Flawed;
  }

  private List<Piece> pieces(Reading reading) throws Flawed {
    return apart(
            () -> {
              reading.read();
              return null;
            })
        .pieces();
  }

  /// An array or an object.
  private void list(char opening, char closing, int depth) throws Flawed {
    int open = at++;
    flush(open);
    var list = new Items(closing, depth + 1, open);
    Stop stop = list.read(null);
    refuse(stop);
    if (list.hasBlocks) {
      out.add(String.valueOf(opening)).add(new Piece.Joined("", ",", list.items));
      out.add(String.valueOf(closing));
    } else {
      out.addAll(list.typed.pieces());
    }
    literal = at;
  }

  /// What was read last in a list.
  private enum Before {
    START,
    ITEM,
    COMMA,
    BLOCK,
    COMMA_AT_BLOCK
  }

  /// The items of an array or members of an object, to its end or to the end of the block that they
  /// stand in. A comma beside a tag of a block may be written or left out.
  private final class Items {
    private final char closing;
    private final int depth;
    private final Set<String> names = new HashSet<>();
    private final List<Piece.Item> items = new ArrayList<>();

    /// The same as typed, which counts while there are no blocks.
    private final Piece.Row typed = row();

    private int from;
    private boolean hasBlocks;
    private Before before = Before.START;

    /// @param from where the text begins that is kept as typed
    Items(char closing, int depth, int from) {
      this.closing = closing;
      this.depth = depth;
      this.from = from;
    }

    private boolean isObject() {
      return closing == '}';
    }

    /// @param block where the block around the items opens; null: they stand in brackets
    @Nullable Stop read(@Nullable Integer block) throws Flawed {
      if (block != null) {
        before = Before.BLOCK;
      }
      while (true) {
        blanks();
        if (block != null && (at >= text.length() || peek() == closing)) {
          return null;
        }
        if (isAtTag()) {
          Stop stop = tagAmongItems();
          if (stop != null) {
            return stop;
          }
        } else if (peek() == closing && block == null && before != Before.COMMA) {
          at++;
          typed.add(text.substring(from, at));
          return null;
        } else if (peek() == ',' && (before == Before.ITEM || before == Before.BLOCK)) {
          at++;
          before = before == Before.BLOCK ? Before.COMMA_AT_BLOCK : Before.COMMA;
        } else {
          item();
        }
      }
    }

    private void item() throws Flawed {
      if (before == Before.ITEM) {
        throw wrong(", or " + closing);
      }
      typed.add(text.substring(from, at));
      List<Piece> pieces = pieces(isObject() ? this::member : () -> value(depth));
      from = at;
      typed.addAll(pieces);
      items.add(new Piece.Item.One(pieces));
      before = Before.ITEM;
    }

    private void member() throws Flawed {
      int start = at;
      if (peek() != '"') {
        throw wrong(
            before == Before.START
                ? "a member's name in quotes or }"
                : "a member's name in quotes");
      }
      if (!names.add(name())) {
        throw new Flawed(start, "Expected a name that is not in this object already.");
      }
      blanks();
      if (peek() != ':') {
        throw wrong(":");
      }
      at++;
      blanks();
      value(depth);
    }

    private @Nullable Stop tagAmongItems() throws Flawed {
      int open = at;
      Tag tag = tag();
      int after = at;
      switch (tag) {
        case null -> itemOfTag(open, after);
        case Tag.Value value -> itemOfTag(open, open);
        case Tag.OpenIf(var subject) -> {
          template.enter(open, false);
          Items then = inside(open, Tag.CloseIf.CLOSE_IF);
          boolean hasElse = then.end instanceof Tag.Else;
          Items otherwise = hasElse ? inside(open, Tag.CloseIf.CLOSE_IF) : then;
          if (!(otherwise.end instanceof Tag.CloseIf)) {
            throw TemplateParser.unclosed(open, Tag.CloseIf.CLOSE_IF, otherwise.end);
          }
          template.leave(false);
          names.addAll(then.names);
          names.addAll(otherwise.names);
          List<Piece.Item> second = hasElse ? otherwise.items : List.of();
          block(new Piece.Item.If(subject, List.copyOf(then.items), List.copyOf(second)));
        }
        case Tag.OpenEach each -> {
          if (isObject()) {
            throw new Flawed(
                open, "Expected no #each in an object: its members would have the same names.");
          }
          Piece.Loop loop = template.loop(open, after, each);
          template.enter(open, true);
          Items inside = inside(open, Tag.CloseEach.CLOSE_EACH);
          if (!(inside.end instanceof Tag.CloseEach)) {
            throw TemplateParser.unclosed(open, Tag.CloseEach.CLOSE_EACH, inside.end);
          }
          template.leave(true);
          block(new Piece.Item.Each(loop, List.copyOf(inside.items)));
        }
        case Tag.Else middle -> {
          return new Stop(open, tag);
        }
        case Tag.CloseIf close -> {
          return new Stop(open, tag);
        }
        case Tag.CloseEach close -> {
          return new Stop(open, tag);
        }
      }
      return null;
    }

    /// A token among items is one of them; among members it is nothing.
    ///
    /// @param next where to go on; after a tag that could not be read, behind it
    private void itemOfTag(int open, int next) throws Flawed {
      if (isObject()) {
        throw new Flawed(open, "Expected a member's name in quotes; tokens may not be names.");
      }
      at = next;
      if (next == open) {
        item();
      } else {
        before = Before.ITEM;
      }
    }

    private @Nullable Tag end;

    private Items inside(int open, Tag expected) throws Flawed {
      var inside = new Items(closing, depth, at);
      inside.names.addAll(names);
      Stop stop = inside.read(open);
      if (stop == null) {
        throw TemplateParser.unclosed(open, expected, null);
      }
      inside.end = stop.tag();
      return inside;
    }

    private void block(Piece.Item item) {
      items.add(item);
      hasBlocks = true;
      before = Before.BLOCK;
      from = at;
    }
  }

  /// A member's name with its quotes, without its escapes.
  private String name() throws Flawed {
    int open = at++;
    var name = new StringBuilder();
    while (peek() != '"') {
      endsOrIsRaw(open);
      if (isAtTag()) {
        throw new Flawed(at, "Expected a member's name without tokens; tokens may not be names.");
      }
      if (peek() == '\\') {
        name.append(escape());
      } else {
        name.append(text.charAt(at++));
      }
    }
    at++;
    return name.toString();
  }

  private void string() throws Flawed {
    int open = at++;
    refuse(inside(open));
    at++;
  }

  /// Reads a string up to its closing quote, or to a tag that ends the block around what is read.
  private @Nullable Stop inside(int quote) throws Flawed {
    while (peek() != '"') {
      endsOrIsRaw(quote);
      if (isAtTag()) {
        Stop stop = tagInText(Escape.JSON_STRING, () -> inside(quote));
        if (stop != null) {
          return stop;
        }
      } else if (peek() == '\\') {
        var _ = escape();
      } else {
        at++;
      }
    }
    return null;
  }

  private void endsOrIsRaw(int quote) throws Flawed {
    if (at >= text.length()) {
      throw new Flawed(quote, "Expected \" to close the string that begins here.");
    }
    if (peek() < ' ') {
      throw wrong("a string without raw control characters (a line end is written \\n)");
    }
  }

  private char escape() throws Flawed {
    at++;
    char c = peek();
    if (c == 'u') {
      at++;
      int code = 0;
      for (int i = 0; i < 4; i++, at++) {
        int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
        if (digit < 0) {
          throw wrong("four hexadecimal digits after \\u");
        }
        code = code << 4 | digit;
      }
      return (char) code;
    }
    int which = "\"\\/bfnrt".indexOf(c);
    if (which < 0) {
      throw wrong("one of \" \\ / b f n r t u after a backslash");
    }
    at++;
    return "\"\\/\b\f\n\r\t".charAt(which);
  }

  private void number() throws Flawed {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    char c = peek();
    if ((c >= '0' && c <= '9') || (isAtTag() && tagAt(at) instanceof Tag.Value)) {
      throw wrong("the end of the number");
    }
  }

  private void digits() throws Flawed {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("a digit");
    }
  }

  private void word(String word) throws Flawed {
    if (!text.startsWith(word, at)) {
      throw wrong("a JSON value");
    }
    at += word.length();
  }
}
