package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes data as a body, without anybody naming its fields: names come out as in {@link
/// FieldTree}. What a kind of body cannot hold is refused, with the place in the data.
final class DataText {
  private static final String NIL =
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";

  private DataText() {}

  /// A form or its like.
  sealed interface Pairs {
    /// @param pairs names as rows have them, and text
    record Good(List<Map.Entry<String, String>> pairs) implements Pairs {}

    /// @param reason a sentence
    record Bad(String reason) implements Pairs {}
  }

  /// The data as names and texts: `address.city`, `lines[0].sku`. An empty object or list has none.
  static Pairs pairs(Json data) {
    if (!(data instanceof JsonObject object)) {
      return new Pairs.Bad("The data is %s, and a form needs names.".formatted(data.kind()));
    }
    var pairs = new ArrayList<Map.Entry<String, String>>();
    String refused = collect(object, "", pairs);
    return refused == null ? new Pairs.Good(pairs) : new Pairs.Bad(refused);
  }

  private static @Nullable String collect(
      Json value, String name, List<Map.Entry<String, String>> out) {
    switch (value) {
      case JsonObject object -> {
        if (object.members().isEmpty() && !name.isEmpty()) {
          return hollow(name, "an empty object");
        }
        for (var member : object.members().entrySet()) {
          String refused = collect(member.getValue(), below(name, member.getKey()), out);
          if (refused != null) {
            return refused;
          }
        }
        return null;
      }
      case JsonArray(var items) -> {
        if (items.isEmpty()) {
          return hollow(name, "an empty list");
        }
        for (int i = 0; i < items.size(); i++) {
          String refused = collect(items.get(i), name + "[" + i + "]", out);
          if (refused != null) {
            return refused;
          }
        }
        return null;
      }
      case JsonNull nothing -> {
        return hollow(name, "null");
      }
      case Json.JsonString text -> out.add(Map.entry(name, text.value()));
      case Json.JsonNumber number -> out.add(Map.entry(name, number.text()));
      case Json.JsonBool bool -> out.add(Map.entry(name, bool.value() ? "true" : "false"));
    }
    return null;
  }

  private static String hollow(String name, String kind) {
    return "%s in the data is %s, for which a form has no text; name the fields, or give it a default."
        .formatted(Quote.of(name), kind);
  }

  /// Why a name or a text of the data cannot be sent.
  static String cannot(String name, String kind, String refused) {
    return "%s in the data cannot be in %s: %s.".formatted(Quote.of(name), kind, refused);
  }

  private static String below(String name, String member) {
    boolean plain = !member.isEmpty() && member.chars().noneMatch(c -> ".[]".indexOf(c) >= 0);
    String step = plain ? member : "[\"" + member + "\"]";
    return name.isEmpty() || !plain ? name + step : name + "." + step;
  }

  /// Writes the data as an XML document; gives a sentence when it cannot be one. An item of a list
  /// is an element of its own, `@id` an attribute, `#text` the text beside attributes, and `null`
  /// is marked as XML Schema does.
  static @Nullable String xml(StringBuilder out, Json data, XmlNames names) {
    out.append(XmlFields.DECLARATION);
    return new Xml(out, names).element(names.root(), data, XmlScope.OUTERMOST, "");
  }

  private record Xml(StringBuilder out, XmlNames names) {
    /// @param path where the value is in the data
    @Nullable String element(String name, Json value, XmlScope scope, String path) {
      var attributes = new ArrayList<XmlScope.Attribute>();
      if (value instanceof JsonObject object) {
        for (var member : object.members().entrySet()) {
          if (member.getKey().startsWith("@")) {
            String text = Values.text(member.getValue());
            if (text == null) {
              return refused(path, member.getKey(), "it is no text, and an attribute needs text");
            }
            attributes.add(new XmlScope.Attribute(member.getKey().substring(1), text));
          }
        }
      }
      XmlScope inside;
      switch (scope.enter(name, attributes)) {
        case XmlScope.Entered.Good(XmlScope good) -> inside = good;
        case XmlScope.Entered.Bad(int attribute, String reason) -> {
          return "%s cannot be XML: %s".formatted(words(path), reason);
        }
      }
      out.append('<').append(name);
      for (XmlScope.Attribute attribute : attributes) {
        out.append(' ').append(attribute.name()).append("=\"");
        String text = String.valueOf(attribute.value());
        String refused = XmlChars.appendAttribute(out, text);
        if (refused != null) {
          return refused(path, "@" + attribute.name(), refused);
        }
        out.append('"');
      }
      if (value instanceof JsonNull) {
        out.append(NIL);
        return null;
      }
      out.append('>');
      String refused = content(value, inside, path);
      out.append("</").append(name).append('>');
      return refused;
    }

    private @Nullable String content(Json value, XmlScope scope, String path) {
      switch (value) {
        case JsonObject object -> {
          for (var member : object.members().entrySet()) {
            String name = member.getKey();
            String refused =
                name.equals(XmlFields.TEXT)
                    ? text(member.getValue(), below(path, name))
                    : name.startsWith("@")
                        ? null
                        : element(name, member.getValue(), scope, below(path, name));
            if (refused != null) {
              return refused;
            }
          }
          return null;
        }
        case JsonArray(var items) -> {
          for (int i = 0; i < items.size(); i++) {
            String refused = element(names.item(), items.get(i), scope, path + "[" + i + "]");
            if (refused != null) {
              return refused;
            }
          }
          return null;
        }
        case JsonNull nothing -> {
          return null;
        }
        case Json.JsonString text -> {
          return text(text, path);
        }
        case Json.JsonNumber number -> {
          return text(number, path);
        }
        case Json.JsonBool bool -> {
          return text(bool, path);
        }
      }
    }

    private @Nullable String text(Json value, String path) {
      String text = Values.text(value);
      String refused = text == null ? "it is no text" : XmlChars.appendText(out, text);
      return refused == null ? null : "%s cannot be XML: %s.".formatted(words(path), refused);
    }

    private static String refused(String path, String name, String reason) {
      return "%s cannot be XML: %s.".formatted(words(below(path, name)), reason);
    }

    private static String words(String path) {
      return path.isEmpty() ? "The data" : Quote.of(path) + " in the data";
    }
  }
}
