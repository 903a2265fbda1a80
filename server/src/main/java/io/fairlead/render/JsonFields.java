package io.fairlead.render;

import io.fairlead.json.Faults;
import io.fairlead.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// Puts name and value rows together into a JSON object, see {@link FieldTree} for the names.
final class JsonFields {
  private final List<Field> fields;
  private final FieldValues values;

  private JsonFields(List<Field> fields, FieldValues values) {
    this.fields = fields;
    this.values = values;
  }

  /// The pieces of the object; meaningless when there are new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<Piece> read(List<Field> fields, String pointer, Faults faults, Scope scope) {
    var object = new JsonFields(fields, new FieldValues(faults, scope));
    return object.pieces(FieldTree.read(fields, false, pointer, faults), pointer);
  }

  private List<Piece> pieces(FieldTree.Node node, String pointer) {
    return switch (node) {
      case FieldTree.Node.Leaf(int field) ->
          values.json(fields.get(field), pointer + "/" + field + "/value");
      case FieldTree.Node.Members(var nodes) -> {
        var members = new ArrayList<Piece.Item>();
        nodes.forEach((name, child) -> {
          var before = new StringBuilder();
          JsonWriter.appendString(before, name);
          before.append(':');
          List<Piece> value = pieces(child, pointer);
          members.add(Piece.Item.row(before.toString(), value, "", values.scope()));
        });
        yield values.row().add("{").joined("", ",", members).add("}").pieces();
      }
      case FieldTree.Node.Items(var nodes) -> {
        Piece.Row out = values.row();
        String joint = "[";
        for (FieldTree.Node item : nodes.values()) {
          out.add(joint).addAll(pieces(item, pointer));
          joint = ",";
        }
        yield out.add("]").pieces();
      }
    };
  }
}
