package io.fairlead.json;

import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2 as JSON: one document, text for names, no tags that make objects, no duplicate
/// names, no deeper than 200. An alias is the value that it names, and all of them together may
/// make no more than a bounded number of values. Numbers keep their digits.
public final class YamlReader {
  /// Values in one document, each alias counted as all that it stands for.
  public static final int MAX_VALUES = 2_000_000;

  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,5})?");
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;

  /// A value with a name, and how many values it is.
  private record Anchored(Json value, int weight) {}

  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String sentence, Event where) {
      super(sentence + at(where.getStartMark()), null, false, false);
    }
  }

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /// Reads one document.
  ///
  /// @param most the most characters
  public static JsonReader.Result read(String text, int most) {
    if (text.length() > most) {
      return new JsonReader.Result.Malformed(
          "The text is longer than %,d characters.".formatted(most));
    }
    // With a smaller buffer a long line would be copied once for each buffer of it.
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(most)
            .setBufferSize(Math.max(1_024, text.length()))
            .setLabel("text")
            .build();
    try {
      return new JsonReader.Result.Read(
          new YamlReader(new Parse(settings).parseString(text).iterator()).document());
    } catch (Wrong e) {
      return new JsonReader.Result.Malformed(String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      return new JsonReader.Result.Malformed("The text is no YAML" + at(e.getProblemMark()));
    } catch (YamlEngineException e) {
      return new JsonReader.Result.Malformed("The text is no YAML.");
    }
  }

  private static String at(Optional<Mark> mark) {
    return mark.map(there ->
            ", at line %d, column %d.".formatted(there.getLine() + 1, there.getColumn() + 1))
        .orElse(".");
  }

  private Json document() throws Wrong {
    Event event = next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentStart) {
      event = next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      throw new Wrong("There is no YAML value", event);
    }
    Json value = value(event, 0);
    Event end = next();
    Event after = end.getEventId() == Event.ID.DocumentEnd ? next() : end;
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new Wrong("There is a second document", after);
    }
    return value;
  }

  private Event next() throws Wrong {
    Event event = events.next();
    if (++values > MAX_VALUES * 2) {
      throw tooMany(event);
    }
    return event;
  }

  private static Wrong tooMany(Event event) {
    return new Wrong("There are more than %,d values".formatted(MAX_VALUES), event);
  }

  private Json value(Event event, int depth) throws Wrong {
    if (depth > JsonReader.MAX_DEPTH) {
      throw new Wrong("The text is nested deeper than " + JsonReader.MAX_DEPTH, event);
    }
    int before = values;
    Json value =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> sequence(depth);
          case MappingStart -> mapping(depth);
          case Alias -> alias((AliasEvent) event);
          case Comment,
              DocumentEnd,
              DocumentStart,
              MappingEnd,
              SequenceEnd,
              StreamEnd,
              StreamStart ->
              throw new Wrong("A value is missing", event);
        };
    if (event instanceof NodeEvent node
        && event.getEventId() != Event.ID.Alias
        && node.getAnchor().isPresent()) {
      anchors.put(node.getAnchor().get(), new Anchored(value, values - before + 1));
    }
    return value;
  }

  private Json alias(AliasEvent event) throws Wrong {
    Anchored anchored = anchors.get(event.getAlias());
    if (anchored == null) {
      throw new Wrong("The alias names nothing that is complete before it", event);
    }
    values += anchored.weight;
    if (values > MAX_VALUES || values < 0) {
      throw new Wrong("The aliases make more than %,d values".formatted(MAX_VALUES), event);
    }
    return anchored.value;
  }

  private Json sequence(int depth) throws Wrong {
    var items = new ArrayList<Json>();
    Event event = next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(value(event, depth + 1));
      event = next();
    }
    return new JsonArray(items);
  }

  private Json mapping(int depth) throws Wrong {
    var members = new LinkedHashMap<String, Json>();
    Event event = next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      String name = name(event);
      if (members.containsKey(name)) {
        throw new Wrong("A name stands twice in one mapping", event);
      }
      members.put(name, value(next(), depth + 1));
      event = next();
    }
    return new JsonObject(members);
  }

  private String name(Event event) throws Wrong {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getValue();
    }
    if (event instanceof AliasEvent alias
        && anchors.get(alias.getAlias()) instanceof Anchored(JsonString(String name), int _)) {
      return name;
    }
    throw new Wrong("A name in a mapping must be text", event);
  }

  private static Json scalar(ScalarEvent event) {
    String text = event.getValue();
    String tag = event.getTag().orElse("");
    if (!event.isPlain() || !tag.isEmpty()) {
      return new JsonString(text);
    }
    Json known = known(text);
    return known == null ? new JsonString(text) : known;
  }

  /// What a text without quotes means in the core schema, or null for text.
  private static @Nullable Json known(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> JsonNull.NULL;
      case "true", "True", "TRUE" -> new JsonBool(true);
      case "false", "False", "FALSE" -> new JsonBool(false);
      default -> number(text);
    };
  }

  private static @Nullable Json number(String text) {
    if (text.length() > MAX_NUMBER_LENGTH || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return null;
    }
    String unsigned = text.startsWith("+") ? text.substring(1) : text;
    if (WHOLE.matcher(text).matches()) {
      return new JsonNumber(unsigned);
    }
    if (!DECIMAL.matcher(text).matches()) {
      return null;
    }
    // JSON has digits on both sides of the point.
    String full = unsigned.replaceFirst("^(-?)\\.", "$10.").replaceFirst("\\.(?![0-9])", "");
    return new JsonNumber(full);
  }
}
