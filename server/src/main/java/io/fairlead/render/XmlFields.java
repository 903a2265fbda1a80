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

  private XmlFields(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Scope scope) {
    this.fields = fields;
    this.names = names;
    this.pointer = pointer;
    this.rows = pointer + "/fields";
    this.faults = faults;
    this.values = new FieldValues(faults, scope);
  }

  /// The pieces of the document; meaningless when there are new faults.
  ///
  /// @param pointer where the body stands in the document
  static List<Piece> read(
      List<Field> fields, XmlNames names, String pointer, Faults faults, Scope scope) {
    var xml = new XmlFields(fields, names, pointer, faults, scope);
    int before = faults.list().size();
    FieldTree.Node root = FieldTree.read(fields, true, xml.rows, faults);
    Piece.Row out = xml.values.row();
    if (faults.list().size() == before) {
      Piece.Item document = xml.element(names.root(), root, XmlScope.OUTERMOST, pointer + "/root");
      out.add(DECLARATION).joined("", "", List.of(document));
    }
    return out.pieces();
  }

  /// @param named where the element's name stands in the document
  private Piece.Item element(String name, FieldTree.Node node, XmlScope scope, String named) {
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
    return switch (scope.enter(name, attributes)) {
      case XmlScope.Entered.Bad(int attribute, String reason) -> {
        faults.at(attribute < 0 ? named : rows + "/" + places.get(attribute) + "/name", reason);
        yield new Piece.Item.One(List.of());
      }
      case XmlScope.Entered.Good(XmlScope inside) -> {
        if (node instanceof FieldTree.Node.Leaf(int field)) {
          List<Piece> value = value(field, Escape.XML_TEXT);
          yield Piece.Item.row("<" + name + ">", value, "</" + name + ">", values.scope());
        }
        var written = new ArrayList<Piece.Item>();
        for (int i = 0; i < places.size(); i++) {
          String before = " " + attributes.get(i).name() + "=\"";
          List<Piece> value = value(places.get(i), Escape.XML_ATTRIBUTE);
          written.add(Piece.Item.row(before, value, "\"", values.scope()));
        }
        Piece.Row out = values.row().add("<" + name).joined("", "", written).add(">");
        out.joined("", "", content(node, inside)).add("</" + name + ">");
        yield new Piece.Item.One(out.pieces());
      }
    };
  }

  private List<Piece.Item> content(FieldTree.Node node, XmlScope scope) {
    var items = new ArrayList<Piece.Item>();
    switch (node) {
      case FieldTree.Node.Leaf(int field) -> items.add(text(field));
      case FieldTree.Node.Items(var nodes) ->
          nodes.values().forEach(item -> items.add(item(item, scope)));
      case FieldTree.Node.Members(var nodes) ->
          nodes.forEach((member, below) -> {
            boolean leaf = below instanceof FieldTree.Node.Leaf;
            if (member.equals(TEXT) && below instanceof FieldTree.Node.Leaf(int field)) {
              items.add(text(field));
            } else if (member.equals(TEXT) || (member.startsWith("@") && !leaf)) {
              faults.at(
                  first(below),
                  "%s is a value; nothing can stand below it.".formatted(Quote.of(member)));
            } else if (!member.startsWith("@")) {
              items.add(element(member, below, scope, first(below)));
            }
          });
    }
    return items;
  }

  /// An item of a list stays where it is when it has no value: an empty element.
  private Piece.Item item(FieldTree.Node node, XmlScope scope) {
    Piece.Item item = element(names.item(), node, scope, pointer + "/item");
    return item instanceof Piece.Item.Maybe maybe ? new Piece.Item.One(maybe.pieces()) : item;
  }

  private Piece.Item text(int field) {
    return new Piece.Item.One(value(field, Escape.XML_TEXT));
  }

  /// The name of the first field of an element.
  private String first(FieldTree.Node node) {
    return rows + "/" + FieldTree.firstField(node) + "/name";
  }

  private List<Piece> value(int field, Escape escape) {
    return values.text(fields.get(field), rows + "/" + field + "/value", escape);
  }
}
