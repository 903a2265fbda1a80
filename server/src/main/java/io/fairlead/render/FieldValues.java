package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import java.util.List;

/// Reads the values of rows and writes their pieces where a body has values.
final class FieldValues {
  private final Faults faults;
  private final Scope scope;

  FieldValues(Faults faults, Scope scope) {
    this.faults = faults;
    this.scope = scope;
  }

  /// An empty row.
  Piece.Row row() {
    return new Piece.Row(scope);
  }

  Scope scope() {
    return scope;
  }

  /// A JSON value.
  ///
  /// @param pointer where the value stands in the document
  List<Piece> json(Field field, String pointer) {
    return switch (field.type()) {
      case null -> string(field, pointer, false);
      case STRING -> string(field, pointer, true);
      case NUMBER, BOOLEAN -> whole(field, pointer, Escape.RAW);
      case JSON -> inner(field, pointer);
    };
  }

  private List<Piece> string(Field field, String pointer, boolean always) {
    TemplateText template = template(field, pointer);
    List<Part.Inline> parts = TemplateParser.line(template);
    Piece.Row out = row();
    if (!always && parts.size() == 1 && parts.getFirst() instanceof Part.Token token) {
      out.add(token, template, Escape.JSON_VALUE);
    } else {
      out.add("\"").addParts(parts, template, Escape.JSON_STRING).add("\"");
    }
    template.note(faults);
    return out.pieces();
  }

  /// Text.
  ///
  /// @param escape of the place where it stands
  List<Piece> text(Field field, String pointer, Escape escape) {
    return switch (field.type()) {
      case null -> line(template(field, pointer), escape);
      case STRING -> line(template(field, pointer), escape);
      case NUMBER, BOOLEAN, JSON -> whole(field, pointer, escape);
    };
  }

  /// Text with tokens in it.
  List<Piece> line(TemplateText template, Escape escape) {
    Piece.Row out = row().addParts(TemplateParser.line(template), template, escape);
    template.note(faults);
    return out.pieces();
  }

  /// What is put together first, checked against the field's type, and then written as one value.
  private List<Piece> whole(Field field, String pointer, Escape escape) {
    List<Piece> pieces = inner(field, pointer);
    FieldType type = field.type() == FieldType.JSON ? null : field.type();
    Piece.Hole first = Piece.first(pieces);
    if (first != null) {
      return List.of(new Piece.Whole(pieces, first, type, escape));
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
    return row().add(escaped.toString()).pieces();
  }

  /// What a field with a type other than string holds, as text.
  private List<Piece> inner(Field field, String pointer) {
    TemplateText template = template(field, pointer);
    if (field.type() != FieldType.JSON) {
      return line(template, Escape.RAW);
    }
    List<Piece> pieces = JsonTemplate.read(template);
    template.note(faults);
    return pieces;
  }

  /// A field's value as a template.
  TemplateText template(Field field, String pointer) {
    return TemplateText.of(field.value(), pointer, "body field " + Quote.of(field.name()), scope);
  }
}
