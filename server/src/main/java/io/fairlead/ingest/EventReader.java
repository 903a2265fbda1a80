package io.fairlead.ingest;

import io.fairlead.base.Clock;
import io.fairlead.base.Nearest;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Rfc3339;
import io.fairlead.event.NewEvent;
import io.fairlead.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private static final int MAX_TEXT = 200;
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
    var draft = new Draft(tenant, idempotencyKey);
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

  private static void member(Draft draft, JsonParser parser, byte[] body, int offset) {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    switch (name) {
      case "type" -> draft.type = draft.text("/type", parser, token);
      case "id" -> draft.clientId = draft.text("/id", parser, token);
      case "key" -> draft.subject = draft.text("/key", parser, token);
      case "time" -> draft.time = draft.text("/time", parser, token);
      case "data" -> draft.data = slice(parser, body, offset);
      default -> {
        draft.faults.add(Fault.at(pointer(name), unknown(name)));
        parser.skipChildren();
      }
    }
  }

  private static byte[] slice(JsonParser parser, byte[] body, int offset) {
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

  /// An event while it is being read.
  private static final class Draft {
    private final long tenant;
    private final @Nullable String idempotencyKey;
    private final List<Fault> faults = new ArrayList<>(0);
    private @Nullable String type;
    private @Nullable String clientId;
    private @Nullable String subject;
    private @Nullable String time;
    private byte @Nullable [] data;

    Draft(long tenant, @Nullable String idempotencyKey) {
      this.tenant = tenant;
      this.idempotencyKey = idempotencyKey;
    }

    private @Nullable String text(String pointer, JsonParser parser, JsonToken token) {
      if (token != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        faults.add(Fault.at(pointer, "It must be a string."));
        return null;
      }
      return parser.getString();
    }

    private Result result(long now) {
      checkType();
      checkText("/id", clientId);
      checkText("/key", subject);
      Long given = time();
      byte[] read = data;
      if (read == null) {
        faults.add(Fault.at("/data", "An event needs data; any JSON value will do."));
      }
      String name = type;
      if (!faults.isEmpty() || read == null || name == null) {
        return new Result.Wrong(faults);
      }
      byte[] fingerprint =
          clientId == null && idempotencyKey == null ? null : fingerprint(name, read);
      return new Result.Read(
          new NewEvent(
              tenant,
              name,
              subject,
              clientId,
              idempotencyKey,
              fingerprint,
              given == null ? now : given,
              read));
    }

    private void checkType() {
      if (type == null) {
        if (faults.stream().noneMatch(fault -> fault.at().equals("/type"))) {
          faults.add(Fault.at("/type", "An event needs a type, such as invoice.paid."));
        }
      } else if (!isType(type)) {
        faults.add(
            Fault.at("/type", "A type has 1 to 200 characters of A-Z a-z 0-9 . _ : / and -."));
      }
    }

    private void checkText(String pointer, @Nullable String text) {
      if (text == null) {
        return;
      }
      if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT) {
        faults.add(Fault.at(pointer, "It must have 1 to 200 characters."));
      } else if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
        faults.add(
            Fault.at(pointer, "It must not have control characters or halves of characters."));
      }
    }

    private @Nullable Long time() {
      String text = time;
      if (text == null) {
        return null;
      }
      Long millis = Rfc3339.parse(text);
      if (millis != null) {
        return millis;
      }
      faults.add(
          Fault.at("/time", "It must be a time as in RFC 3339, such as 2026-03-02T10:15:03Z."));
      return null;
    }

    private byte[] fingerprint(String name, byte[] read) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : Arrays.asList(name, clientId, subject, time)) {
          digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
          digest.update((byte) (part == null ? 1 : 0));
        }
        return digest.digest(read);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    private static boolean isSurrogate(int codePoint) {
      return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isType(String text) {
      if (text.isEmpty() || text.length() > MAX_TEXT) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (!isTypeCharacter(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean isTypeCharacter(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '.'
          || c == '_'
          || c == ':'
          || c == '/'
          || c == '-';
    }
  }
}
