package io.fairlead.response;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML as a tree of JSON: `{"Values":{"value":["value1","value2"]}}`.
///
/// An element is a text when it has nothing but text, else an object: its attributes as `@name`,
/// its elements by name (in a list when there are several of a name), the text beside them as
/// `#text`. Names keep their prefix. Texts lose the blanks around them.
///
/// A document type is refused, and with it every entity but the five of XML; no deeper than 200, at
/// most 100,000 elements and attributes.
final class XmlTree {
  private static final int MAX_DEPTH = 200;
  private static final int MOST_NODES = 100_000;

  /// What reading came to.
  sealed interface Read {
    /// The text was XML.
    record Tree(Json value) implements Read {}

    /// It was not, or not such as is read.
    ///
    /// @param detail a sentence
    record Refused(String detail) implements Read {}
  }

  private static final class Element {
    final String name;
    final LinkedHashMap<String, List<Json>> members = new LinkedHashMap<>();
    final StringBuilder text = new StringBuilder();

    Element(String name) {
      this.name = name;
    }

    void add(String member, Json value) {
      members.computeIfAbsent(member, _ -> new ArrayList<>(1)).add(value);
    }

    Json json() {
      String own = text.toString().strip();
      if (members.isEmpty()) {
        return new JsonString(own);
      }
      if (!own.isEmpty()) {
        add("#text", new JsonString(own));
      }
      var object = new LinkedHashMap<String, Json>();
      members.forEach((member, values) ->
          object.put(member, values.size() == 1 ? values.getFirst() : new JsonArray(values)));
      return new JsonObject(object);
    }
  }

  private final ArrayDeque<Element> open = new ArrayDeque<>();
  private final Element document = new Element("");
  private int nodes;

  private XmlTree() {}

  static Read read(String text) {
    try {
      // The declaration was heeded in decoding; here it could only disagree.
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
      return new XmlTree().read(reader);
    } catch (XMLStreamException e) {
      return new Read.Refused(sentence(e));
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
      throw new XMLStreamException("nothing is fetched");
    });
    return factory;
  }

  private static String sentence(XMLStreamException e) {
    return e.getLocation() == null || e.getLocation().getLineNumber() < 1
        ? "It is not well-formed."
        : "It is not well-formed (line %d, column %d)."
            .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber());
  }

  private Read read(XMLStreamReader reader) throws XMLStreamException {
    open.push(document);
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() > MAX_DEPTH) {
            return new Read.Refused("It is nested deeper than " + MAX_DEPTH + ".");
          }
          nodes += 1 + reader.getAttributeCount();
          if (nodes > MOST_NODES) {
            return new Read.Refused("It has more than 100,000 elements and attributes.");
          }
          start(reader);
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            open.getFirst().text.append(reader.getText());
        case XMLStreamConstants.DTD -> {
          return new Read.Refused("It has a document type (<!DOCTYPE), which is not read.");
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> {
          return new Read.Refused("It uses an entity that XML does not define.");
        }
        default -> {
          // Comments and instructions say nothing.
        }
      }
    }
    return new Read.Tree(document.json());
  }

  private void start(XMLStreamReader reader) {
    var element = new Element(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String name = reader.getAttributeLocalName(i);
      boolean prefixed = prefix != null && !prefix.isEmpty();
      element.add(
          prefixed ? "@" + prefix + ":" + name : "@" + name,
          new JsonString(reader.getAttributeValue(i)));
    }
    open.push(element);
  }

  private void end() {
    Element ended = open.pop();
    open.getFirst().add(ended.name, ended.json());
  }
}
