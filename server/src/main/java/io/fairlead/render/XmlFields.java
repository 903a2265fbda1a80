package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;

/// Puts name and value rows together into an XML document, see {@link FieldTree} for the names. An
/// item of a list is an element of its own inside the list's; `@id` is an attribute, and `#text`
/// the text of an element that has attributes.
final class XmlFields {
  static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  static final String TEXT = "#text";
  static final String NO_NAME =
      "Expected the name of an element: letters, digits, . - and _, beginning with a letter or _.";

  private final List<Field> fields;
  private final XmlNames names;
  private final String pointer;
  private final String rows;
  private final Faults faults;
  private final FieldValues values;
  private final Scope scope;

  private XmlFields(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Scope scope) {
    this.fields = fields;
    this.names = names;
    this.pointer = pointer;
    this.rows = pointer + "/fields";
    this.faults = faults;
    this.values = new FieldValues(faults, scope);
    this.scope = scope;
  }

  /// The pieces of the document; meaningless when there are new faults.
  ///
  /// @param pointer where the body stands in the document
  static List<Piece> read(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Scope scope) {
    var xml = new XmlFields(fields, names, pointer, faults, scope);
    int before = faults.list().size();
    FieldTree.Node root = FieldTree.read(fields, true, xml.rows, faults);
    if (faults.list().size() > before) {
      return List.of();
    }
    Element element = xml.element(names.root(), root, XmlScope.OUTERMOST, pointer + "/root");
    return new Piece.Row(scope)
        .add(DECLARATION + element.before)
        .addAll(element.content)
        .add(element.after)
        .pieces();
  }

  /// An element with its tags apart, so that one without a value can be left out.
  private record Element(String before, List<Piece> content, String after) {
    static final Element NONE = new Element("", List.of(), "");
  }

  /// @param named where the element's name stands in the document
  private Element element(String name, FieldTree.Node node, XmlScope around, String named) {
    var attributes = new ArrayList<XmlScope.Attribute>();
    var places = new ArrayList<Integer>();
    if (node instanceof FieldTree.Node.Members(var nodes)) {
      nodes.forEach((member, below) -> {
        if (member.startsWith("@") && below instanceof FieldTree.Node.Leaf(int field)) {
          String value = fields.get(field).value();
          attributes.add(
              new XmlScope.Attribute(member.substring(1), value.contains("{{") ? null : value));
          places.add(field);
        }
      });
    }
    return switch (around.enter(name, attributes)) {
      case XmlScope.Entered.Bad(int attribute, String reason) -> {
        faults.at(attribute < 0 ? named : rows + "/" + places.get(attribute) + "/name", reason);
        yield Element.NONE;
      }
      case XmlScope.Entered.Good(XmlScope inside) -> {
        String end = "</" + name + ">";
        if (places.isEmpty()) {
          yield new Element("<" + name + ">", content(node, inside), end);
        }
        var out = new Piece.Row(scope);
        for (int i = 0; i < places.size(); i++) {
          String before = " " + attributes.get(i).name() + "=\"";
          out.addAll(optional(before, value(places.get(i), Escape.XML_ATTRIBUTE), "\""));
        }
        yield new Element("<" + name, out.add(">").addAll(content(node, inside)).pieces(), end);
      }
    };
  }

  /// What is left out as a whole when its value is one token that may be absent, and is.
  private List<Piece> optional(String before, List<Piece> value, String after) {
    return Piece.joined("", List.of(Piece.Item.row(before, value, after, scope)), "", "", scope);
  }

  private List<Piece> content(FieldTree.Node node, XmlScope inside) {
    var out = new Piece.Row(scope);
    switch (node) {
      case FieldTree.Node.Leaf(int field) -> out.addAll(value(field, Escape.XML_TEXT));
      case FieldTree.Node.Items(var nodes) ->
          nodes.values().forEach(item ->
              out.addAll(below(names.item(), item, inside, pointer + "/item")));
      case FieldTree.Node.Members(var nodes) ->
          nodes.forEach((member, below) -> out.addAll(member(member, below, inside)));
    }
    return out.pieces();
  }

  private List<Piece> member(String name, FieldTree.Node node, XmlScope inside) {
    String named = rows + "/" + FieldTree.firstField(node) + "/name";
    boolean isText = name.equals(TEXT);
    if ((isText || name.startsWith("@")) && !(node instanceof FieldTree.Node.Leaf)) {
      faults.at(
          named, "%s is a value; nothing can stand below it.".formatted(Quote.of(name)));
      return List.of();
    }
    if (name.startsWith("@")) {
      return List.of();
    }
    return isText && node instanceof FieldTree.Node.Leaf(int field)
        ? value(field, Escape.XML_TEXT)
        : below(name, node, inside, named);
  }

  private List<Piece> below(String name, FieldTree.Node node, XmlScope inside, String named) {
    Element element = element(name, node, inside, named);
    return optional(element.before, element.content, element.after);
  }

  private List<Piece> value(int field, Escape escape) {
    return values.text(fields.get(field), rows + "/" + field + "/value", escape);
  }
}
