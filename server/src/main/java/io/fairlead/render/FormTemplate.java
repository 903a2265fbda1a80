package io.fairlead.render;

import java.util.List;

/// Reads text that is a form already: `a=1&b={{x}}`. It is read as pairs, so that tokens stand in
/// values only; what is not a token is sent as it was typed.
final class FormTemplate {
  /// What may stand in a pair as it is. Names and values that have anything else are written in
  /// percent-encoding; `;` parts pairs for some receivers and not for others.
  private static final String LITERAL = "!$'()*,:@/?[]+";

  private final TemplateText template;
  private final boolean asTyped;
  private boolean inValue;

  private FormTemplate(TemplateText template, boolean asTyped) {
    this.template = template;
    this.asTyped = asTyped;
  }

  /// The pieces of a template; meaningless when there are flaws.
  static List<Piece> read(TemplateText template) {
    return new FormTemplate(template, false).pieces(TemplateParser.parse(template));
  }

  /// The pieces of a raw body that its header calls a form: the author's own text is sent as it is,
  /// blanks and braces too, as curl sends it.
  static List<Piece> readAsTyped(TemplateText template) {
    return new FormTemplate(template, true).pieces(TemplateParser.parse(template));
  }

  private List<Piece> pieces(List<Part> parts) {
    var out = new Piece.Row(template.scope());
    for (Part part : parts) {
      switch (part) {
        case Part.Text(int at, String literal) -> {
          check(at, literal);
          out.add(literal);
        }
        case Part.Token token -> token(out, token);
        case Part.If(int at, var subject, var then, var otherwise) -> {
          boolean before = inValue;
          List<Piece> first = pieces(then);
          boolean after = inValue;
          inValue = before;
          List<Piece> second = pieces(otherwise);
          sameAs(after, at);
          out.add(new Piece.If(subject, first, second));
        }
        case Part.Each(int at, var loop, var inside) -> {
          boolean before = inValue;
          List<Piece> turn = pieces(inside);
          sameAs(before, at);
          out.add(new Piece.Each(loop, turn));
        }
      }
    }
    return out.pieces();
  }

  /// Whatever a block comes to, what follows it stands in a name or in a value either way.
  private void sameAs(boolean expected, int at) {
    if (inValue != expected) {
      template.flaw(
          at, "Expected a block around whole pairs such as &name={{x}}, or inside of one value.");
    }
  }

  private void token(Piece.Row out, Part.Token token) {
    if (inValue) {
      out.add(token, template, Escape.FORM);
    } else {
      template.flaw(
          token.at(),
          "Expected a name and = before the token; in a form tokens stand in values only.");
    }
  }

  private void check(int at, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '&') {
        inValue = false;
      } else if (c == '=') {
        inValue = true;
      } else if (asTyped ? isHalf(literal, i) : !isLiteral(literal, i)) {
        template.flaw(at + i, invalid(literal, i));
      }
      if (Character.isHighSurrogate(c)) {
        i++;
      }
    }
  }

  private static boolean isHalf(String literal, int i) {
    return literal.codePointAt(i) <= Character.MAX_VALUE
        && Character.isSurrogate(literal.charAt(i));
  }

  private static boolean isLiteral(String literal, int i) {
    char c = literal.charAt(i);
    return c == '%'
        ? i + 2 < literal.length()
            && UrlTemplate.isHex(literal.charAt(i + 1))
            && UrlTemplate.isHex(literal.charAt(i + 2))
        : Escape.isUnreserved(c) || LITERAL.indexOf(c) >= 0;
  }

  private static String invalid(String literal, int i) {
    char c = literal.charAt(i);
    if (c == '%') {
      return "Expected two hexadecimal digits after %; a % itself is written %25.";
    }
    var encoded = new StringBuilder();
    String whole = Character.toString(literal.codePointAt(i));
    if (Escape.FORM.text(encoded, whole) != null) {
      return "Expected characters of a form, but found half of a surrogate pair.";
    }
    String name =
        switch (c) {
          case ' ' -> "a blank";
          case '\r', '\n' -> "a line end";
          default -> Character.isISOControl(c) ? "a control character" : whole;
        };
    return "Expected characters of a form, but found %s, which is written %s."
        .formatted(name, encoded);
  }
}
