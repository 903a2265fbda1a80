package io.fairlead.ingest;

import io.fairlead.base.Clock;
import io.fairlead.base.Problem.Fault;
import io.fairlead.ingest.EventDraft.Part;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads CloudEvents 1.0: the JSON format, and the binary mode of the HTTP binding.
///
/// `source` and `id` together are the sender's id of the event, `subject` is its key. Data that is
/// not JSON becomes a JSON string: text as it is, anything else in Base64. `dataschema` and
/// extension attributes are passed over.
final class CloudEventReader {
  private static final String VERSION = "1.0";
  private static final int MAX_ID = 200;
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonReader json;
  private final Clock clock;

  CloudEventReader(JsonReader json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /// What only CloudEvents have, while one is read.
  private static final class Context {
    @Nullable String version;
    @Nullable String source;
    @Nullable String id;
    @Nullable String contentType;
    @Nullable String base64;
  }

  /// Reads one in the JSON format.
  EventReader.Result structured(
      long tenant, byte[] body, int offset, int length, @Nullable String idempotencyKey) {
    if (!JsonReader.isUtf8(body, offset, length)) {
      return wrong("The body is not valid UTF-8.");
    }
    var draft = new EventDraft(tenant, idempotencyKey, CloudEventReader::inBody);
    var context = new Context();
    try (JsonParser parser = json.parser(body, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return wrong("A CloudEvent is a JSON object.");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        member(draft, context, parser, body, offset);
      }
      if (parser.nextToken() != null) {
        return wrong("There is more after the event.");
      }
    } catch (JacksonException e) {
      return wrong(JsonReader.sentence(e));
    }
    check(draft, context, name -> Fault.at("/" + name, ""));
    String base64 = context.base64;
    if (base64 != null) {
      binaryData(draft, context, base64);
    } else if (draft.data == null) {
      draft.data = NULL;
    }
    return draft.result(clock.millis());
  }

  private static void member(
      EventDraft draft, Context context, JsonParser parser, byte[] body, int offset) {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    switch (name) {
      case "specversion" -> context.version = text(draft, name, parser, token);
      case "type" -> draft.type = text(draft, name, parser, token);
      case "source" -> context.source = text(draft, name, parser, token);
      case "id" -> context.id = text(draft, name, parser, token);
      case "subject" -> draft.subject = text(draft, name, parser, token);
      case "time" -> draft.time = text(draft, name, parser, token);
      case "datacontenttype" -> context.contentType = text(draft, name, parser, token);
      case "data_base64" -> context.base64 = text(draft, name, parser, token);
      case "data" -> draft.data = EventReader.slice(parser, body, offset);
      default -> parser.skipChildren();
    }
  }

  /// An attribute; null when it is unset, which `null` says too.
  private static @Nullable String text(
      EventDraft draft, String name, JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    if (token != JsonToken.VALUE_NULL) {
      parser.skipChildren();
      wrong(draft, name, Fault.at("/" + name, "It must be a string."));
    }
    return null;
  }

  /// A type that is wrong is not missing too.
  private static void wrong(EventDraft draft, String attribute, Fault fault) {
    if (attribute.equals("type")) {
      draft.fault(Part.TYPE, fault.detail());
    } else {
      draft.faults.add(fault);
    }
  }

  private void binaryData(EventDraft draft, Context context, String base64) {
    if (draft.data != null) {
      draft.faults.add(Fault.at("/data_base64", "An event has data or data_base64, not both."));
      return;
    }
    try {
      take(draft, context.contentType, Base64.getDecoder().decode(base64), "/data_base64");
    } catch (IllegalArgumentException e) {
      draft.data = NULL;
      draft.faults.add(Fault.at("/data_base64", "It must be Base64."));
    }
  }

  /// Reads one whose attributes are the headers `ce-…`.
  EventReader.Result binary(
      long tenant,
      byte[] body,
      Function<String, @Nullable String> headers,
      @Nullable String idempotencyKey) {
    var draft = new EventDraft(tenant, idempotencyKey, CloudEventReader::inHeaders);
    var context = new Context();
    context.version = header(draft, headers, "ce-specversion");
    draft.type = header(draft, headers, "ce-type");
    context.source = header(draft, headers, "ce-source");
    context.id = header(draft, headers, "ce-id");
    draft.subject = header(draft, headers, "ce-subject");
    draft.time = header(draft, headers, "ce-time");
    check(draft, context, name -> Fault.inHeader("ce-" + name, ""));
    take(draft, headers.apply("Content-Type"), body, "");
    return draft.result(clock.millis());
  }

  /// A header's value: without quotes if it has them, then percent-decoded once.
  private static @Nullable String header(
      EventDraft draft, Function<String, @Nullable String> headers, String name) {
    String value = headers.apply(name);
    if (value == null) {
      return null;
    }
    String decoded = decoded(unquoted(value.strip()));
    if (decoded == null) {
      wrong(
          draft,
          name.substring("ce-".length()),
          Fault.inHeader(name, "It is not valid percent-encoded UTF-8."));
    }
    return decoded;
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    var out = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      if (value.charAt(i) == '\\' && i + 2 < value.length()) {
        i++;
      }
      out.append(value.charAt(i));
    }
    return out.toString();
  }

  private static @Nullable String decoded(String value) {
    if (value.indexOf('%') < 0 && value.chars().allMatch(c -> c <= '~')) {
      return value;
    }
    var bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > '~') {
        return null;
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
      if (low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return strict(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  /// The attributes that every CloudEvent has.
  ///
  /// @param place a fault of an attribute, without its sentence
  private static void check(EventDraft draft, Context context, Function<String, Fault> place) {
    String version = context.version;
    if (version == null || !version.equals(VERSION)) {
      fault(draft, place.apply("specversion"), "CloudEvents 1.0 are taken: specversion is 1.0.");
    }
    String source = context.source;
    if (source == null || source.isEmpty() || source.chars().anyMatch(c -> c <= ' ')) {
      fault(draft, place.apply("source"), "A CloudEvent needs a source, a URI without blanks.");
    }
    String id = context.id;
    if (id == null || id.isEmpty()) {
      fault(draft, place.apply("id"), "A CloudEvent needs an id.");
    }
    if (source != null && id != null && !source.isEmpty() && !id.isEmpty()) {
      draft.clientId = identity(source, id);
    }
  }

  private static void fault(EventDraft draft, Fault at, String detail) {
    if (draft.faults.stream().noneMatch(fault -> fault.at().equals(at.at()))) {
      draft.faults.add(new Fault(at.where(), at.at(), detail));
    }
  }

  /// Both, with a blank between, which no source has; what is too long for an id is hashed.
  private static String identity(String source, String id) {
    String whole = source + " " + id;
    return whole.codePointCount(0, whole.length()) <= MAX_ID ? whole : "sha256 " + sha256(whole);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Takes data that is given as bytes of some content type.
  ///
  /// @param pointer where it stands in the body
  private void take(
      EventDraft draft, @Nullable String contentType, byte[] content, String pointer) {
    draft.data = NULL;
    if (content.length == 0) {
      return;
    }
    String[] parts =
        (contentType == null ? "application/json" : contentType)
            .toLowerCase(Locale.ROOT)
            .split(";", -1);
    String type = parts[0].strip();
    if (type.endsWith("/json") || type.endsWith("+json")) {
      takeJson(draft, content, pointer);
      return;
    }
    boolean isText = type.startsWith("text/") || type.endsWith("/xml") || type.endsWith("+xml");
    Charset charset = isText ? charset(parts) : StandardCharsets.ISO_8859_1;
    String text =
        charset == null
            ? null
            : isText ? strict(content, charset) : Base64.getEncoder().encodeToString(content);
    if (text == null) {
      draft.faults.add(
          Fault.at(
              pointer, "The data is not text in UTF-8, or in the charset of its content type."));
    } else {
      draft.data = JsonWriter.bytes(Json.of(text));
    }
  }

  private static @Nullable Charset charset(String[] parts) {
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      String parameter = part.strip().replace("\"", "");
      if (parameter.startsWith("charset=")) {
        return switch (parameter.substring("charset=".length())) {
          case "utf-8", "utf8", "us-ascii", "ascii" -> StandardCharsets.UTF_8;
          case "iso-8859-1", "latin1" -> StandardCharsets.ISO_8859_1;
          default -> null;
        };
      }
    }
    return StandardCharsets.UTF_8;
  }

  private static @Nullable String strict(byte[] bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private void takeJson(EventDraft draft, byte[] content, String pointer) {
    String wrong = null;
    if (!JsonReader.isUtf8(content, 0, content.length)) {
      wrong = "The data is not valid UTF-8.";
    } else {
      try (JsonParser parser = json.parser(content, 0, content.length)) {
        if (parser.nextToken() != null) {
          draft.data = EventReader.slice(parser, content, 0);
          wrong = parser.nextToken() == null ? null : "There is more after the data.";
        }
      } catch (JacksonException e) {
        wrong = JsonReader.sentence(e);
      }
    }
    if (wrong != null) {
      draft.faults.add(Fault.at(pointer, wrong));
    }
  }

  private static Fault inBody(Part part, String detail) {
    return Fault.at("/" + name(part), detail);
  }

  private static Fault inHeaders(Part part, String detail) {
    return part == Part.DATA ? Fault.at("", detail) : Fault.inHeader("ce-" + name(part), detail);
  }

  private static String name(Part part) {
    return switch (part) {
      case TYPE -> "type";
      case ID -> "id";
      case KEY -> "subject";
      case TIME -> "time";
      case DATA -> "data";
    };
  }

  private static EventReader.Result wrong(String detail) {
    return new EventReader.Result.Wrong(List.of(Fault.at("", detail)));
  }
}
