package io.fairlead.render;

import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;

/// Puts name and value rows together as `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
/// Names are sent as typed, `lines[0].sku` too. A row whose value is a single token that may be
/// absent is left out then.
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
      String name = name(field.name(), at + "/name", faults);
      List<Piece> value = values.text(field, at + "/value", Escape.FORM);
      pairs.add(Piece.Item.row(name + "=", value, "", scope));
    }
    return Piece.joined("", pairs, "&", "", scope);
  }

  private static String name(String typed, String pointer, Faults faults) {
    var name = new StringBuilder();
    if (typed.contains("{{")) {
      faults.at(pointer, "Tokens may not stand in names.");
    } else {
      String refused = Escape.FORM.text(name, typed);
      if (refused != null) {
        faults.at(pointer, "The name cannot be sent: %s.".formatted(refused));
      }
    }
    return name.toString();
  }
}
