package io.fairlead.render;

import io.fairlead.json.Faults;
import io.fairlead.json.JsonWriter;
import java.util.List;

/// Puts name and value rows together into a JSON object, see {@link FieldTree} for the names.
final class JsonFields {
  private final List<Field> fields;
  private final FieldValues values;
  private final Piece.Row out;

  private JsonFields(List<Field> fields, FieldValues values) {
    this.fields = fields;
    this.values = values;
    this.out = values.row();
  }

  /// The pieces of the object; meaningless when there are new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<Piece> read(List<Field> fields, String pointer, Faults faults, Values fixed) {
    var made = new JsonFields(fields, new FieldValues(faults, fixed));
    made.write(FieldTree.read(fields, false, pointer, faults), pointer);
    return made.out.pieces();
  }

  private void write(FieldTree.Node node, String pointer) {
    switch (node) {
      case FieldTree.Node.Leaf(int field) ->
          values.json(out, fields.get(field), pointer + "/" + field + "/value");
      case FieldTree.Node.Members(var nodes) -> {
        String joint = "{";
        for (var member : nodes.entrySet()) {
          var name = new StringBuilder(joint);
          JsonWriter.appendString(name, member.getKey());
          out.add(name.append(':').toString());
          write(member.getValue(), pointer);
          joint = ",";
        }
        out.add(nodes.isEmpty() ? "{}" : "}");
      }
      case FieldTree.Node.Items(var nodes) -> {
        String joint = "[";
        for (FieldTree.Node item : nodes.values()) {
          out.add(joint);
          write(item, pointer);
          joint = ",";
        }
        out.add("]");
      }
    }
  }
}
