package io.fairlead.ingest;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Cuts a batch into its events without reading them.
final class Cutter {
  /// More in one batch are refused.
  static final int MAX_EVENTS = 1_000;

  /// Where one event stands in the body.
  record Piece(int offset, int length) {}

  /// What cutting came to.
  sealed interface Result {
    /// Its pieces.
    record Cut(List<Piece> pieces) implements Result {}

    /// The body is not a batch.
    record Wrong(Problem problem) implements Result {}
  }

  private final JsonReader json;

  Cutter(JsonReader json) {
    this.json = json;
  }

  /// Cuts a JSON array.
  ///
  /// @param mayBeEmpty whether one without events is a batch too
  Result array(byte[] body, boolean mayBeEmpty) {
    if (!JsonReader.isUtf8(body, 0, body.length)) {
      return wrong("The body is not valid UTF-8.");
    }
    var pieces = new ArrayList<Piece>();
    try (JsonParser parser = json.cutter(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return wrong("A batch is a JSON array of events.");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        pieces.add(new Piece(start, (int) parser.currentLocation().getByteOffset() - start));
      }
      if (parser.nextToken() != null) {
        return wrong("There is more after the array.");
      }
    } catch (JacksonException e) {
      return wrong(JsonReader.sentence(e));
    }
    return mayBeEmpty && pieces.isEmpty() ? new Result.Cut(pieces) : bounded(pieces);
  }

  /// Cuts at line ends; empty lines are passed over.
  Result lines(byte[] body) {
    var pieces = new ArrayList<Piece>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (!isBlank(body, start, i)) {
          pieces.add(new Piece(start, i - start));
        }
        start = i + 1;
      }
    }
    return bounded(pieces);
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static Result bounded(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return wrong("A batch has at least one event.");
    }
    return pieces.size() > MAX_EVENTS
        ? new Result.Wrong(Problem.of(Kind.TOO_LARGE, "A batch has at most 1,000 events."))
        : new Result.Cut(pieces);
  }

  private static Result wrong(String detail) {
    return new Result.Wrong(Problem.invalid(List.of(Fault.at("", detail))));
  }
}
