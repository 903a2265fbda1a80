package io.fairlead.render;

import io.fairlead.base.Quote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of output: what a template becomes once the escape of each place is settled. {@link
/// Output} writes it.
sealed interface Piece {
  /// The same for every delivery, escaped already.
  record Literal(String text) implements Piece {}

  /// A token's value.
  ///
  /// @param source the token as typed
  /// @param pointer the text it stands in, a JSON pointer into the connector's document
  /// @param place where it stands, in words that follow "in"
  record Hole(Expression expression, String source, String pointer, String place, Escape escape)
      implements Piece {}

  /// One segment of a URL's path with tokens in it, which may not come out as `.` or `..`.
  record Segment(List<Piece> pieces, Hole first) implements Piece {}

  /// Text that is put together by itself and then written as one value.
  ///
  /// @param type what the text has to be, null for anything
  /// @param escape of the place where all of it stands
  record Whole(List<Piece> pieces, Hole first, @Nullable FieldType type, Escape escape)
      implements Piece {}

  /// The one or the other.
  record If(Reference subject, List<Piece> then, List<Piece> otherwise) implements Piece {}

  /// The same for each item of an array.
  record Each(Loop loop, List<Piece> pieces) implements Piece {}

  /// Items with something between each two of them, however many there come to be.
  ///
  /// @param first what stands before the first, if there is one
  record Joined(String first, String between, List<Item> items) implements Piece {}

  /// What an `#each` runs over.
  ///
  /// @param mayBeAbsent whether no array is as good as an empty one
  /// @param source its opening tag, as typed
  /// @param pointer the text it stands in
  /// @param place where it stands, in words that follow "in"
  record Loop(
      Reference.Path subject, boolean mayBeAbsent, String source, String pointer, String place) {}

  /// What stands between two commas, or makes any number of such.
  sealed interface Item {
    /// One item.
    record One(List<Piece> pieces) implements Item {}

    /// One that is left out when its token has no value.
    ///
    /// @param hole the token
    /// @param pieces all that is written when it has one
    record Maybe(Hole hole, List<Piece> pieces) implements Item {}

    /// The items of the one or the other.
    record If(Reference subject, List<Item> then, List<Item> otherwise) implements Item {}

    /// The same for each item of an array.
    record Each(Loop loop, List<Item> items) implements Item {}

    /// A value with what belongs to it; left out as a whole when the value is one token that may be
    /// absent, and is.
    static Item row(String before, List<Piece> value, String after, Scope scope) {
      Hole optional = optional(value);
      List<Piece> all = new Row(scope).add(before).addAll(value).add(after).pieces();
      return optional == null ? new One(all) : new Maybe(optional, all);
    }
  }

  /// The first token of some pieces, or null when there is none.
  static @Nullable Hole first(List<Piece> pieces) {
    for (Piece piece : pieces) {
      Hole hole =
          switch (piece) {
            case Literal literal -> null;
            case Hole here -> here;
            case Segment segment -> segment.first();
            case Whole whole -> whole.first();
            case If(var subject, var then, var otherwise) -> {
              Hole one = first(then);
              yield one == null ? first(otherwise) : one;
            }
            case Each(var loop, var inside) -> first(inside);
            case Joined(var before, var between, var items) -> firstOf(items);
          };
      if (hole != null) {
        return hole;
      }
    }
    return null;
  }

  private static @Nullable Hole firstOf(List<Item> items) {
    for (Item item : items) {
      Hole hole =
          switch (item) {
            case Item.One(var pieces) -> first(pieces);
            case Item.Maybe(var here, var pieces) -> here;
            case Item.If(var subject, var then, var otherwise) -> {
              Hole one = firstOf(then);
              yield one == null ? firstOf(otherwise) : one;
            }
            case Item.Each(var loop, var inside) -> firstOf(inside);
          };
      if (hole != null) {
        return hole;
      }
    }
    return null;
  }

  /// The token that some pieces consist of, if it may be absent.
  static @Nullable Hole optional(List<Piece> pieces) {
    if (pieces.size() != 1) {
      return null;
    }
    if (pieces.getFirst() instanceof Whole whole) {
      return optional(whole.pieces());
    }
    return pieces.getFirst() instanceof Hole hole && hole.expression().mayBeAbsent() ? hole : null;
  }

  /// Why nothing may be sent.
  ///
  /// @param source the token at fault, as typed
  /// @param place where it stands, in words that follow "in"
  record Stop(String source, String place, String reason) {
    Rendered.Failed failed() {
      String token = Quote.of(source);
      return new Rendered.Failed(token, place, "%s in %s: %s".formatted(token, place, sentence()));
    }

    private String sentence() {
      return reason.endsWith(".") || reason.endsWith("?") ? reason : reason + ".";
    }
  }

  /// Puts pieces in a row, joining literals and filling what is known when a connector is saved.
  final class Row {
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private final Scope scope;

    /// @param scope gives the values that no delivery changes
    Row(Scope scope) {
      this.scope = scope;
    }

    Row add(String text) {
      literal.append(text);
      return this;
    }

    /// Adds a token; gives the reason when its value is known and cannot stand there.
    @Nullable String add(Hole hole) {
      if (hole.expression().isFixed()) {
        var output = new Output(Values.fixed(scope), Integer.MAX_VALUE, false);
        Stop stop = output.append(List.of(hole));
        literal.append(output.text());
        return stop == null ? null : stop.failed().sentence();
      }
      add((Piece) hole);
      return null;
    }

    Row add(Piece piece) {
      if (piece instanceof Literal(String text)) {
        return add(text);
      }
      flush();
      pieces.add(piece);
      return this;
    }

    Row addAll(List<Piece> more) {
      more.forEach(this::add);
      return this;
    }

    /// Adds items with something between them. When none may be left out, the joints are known
    /// already.
    ///
    /// @param first what stands before the first, if there is one
    Row joined(String first, String between, List<Item> items) {
      if (!items.stream().allMatch(Item.One.class::isInstance)) {
        return add(new Joined(first, between, items));
      }
      String joint = first;
      for (Item item : items) {
        if (item instanceof Item.One(List<Piece> one)) {
          add(joint).addAll(one);
          joint = between;
        }
      }
      return this;
    }

    /// Adds parts of a template that all stand in one kind of place. What is wrong is noted.
    Row addParts(List<? extends Part> parts, TemplateText template, Escape escape) {
      for (Part part : parts) {
        switch (part) {
          case Part.Text(int at, String text) -> add(text, at, template, escape);
          case Part.Token token -> add(token, template, escape);
          case Part.If(int _, Reference subject, List<Part> then, List<Part> otherwise) -> {
            List<Piece> first = new Row(scope).addParts(then, template, escape).pieces();
            List<Piece> second = new Row(scope).addParts(otherwise, template, escape).pieces();
            add(new If(subject, first, second));
          }
          case Part.Each(int _, Loop loop, List<Part> inside) ->
              add(new Each(loop, new Row(scope).addParts(inside, template, escape).pieces()));
        }
      }
      return this;
    }

    private void add(String text, int at, TemplateText template, Escape escape) {
      String refused = escape.text(literal, text);
      if (refused != null) {
        template.flaw(at, "The text cannot be sent: %s.".formatted(refused));
      }
    }

    /// Adds a token of a template.
    void add(Part.Token token, TemplateText template, Escape escape) {
      String refused = add(template.hole(token, escape));
      if (refused != null) {
        template.flaw(token.at(), refused);
      }
    }

    private void flush() {
      if (!literal.isEmpty()) {
        pieces.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    List<Piece> pieces() {
      flush();
      return List.copyOf(pieces);
    }
  }

  /// The whole text when no delivery changes it, otherwise null.
  static @Nullable String fixed(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return "";
    }
    return pieces.size() == 1 && pieces.getFirst() instanceof Literal(String text) ? text : null;
  }

  /// How many bytes of UTF-8 come out whatever the data.
  static long literalBytes(List<Piece> pieces) {
    long bytes = 0;
    for (Piece piece : pieces) {
      bytes +=
          switch (piece) {
            case Literal(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
            case Hole hole -> 0;
            case Segment segment -> literalBytes(segment.pieces());
            case Whole whole -> literalBytes(whole.pieces());
            case If branches -> 0;
            case Each loop -> 0;
            case Joined joined -> 0;
          };
    }
    return bytes;
  }

  /// Whether a secret is written somewhere.
  static boolean anySecret(List<Piece> pieces) {
    return pieces.stream().anyMatch(Piece::hasSecret);
  }

  private static boolean hasSecret(Piece piece) {
    return switch (piece) {
      case Literal literal -> false;
      case Hole hole -> hole.expression().isSecret();
      case Segment segment -> anySecret(segment.pieces());
      case Whole whole -> anySecret(whole.pieces());
      case If branches -> anySecret(branches.then()) || anySecret(branches.otherwise());
      case Each loop -> anySecret(loop.pieces());
      case Joined joined -> joined.items().stream().anyMatch(Piece::hasSecret);
    };
  }

  private static boolean hasSecret(Item item) {
    return switch (item) {
      case Item.One one -> anySecret(one.pieces());
      case Item.Maybe maybe -> maybe.hole().expression().isSecret();
      case Item.If branches ->
          branches.then().stream().anyMatch(Piece::hasSecret)
              || branches.otherwise().stream().anyMatch(Piece::hasSecret);
      case Item.Each loop -> loop.items().stream().anyMatch(Piece::hasSecret);
    };
  }
}
