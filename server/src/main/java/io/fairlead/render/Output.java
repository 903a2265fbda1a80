package io.fairlead.render;

import io.fairlead.json.Json;
import io.fairlead.render.Piece.Item;
import io.fairlead.render.Piece.Stop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes pieces as text. It stops at the first that cannot be written, or where more comes out
/// than may; while somebody looks, it notes that and goes on, for the sake of the other tokens.
final class Output {
  private static final String MASKED = "***";

  private final StringBuilder out = new StringBuilder(256);
  private final Values values;
  private final int most;
  private final boolean masked;

  /// @param most the most characters
  /// @param masked whether `***` is written for each secret
  Output(Values values, int most, boolean masked) {
    this.values = values;
    this.most = masked ? Integer.MAX_VALUE : most;
    this.masked = masked;
  }

  /// What was written.
  StringBuilder text() {
    return out;
  }

  /// Whether more came out than may.
  boolean isTooLong() {
    return out.length() > most;
  }

  /// Whether what belongs to a token is left out, since it may be absent and is; that is noted.
  boolean leavesOut(Piece.@Nullable Hole optional) {
    if (optional == null) {
      return false;
    }
    Values.Found found = values.find(optional.expression());
    if (!(found instanceof Values.Found.Absent)) {
      return false;
    }
    Trace trace = values.trace();
    if (trace != null) {
      trace.note(optional, values.source(optional.expression(), found), "");
    }
    return true;
  }

  /// Appends pieces; null when all is well.
  @Nullable Stop append(List<Piece> pieces) {
    for (Piece piece : pieces) {
      Stop stop =
          switch (piece) {
            case Piece.Literal(String text) -> {
              out.append(text);
              yield null;
            }
            case Piece.Hole hole -> fill(hole, values.find(hole.expression()));
            case Piece.Segment segment -> segment(segment);
            case Piece.Whole whole -> whole(whole);
            case Piece.If(var subject, var then, var otherwise) ->
                append(values.holds(subject) ? then : otherwise);
            case Piece.Each(var loop, var inside) -> each(loop, () -> append(inside));
            case Piece.Joined joined -> new Joiner(joined).items(joined.items());
          };
      if (stop != null) {
        return stop;
      }
    }
    return null;
  }

  private @Nullable Stop fill(Piece.Hole hole, Values.Found found) {
    if (masked && hole.expression().isSecret()) {
      hole.escape().masked(out, MASKED);
      return null;
    }
    int start = out.length();
    String refused =
        switch (found) {
          case Values.Found.Value(Json json) -> hole.escape().append(out, json);
          case Values.Found.Default(Json json) -> hole.escape().append(out, json);
          case Values.Found.Absent absent -> hole.escape().absent(out);
          case Values.Found.Missing(String reason) -> reason;
        };
    if (refused == null && out.length() > most) {
      refused = "with this value it is longer than %,d characters".formatted(most);
    }
    Trace trace = values.trace();
    if (trace != null) {
      String value =
          hole.expression().isSecret() ? MASKED : out.substring(Math.min(start, out.length()));
      trace.note(hole, values.source(hole.expression(), found), refused == null ? value : null);
      return null;
    }
    return refused == null ? null : new Stop(hole.source(), hole.place(), refused);
  }

  private @Nullable Stop segment(Piece.Segment segment) {
    int start = out.length();
    Stop stop = append(segment.pieces());
    return stop == null && values.trace() == null && isDots(out, start)
        ? new Stop(
            segment.first().source(),
            segment.first().place(),
            "the path segment comes out as dots, which mean another path")
        : stop;
  }

  private @Nullable Stop whole(Piece.Whole whole) {
    if (masked && Piece.anySecret(whole.pieces())) {
      whole.escape().masked(out, MASKED);
      return null;
    }
    var inner = new Output(values, most, masked);
    Stop stop = inner.append(whole.pieces());
    if (stop != null || values.trace() != null) {
      return stop;
    }
    String text = inner.text().toString();
    String refused = whole.type() == null ? null : whole.type().refused(text);
    if (refused == null) {
      refused = whole.escape().text(out, text);
    }
    return refused == null
        ? null
        : new Stop(whole.first().source(), whole.first().place(), refused);
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

  /// What is written for one item.
  private interface Turn {
    @Nullable Stop write();
  }

  private @Nullable Stop each(Piece.Loop loop, Turn turn) {
    List<Json> items;
    switch (values.items(loop)) {
      case Values.Items.Some(var some) -> items = some;
      case Values.Items.Wrong(String reason) -> {
        return stop(loop, reason);
      }
    }
    values.enter(loop, items);
    Stop stop = null;
    while (stop == null && values.next()) {
      stop = turn.write();
      if (stop == null && out.length() > most) {
        stop = stop(loop, "it comes out longer than %,d characters".formatted(most));
      }
      if (stop == null && values.isSpent()) {
        stop = stop(loop, "there is too much to do for one request");
      }
    }
    values.leave();
    return stop;
  }

  private @Nullable Stop stop(Piece.Loop loop, String reason) {
    return values.trace() == null ? new Stop(loop.source(), loop.place(), reason) : null;
  }

  /// Writes items with something between them.
  private final class Joiner {
    private final String between;
    private String joint;

    Joiner(Piece.Joined joined) {
      this.joint = joined.first();
      this.between = joined.between();
    }

    @Nullable Stop items(List<Item> items) {
      for (Item item : items) {
        Stop stop =
            switch (item) {
              case Item.One(var pieces) -> {
                join();
                yield append(pieces);
              }
              case Item.Maybe maybe -> maybe(maybe);
              case Item.If(var subject, var then, var otherwise) ->
                  items(values.holds(subject) ? then : otherwise);
              case Item.Each(var loop, var inside) -> each(loop, () -> items(inside));
            };
        if (stop != null) {
          return stop;
        }
      }
      return null;
    }

    private @Nullable Stop maybe(Item.Maybe maybe) {
      if (leavesOut(maybe.hole())) {
        return null;
      }
      join();
      return append(maybe.pieces());
    }

    private void join() {
      out.append(joint);
      joint = between;
    }
  }
}
