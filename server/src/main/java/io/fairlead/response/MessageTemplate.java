package io.fairlead.response;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a rule says of an answer: text with `{{path}}` where a part of the answer is to stand, and
/// `{{$status}}` for its status. What is not there becomes a question mark.
///
/// @param source as it was written
record MessageTemplate(String source, List<Piece> pieces) {
  /// A message is cut to this many characters.
  static final int LONGEST = 500;

  /// A part of a message.
  sealed interface Piece {
    /// As it was written.
    record Text(String text) implements Piece {}

    /// A value of the answer.
    record Value(JsonPath path) implements Piece {}

    /// The answer's status.
    enum Status implements Piece {
      /// The only one.
      STATUS
    }
  }

  MessageTemplate {
    pieces = List.copyOf(pieces);
  }

  /// Reads a template; null when something is wrong.
  static @Nullable MessageTemplate read(String source, String pointer, Faults faults) {
    var pieces = new ArrayList<Piece>();
    int at = 0;
    for (int open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", at)) {
      int close = source.indexOf("}}", open);
      if (close < 0) {
        faults.at(pointer, "The {{ at column %d is not closed by }}.".formatted(open + 1));
        return null;
      }
      Piece piece = piece(source.substring(open + 2, close).strip(), open + 3, pointer, faults);
      if (piece == null) {
        return null;
      }
      pieces.add(new Piece.Text(source.substring(at, open)));
      pieces.add(piece);
      at = close + 2;
    }
    pieces.add(new Piece.Text(source.substring(at)));
    return new MessageTemplate(source, pieces);
  }

  private static @Nullable Piece piece(String text, int column, String pointer, Faults faults) {
    if (text.equals("$status")) {
      return Piece.Status.STATUS;
    }
    return switch (JsonPath.parse(text)) {
      case JsonPath.Parsed.Good(JsonPath path) -> new Piece.Value(path);
      case JsonPath.Parsed.Bad(int at, String detail) -> {
        faults.at(
            pointer,
            "Column %d: a path into the answer or $status stands here. %s"
                .formatted(column + at, detail));
        yield null;
      }
    };
  }

  /// Whether it looks into the answer's body.
  boolean readsBody() {
    return pieces.stream().anyMatch(Piece.Value.class::isInstance);
  }

  /// The message.
  ///
  /// @param answer what was read; null when nothing could be
  /// @param mask takes secrets out of a value
  String message(@Nullable Integer status, @Nullable Json answer, UnaryOperator<String> mask) {
    var out = new StringBuilder();
    for (Piece piece : pieces) {
      out.append(
          switch (piece) {
            case Piece.Text(String text) -> text;
            case Piece.Status _ -> status == null ? "?" : status.toString();
            case Piece.Value(JsonPath path) -> {
              Json value = answer == null ? null : path.get(answer);
              yield value == null ? "?" : mask.apply(text(value));
            }
          });
      if (out.length() > LONGEST) {
        break;
      }
    }
    return Cut.to(out.toString(), LONGEST);
  }

  private static String text(Json value) {
    return value instanceof JsonString(String text) ? text : JsonWriter.text(value);
  }
}
