package io.fairlead.ingest;

import io.fairlead.base.Clock;
import io.fairlead.base.Nearest;
import io.fairlead.base.Problem.Fault;
import io.fairlead.event.NewEvent;
import io.fairlead.ingest.EventDraft.Part;
import io.fairlead.json.JsonReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads an event as it is sent, `{"type","data","id"?,"time"?,"key"?}`. The data is scanned and
/// taken as it stands: no tree is built on the hot path.
final class EventReader {
  /// What reading came to.
  sealed interface Result {
    /// An event that may be stored.
    record Read(NewEvent event) implements Result {}

    /// The text is not one; every fault is named.
    record Wrong(List<Fault> faults) implements Result {}
  }

  private static final List<String> MEMBERS = List.of("type", "data", "id", "time", "key");
  private final JsonReader json;
  private final Clock clock;

  EventReader(JsonReader json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /// Reads one event.
  Result read(long tenant, byte[] body, int offset, int length, @Nullable String idempotencyKey) {
    if (!JsonReader.isUtf8(body, offset, length)) {
      return wrong("", "The body is not valid UTF-8.");
    }
    var draft = new EventDraft(tenant, idempotencyKey, EventReader::fault);
    try (JsonParser parser = json.parser(body, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return wrong("", "An event is a JSON object with type and data.");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        member(draft, parser, body, offset);
      }
      if (parser.nextToken() != null) {
        return wrong("", "There is more after the event.");
      }
    } catch (JacksonException e) {
      return wrong("", JsonReader.sentence(e));
    }
    return draft.result(clock.millis());
  }

  private static void member(EventDraft draft, JsonParser parser, byte[] body, int offset) {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    switch (name) {
      case "type" -> draft.type = text(draft, Part.TYPE, parser, token);
      case "id" -> draft.clientId = text(draft, Part.ID, parser, token);
      case "key" -> draft.subject = text(draft, Part.KEY, parser, token);
      case "time" -> draft.time = text(draft, Part.TIME, parser, token);
      case "data" -> draft.data = slice(parser, body, offset);
      default -> {
        draft.faults.add(Fault.at(pointer(name), unknown(name)));
        parser.skipChildren();
      }
    }
  }

  private static Fault fault(Part part, String detail) {
    return Fault.at("/" + part.name().toLowerCase(Locale.ROOT), detail);
  }

  private static @Nullable String text(
      EventDraft draft, Part part, JsonParser parser, JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      draft.fault(part, "It must be a string.");
      return null;
    }
    return parser.getString();
  }

  static byte[] slice(JsonParser parser, byte[] body, int offset) {
    int start = offset + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = offset + (int) parser.currentLocation().getByteOffset();
    return Arrays.copyOfRange(body, start, end);
  }

  /// A long name is cut, so that no answer grows with it.
  private static String pointer(String name) {
    String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
    return "/" + shown.replace("~", "~0").replace("/", "~1");
  }

  private static String unknown(String name) {
    String near = Nearest.to(name, MEMBERS);
    return near == null
        ? "An event has no such member; it has type, data, id, time and key."
        : "An event has no such member; did you mean %s?".formatted(near);
  }

  private static Result wrong(String pointer, String detail) {
    return new Result.Wrong(List.of(Fault.at(pointer, detail)));
  }
}
