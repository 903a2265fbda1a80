package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the values of rows and writes their pieces where a body has values.
final class FieldValues {
  private final Faults faults;
  private final Values fixed;

  FieldValues(Faults faults, Values fixed) {
    this.faults = faults;
    this.fixed = fixed;
  }

  /// An empty row.
  Piece.Row row() {
    return new Piece.Row(fixed);
  }

  /// Writes a JSON value.
  ///
  /// @param pointer where the value stands in the document
  void json(Piece.Row out, Field field, String pointer) {
    switch (field.type()) {
      case null -> string(out, field, pointer, false);
      case STRING -> string(out, field, pointer, true);
      case NUMBER, BOOLEAN -> whole(out, field, pointer, Escape.RAW);
      case JSON -> out.addAll(inner(field, pointer));
    }
  }

  private void string(Piece.Row out, Field field, String pointer, boolean always) {
    String value = field.value();
    var flaws = new ArrayList<Flaw>();
    Spot spot = spot(field, pointer);
    List<Part> parts = TemplateParser.parse(value, flaws);
    if (!always && parts.size() == 1 && parts.getFirst() instanceof Part.Token token) {
      note(out.add(spot.hole(token, Escape.JSON_VALUE)), token.at(), flaws);
    } else {
      out.add("\"");
      write(out, parts, spot, Escape.JSON_STRING, flaws);
      out.add("\"");
    }
    Flaw.note(flaws, value, pointer, faults);
  }

  /// Writes text.
  ///
  /// @param escape of the place where it stands
  void text(Piece.Row out, Field field, String pointer, Escape escape) {
    switch (field.type()) {
      case null -> template(out, field.value(), pointer, spot(field, pointer), escape);
      case STRING -> template(out, field.value(), pointer, spot(field, pointer), escape);
      case NUMBER, BOOLEAN, JSON -> whole(out, field, pointer, escape);
    }
  }

  /// Writes text with tokens in it.
  void template(Piece.Row out, String value, String pointer, Spot spot, Escape escape) {
    var flaws = new ArrayList<Flaw>();
    write(out, TemplateParser.parse(value, flaws), spot, escape, flaws);
    Flaw.note(flaws, value, pointer, faults);
  }

  private static void write(
      Piece.Row out, List<Part> parts, Spot spot, Escape escape, List<Flaw> flaws) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text(int at, String text) -> {
          var escaped = new StringBuilder();
          String refused = escape.text(escaped, text);
          if (refused != null) {
            flaws.add(new Flaw(at, "The text cannot be sent: %s.".formatted(refused)));
          }
          out.add(escaped.toString());
        }
        case Part.Token token -> note(out.add(spot.hole(token, escape)), token.at(), flaws);
      }
    }
  }

  /// Writes what is put together first, checked against the field's type, and then written as one
  /// value.
  private void whole(Piece.Row out, Field field, String pointer, Escape escape) {
    List<Piece> pieces = inner(field, pointer);
    FieldType type = field.type() == FieldType.JSON ? null : field.type();
    Piece.Hole first = Piece.first(pieces);
    if (first != null) {
      out.add(new Piece.Whole(pieces, first, type, escape));
      return;
    }
    String text = String.valueOf(Piece.fixed(pieces));
    var escaped = new StringBuilder();
    String refused = type == null ? null : type.refused(text);
    if (refused == null) {
      refused = escape.text(escaped, text);
    }
    if (refused != null) {
      faults.at(pointer, "The text cannot be sent: %s.".formatted(refused));
    }
    out.add(escaped.toString());
  }

  /// What a field with a type other than string holds, as text.
  private List<Piece> inner(Field field, String pointer) {
    String value = field.value();
    Spot spot = spot(field, pointer);
    if (field.type() == FieldType.JSON) {
      var flaws = new ArrayList<Flaw>();
      List<Piece> pieces = JsonTemplate.read(value, spot, flaws, fixed);
      Flaw.note(flaws, value, pointer, faults);
      return pieces;
    }
    Piece.Row row = row();
    template(row, value, pointer, spot, Escape.RAW);
    return row.pieces();
  }

  static Spot spot(Field field, String pointer) {
    return Spot.of(field.value(), pointer, "body field " + Quote.of(field.name()));
  }

  private static void note(@Nullable String refused, int at, List<Flaw> flaws) {
    if (refused != null) {
      flaws.add(new Flaw(at, refused));
    }
  }
}
