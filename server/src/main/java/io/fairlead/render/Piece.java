package io.fairlead.render;

import io.fairlead.base.Quote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of output: what a template becomes once the escape of each place is settled.
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

  /// Why a value could not be written.
  record Stop(Hole hole, String reason) {
    Rendered.Failed failed() {
      String token = Quote.of(hole.source());
      return new Rendered.Failed(
          token, hole.place(), "%s in %s: %s".formatted(token, hole.place(), sentence()));
    }

    private String sentence() {
      return reason.endsWith(".") || reason.endsWith("?") ? reason : reason + ".";
    }
  }

  /// Appends the pieces; stops at the first that cannot be written, or where more than `most`
  /// characters would come out.
  static @Nullable Stop append(List<Piece> pieces, StringBuilder out, Values values, int most) {
    for (Piece piece : pieces) {
      Stop stop =
          switch (piece) {
            case Literal(String text) -> {
              out.append(text);
              yield null;
            }
            case Hole hole -> fill(hole, out, values, most);
            case Segment segment -> fill(segment, out, values, most);
            case Whole whole -> fill(whole, out, values, most);
          };
      if (stop != null) {
        return stop;
      }
    }
    return null;
  }

  private static @Nullable Stop fill(Hole hole, StringBuilder out, Values values, int most) {
    int start = out.length();
    String refused =
        switch (values.find(hole.expression())) {
          case Values.Found.Value(var json) -> hole.escape().append(out, json);
          case Values.Found.Missing(String reason) -> reason;
        };
    Trace trace = values.trace();
    if (trace != null) {
      String value = refused == null ? out.substring(start) : null;
      trace.note(hole, values.source(hole.expression()), value);
    }
    if (refused != null) {
      return new Stop(hole, refused);
    }
    return out.length() > most
        ? new Stop(hole, "with this value it is longer than %,d characters".formatted(most))
        : null;
  }

  private static @Nullable Stop fill(Segment segment, StringBuilder out, Values values, int most) {
    int start = out.length();
    Stop stop = append(segment.pieces(), out, values, most);
    if (stop == null && isDots(out, start)) {
      return new Stop(
          segment.first(), "the path segment comes out as dots, which mean another path");
    }
    return stop;
  }

  private static @Nullable Stop fill(Whole whole, StringBuilder out, Values values, int most) {
    var inner = new StringBuilder();
    Stop stop = append(whole.pieces(), inner, values, most);
    if (stop != null) {
      return stop;
    }
    String text = inner.toString();
    String refused = whole.type() == null ? null : whole.type().refused(text);
    if (refused == null) {
      refused = whole.escape().text(out, text);
    }
    return refused == null ? null : new Stop(whole.first(), refused);
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
          };
      if (hole != null) {
        return hole;
      }
    }
    return null;
  }

  /// Whether the text from `start` is `.` or `..`, with dots in either spelling.
  static boolean isDots(CharSequence out, int start) {
    int dots = 0;
    for (int i = start; i < out.length(); dots++) {
      if (out.charAt(i) == '.') {
        i++;
      } else if (i + 2 < out.length()
          && out.charAt(i) == '%'
          && out.charAt(i + 1) == '2'
          && (out.charAt(i + 2) | 0x20) == 'e') {
        i += 3;
      } else {
        return false;
      }
    }
    return dots <= 2;
  }

  /// Puts pieces in a row, joining literals and filling what is known when a connector is saved.
  final class Row {
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private final Values fixed;

    /// @param fixed gives the values that no delivery changes
    Row(Values fixed) {
      this.fixed = fixed;
    }

    Row add(String text) {
      literal.append(text);
      return this;
    }

    /// Adds a token; gives the reason when its value is known and cannot stand there.
    @Nullable String add(Hole hole) {
      if (hole.expression() instanceof Expression.SystemValue value && value.isFixed()) {
        Stop stop = fill(hole, literal, fixed, Integer.MAX_VALUE);
        return stop == null ? null : stop.failed().sentence();
      }
      flush();
      pieces.add(hole);
      return null;
    }

    void add(Segment segment) {
      flush();
      pieces.add(segment);
    }

    void add(Whole whole) {
      flush();
      pieces.add(whole);
    }

    /// Adds pieces that were put in a row of their own.
    void addAll(List<Piece> more) {
      for (Piece piece : more) {
        if (piece instanceof Literal(String text)) {
          literal.append(text);
        } else {
          flush();
          pieces.add(piece);
        }
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
          };
    }
    return bytes;
  }
}
