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
  private final Piece.Row out;

  private XmlFields(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Values fixed) {
    this.fields = fields;
    this.names = names;
    this.pointer = pointer;
    this.rows = pointer + "/fields";
    this.faults = faults;
    this.values = new FieldValues(faults, fixed);
    this.out = values.row();
  }

  /// The pieces of the document; meaningless when there are new faults.
  ///
  /// @param pointer where the body stands in the document
  static List<Piece> read(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Values fixed) {
    var xml = new XmlFields(fields, names, pointer, faults, fixed);
    int before = faults.list().size();
    FieldTree.Node root = FieldTree.read(fields, true, xml.rows, faults);
    if (faults.list().size() == before) {
      xml.out.add(DECLARATION);
      xml.element(names.root(), root, XmlScope.OUTERMOST, pointer + "/root");
    }
    return xml.out.pieces();
  }

  /// @param named where the element's name stands in the document
  private void element(String name, FieldTree.Node node, XmlScope scope, String named) {
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
    switch (scope.enter(name, attributes)) {
      case XmlScope.Entered.Bad(int attribute, String reason) ->
          faults.at(attribute < 0 ? named : rows + "/" + places.get(attribute) + "/name", reason);
      case XmlScope.Entered.Good(XmlScope inside) -> {
        out.add("<" + name);
        for (int i = 0; i < places.size(); i++) {
          out.add(" " + attributes.get(i).name() + "=\"");
          value(places.get(i), Escape.XML_ATTRIBUTE);
          out.add("\"");
        }
        out.add(">");
        content(node, inside);
        out.add("</" + name + ">");
      }
    }
  }

  private void content(FieldTree.Node node, XmlScope scope) {
    switch (node) {
      case FieldTree.Node.Leaf(int field) -> value(field, Escape.XML_TEXT);
      case FieldTree.Node.Items(var nodes) ->
          nodes.values().forEach(item -> element(names.item(), item, scope, pointer + "/item"));
      case FieldTree.Node.Members(var nodes) ->
          nodes.forEach((member, below) -> {
            boolean leaf = below instanceof FieldTree.Node.Leaf;
            if (member.equals(TEXT) && below instanceof FieldTree.Node.Leaf(int field)) {
              value(field, Escape.XML_TEXT);
            } else if (member.equals(TEXT) || (member.startsWith("@") && !leaf)) {
              faults.at(
                  first(below),
                  "%s is a value; nothing can stand below it.".formatted(Quote.of(member)));
            } else if (!member.startsWith("@")) {
              element(member, below, scope, first(below));
            }
          });
    }
  }

  /// The name of the first field of an element.
  private String first(FieldTree.Node node) {
    return rows + "/" + FieldTree.firstField(node) + "/name";
  }

  private void value(int field, Escape escape) {
    values.text(out, fields.get(field), rows + "/" + field + "/value", escape);
  }
}
