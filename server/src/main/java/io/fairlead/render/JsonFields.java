package io.fairlead.render;

import io.fairlead.json.Faults;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// Puts name and value rows together into a JSON object, see {@link FieldTree} for the names.
final class JsonFields {
  private final List<Field> fields;
  private final String pointer;
  private final FieldValues values;
  private final Scope scope;

  private JsonFields(List<Field> fields, String pointer, FieldValues values, Scope scope) {
    this.fields = fields;
    this.pointer = pointer;
    this.values = values;
    this.scope = scope;
  }

  /// The pieces of the object; meaningless when there are new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<Piece> read(List<Field> fields, String pointer, Faults faults, Scope scope) {
    var json = new JsonFields(fields, pointer, new FieldValues(faults, scope), scope);
    return json.write(FieldTree.read(fields, false, pointer, faults));
  }

  private List<Piece> write(FieldTree.Node node) {
    return switch (node) {
      case FieldTree.Node.Leaf(int field) ->
          values.json(fields.get(field), pointer + "/" + field + "/value");
      case FieldTree.Node.Members(var nodes) -> {
        var items = new ArrayList<Piece.Item>();
        nodes.forEach((name, child) -> items.add(member(name, child)));
        yield Piece.joined("{", items, ",", "}", scope);
      }
      case FieldTree.Node.Items(var nodes) -> {
        var items = new ArrayList<Piece.Item>();
        nodes.values().forEach(child -> items.add(new Piece.Item.One(write(child))));
        yield Piece.joined("[", items, ",", "]", scope);
      }
    };
  }

  /// A member with its name; one whose value is a single token that may be absent is left out then.
  private Piece.Item member(String name, FieldTree.Node child) {
    var before = new StringBuilder();
    JsonWriter.appendString(before, name);
    before.append(':');
    return Piece.Item.row(before.toString(), write(child), "", scope);
  }
}
