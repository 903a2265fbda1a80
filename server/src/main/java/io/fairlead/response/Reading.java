package io.fairlead.response;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an answer's body says, read as the settings declare it.
///
/// @param type what it was read as; AUTO only when nothing was read
/// @param value what was read; null when nothing could be, or there was nothing to read
/// @param lenient whether it is no JSON by the letter and was read all the same
/// @param note a sentence why there is no value; null when there is one, or none was wanted
/// @param wrong whether the body is not what it was declared to be
public record Reading(
    ResponseType type,
    @Nullable Json value,
    boolean lenient,
    @Nullable String note,
    boolean wrong) {
  private static final JsonReader JSON = new JsonReader();
  private static final int LONGEST_NAME = 100;

  /// Reads a body. Total: whatever came, there is a reading.
  ///
  /// @param contentType the answer's header, or null
  /// @param body as far as it was kept
  /// @param size how large it was, in bytes
  public static Reading of(
      ResponseSettings settings, @Nullable String contentType, byte[] body, long size) {
    if (settings.type() == ResponseType.BINARY) {
      return new Reading(ResponseType.BINARY, null, false, null, false);
    }
    if (size == 0) {
      return new Reading(settings.type(), null, false, "The answer has no body.", false);
    }
    if (size > ResponseSettings.LARGEST || size > body.length) {
      long most = Math.min(ResponseSettings.LARGEST, body.length);
      String note =
          String.format(
              Locale.ROOT, "The answer has %,d bytes; more than %,d are not read.", size, most);
      return new Reading(settings.type(), null, false, note, true);
    }
    MediaType media = MediaType.of(contentType);
    return new Reader(settings, media, Decoded.of(body, media)).read();
  }

  private static Reading right(ResponseType type, Json value) {
    return new Reading(type, value, false, null, false);
  }

  private record Reader(ResponseSettings settings, MediaType media, Decoded decoded) {
    Reading read() {
      String text = decoded.text();
      return switch (settings.type()) {
        case BINARY -> new Reading(ResponseType.BINARY, null, false, null, false);
        case AUTO -> text == null ? binary() : auto(text);
        case JSON -> text == null ? unreadable() : json(text);
        case XML -> text == null ? unreadable() : xml(text);
        case TEXT -> text == null || isBinary(text) ? unreadable() : text(text);
      };
    }

    private Reading auto(String text) {
      if (media.isJson()) {
        return json(text);
      }
      if (media.isXml()) {
        return xml(text);
      }
      if (!media.isVague()) {
        return binary();
      }
      char first = first(text);
      if ((first == '{' || first == '[')
          && JSON.read(text) instanceof JsonReader.Result.Read(Json value)) {
        return right(ResponseType.JSON, value);
      }
      if (text.startsWith("<?xml") && XmlTree.read(text) instanceof XmlTree.Read.Tree(Json value)) {
        return right(ResponseType.XML, value);
      }
      if (isBinary(text)) {
        return binary();
      }
      return settings.delimiter() == null && settings.keyDelimiter() == null
          ? right(ResponseType.TEXT, new JsonString(text))
          : cut(text);
    }

    private static Reading binary() {
      return new Reading(ResponseType.BINARY, null, false, null, false);
    }

    private Reading json(String text) {
      return switch (JSON.read(text)) {
        case JsonReader.Result.Read(Json value) -> right(ResponseType.JSON, value);
        case JsonReader.Result.Malformed(String detail) -> {
          Json lenient = LenientJson.read(text);
          yield lenient == null
              ? wrong(ResponseType.JSON, detail)
              : new Reading(ResponseType.JSON, lenient, true, null, false);
        }
      };
    }

    private Reading xml(String text) {
      return switch (XmlTree.read(text.stripLeading())) {
        case XmlTree.Read.Tree(Json value) -> right(ResponseType.XML, value);
        case XmlTree.Read.Refused(String detail) -> wrong(ResponseType.XML, detail);
      };
    }

    /// Anything is a text, but what says of itself that it is something else, and is, is not meant.
    private Reading text(String text) {
      boolean other =
          (media.isJson() && JSON.read(text) instanceof JsonReader.Result.Read)
              || (media.isXml() && XmlTree.read(text) instanceof XmlTree.Read.Tree);
      return other ? wrong(ResponseType.TEXT, "") : cut(text);
    }

    private Reading cut(String text) {
      String delimiter = settings.delimiter();
      Json value =
          DelimitedText.read(text, delimiter == null ? "," : delimiter, settings.keyDelimiter());
      return value == null
          ? wrong(ResponseType.TEXT, "It has more than 100,000 items.")
          : right(ResponseType.TEXT, value);
    }

    private Reading wrong(ResponseType declared, String detail) {
      String came = came();
      boolean same = came.equals(declared.name());
      String sentence =
          same || (settings.type() == ResponseType.AUTO)
              ? "The answer%s cannot be read as %s. %s"
                  .formatted(saying(), declared, detail)
                  .strip()
              : "The response type is declared %s, but %s came%s."
                  .formatted(declared, came, saying());
      return new Reading(declared, null, false, sentence, true);
    }

    private Reading unreadable() {
      String sentence =
          "The response type is declared %s, but what came%s is not valid %s."
              .formatted(settings.type(), saying(), decoded.charset());
      if (decoded.text() != null) {
        sentence =
            "The response type is declared %s, but binary data came%s."
                .formatted(settings.type(), saying());
      }
      return new Reading(settings.type(), null, false, sentence, true);
    }

    private String saying() {
      String name = media.name();
      if (name.isEmpty()) {
        return "";
      }
      return " ("
          + (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name)
          + ")";
    }

    /// What it looks like.
    private String came() {
      String text = decoded.text();
      if (text == null || isBinary(text)) {
        return "binary data";
      }
      char first = first(text);
      if ((first == '{' || first == '[')
          && (media.isJson() || JSON.read(text) instanceof JsonReader.Result.Read)) {
        return "JSON";
      }
      if (first == '<') {
        String start = text.stripLeading();
        String low = start.substring(0, Math.min(start.length(), 15)).toLowerCase(Locale.ROOT);
        boolean html = low.startsWith("<!doctype html") || low.startsWith("<html");
        return html || media.name().equals("text/html") ? "HTML" : "XML";
      }
      return "text";
    }

    private static char first(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (!Character.isWhitespace(text.charAt(i))) {
          return text.charAt(i);
        }
      }
      return '\0';
    }

    private static boolean isBinary(String text) {
      return text.indexOf('\0') >= 0;
    }
  }
}
