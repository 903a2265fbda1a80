package io.fairlead.render;

import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;

/// Puts name and value rows together as `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
/// Names are sent as typed, `lines[0].sku` too.
final class FormBody {
  private FormBody() {}

  /// The pieces of the form; meaningless when there are new faults.
  ///
  /// @param pointer where the rows stand in the document
  static List<Piece> read(List<Field> fields, String pointer, Faults faults, Scope scope) {
    var values = new FieldValues(faults, scope);
    var pairs = new ArrayList<Piece.Item>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String at = pointer + "/" + i;
      var name = new StringBuilder();
      if (field.name().contains("{{")) {
        faults.at(at + "/name", "Tokens may not stand in names.");
      } else {
        String refused = Escape.FORM.text(name, field.name());
        if (refused != null) {
          faults.at(at + "/name", "The name cannot be sent: %s.".formatted(refused));
        }
      }
      List<Piece> value = values.text(field, at + "/value", Escape.FORM);
      pairs.add(Piece.Item.row(name.append('=').toString(), value, "", scope));
    }
    return values.row().joined("", "&", pairs).pieces();
  }
}
