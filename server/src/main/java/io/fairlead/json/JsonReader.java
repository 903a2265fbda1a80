package io.fairlead.json;

import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads JSON strictly: valid UTF-8, no duplicate members, no deeper than 200, one value and
/// nothing after it.
public final class JsonReader {
  /// Deeper nesting is refused.
  public static final int MAX_DEPTH = 200;

  private static final int MAX_NUMBER_LENGTH = 1_000;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(MAX_NUMBER_LENGTH)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// A tree knows its members' names itself.
  private final JsonFactory trees =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

  /// The same, of what people paste: line breaks stand in texts as they are.
  private final JsonFactory pasted =
      JsonFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /// Neither duplicates nor much depth matter where an array is only cut into its items.
  private final JsonFactory cutting =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /// What reading came to.
  public sealed interface Result {
    /// The text was JSON.
    record Read(Json value) implements Result {}

    /// The text was not; the sentence says why and where.
    record Malformed(String detail) implements Result {}
  }

  /// A parser over UTF-8 bytes with the same strictness, for code that scans without a tree. The
  /// bytes must have passed {@link #isUtf8}.
  public JsonParser parser(byte[] utf8, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), utf8, offset, length);
  }

  /// A parser that only cuts a text into pieces, each to be read by itself.
  public JsonParser cutter(byte[] utf8) {
    return cutting.createParser(ObjectReadContext.empty(), utf8, 0, utf8.length);
  }

  /// Reads one JSON text.
  public Result read(byte[] utf8) {
    return read(utf8, trees);
  }

  /// Reads one JSON text in which line breaks and other control characters may stand in strings
  /// unescaped, against RFC 8259.
  public Result readPasted(byte[] utf8) {
    return read(utf8, pasted);
  }

  private Result read(byte[] utf8, JsonFactory factory) {
    if (!isUtf8(utf8, 0, utf8.length)) {
      return new Result.Malformed("The text is not valid UTF-8.");
    }
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), utf8, 0, utf8.length)) {
      if (parser.nextToken() == null) {
        return new Result.Malformed("There is no JSON value.");
      }
      Json value = value(parser);
      if (parser.nextToken() != null) {
        return new Result.Malformed("There is more after the JSON value.");
      }
      return new Result.Read(value);
    } catch (JacksonException e) {
      return new Result.Malformed(sentence(e));
    }
  }

  /// Reads one JSON text.
  public Result read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads a text that the hub itself wrote.
  public Json readTrusted(byte[] utf8) {
    return switch (read(utf8)) {
      case Result.Read read -> read.value();
      case Result.Malformed malformed -> throw new IllegalStateException(malformed.detail());
    };
  }

  /// Whether bytes are well-formed UTF-8: Jackson lets some malformed text pass where it skips.
  public static boolean isUtf8(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int ascii = offset;
    while (ascii < end && bytes[ascii] >= 0) {
      ascii++;
    }
    if (ascii == end) {
      return true;
    }
    try {
      var _ =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, ascii, end - ascii));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// What a parser's exception says to the person who sent the text, without quoting the text.
  public static String sentence(JacksonException e) {
    String what =
        e instanceof StreamConstraintsException
            ? "The text is nested deeper than 200, or a number or name in it is too long"
            : e instanceof StreamReadException && e.getOriginalMessage().startsWith("Duplicate")
                ? "A member name stands twice in one object"
                : "The text is not valid JSON";
    var location = e.getLocation();
    if (location == null || location.getLineNr() < 1) {
      return what + ".";
    }
    return "%s (line %d, column %d).".formatted(what, location.getLineNr(), location.getColumnNr());
  }

  private Json value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonString(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      case VALUE_TRUE -> Json.of(true);
      case VALUE_FALSE -> Json.of(false);
      case VALUE_NULL -> Json.JsonNull.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value starts with " + token);
    };
  }

  private JsonObject object(JsonParser parser) {
    var members = new LinkedHashMap<String, Json>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (members.containsKey(name)) {
        throw new StreamReadException(parser, "Duplicate member");
      }
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new JsonObject(members);
  }

  private JsonArray array(JsonParser parser) {
    var items = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new JsonArray(items);
  }
}
