package io.fairlead.render;

import java.util.List;

/// Reads text that is a form already: `a=1&b={{x}}`. It is read as pairs, so that tokens stand in
/// values only; what is not a token is sent as it was typed.
final class FormTemplate {
  /// What may stand in a pair as it is. Names and values that have anything else are written in
  /// percent-encoding; `;` parts pairs for some receivers and not for others.
  private static final String LITERAL = "!$'()*,:@/?[]+";

  private final Spot spot;
  private final List<Flaw> flaws;
  private final Piece.Row out;
  private boolean inValue;

  private FormTemplate(Spot spot, List<Flaw> flaws, Values fixed) {
    this.spot = spot;
    this.flaws = flaws;
    this.out = new Piece.Row(fixed);
  }

  /// The pieces of a template; meaningless when there are new flaws.
  static List<Piece> read(String text, Spot spot, List<Flaw> flaws, Values fixed) {
    var form = new FormTemplate(spot, flaws, fixed);
    for (Part part : TemplateParser.parse(text, flaws)) {
      switch (part) {
        case Part.Text(int at, String literal) -> form.literal(at, literal);
        case Part.Token token -> form.token(token);
      }
    }
    return form.out.pieces();
  }

  private void token(Part.Token token) {
    if (!inValue) {
      flaws.add(
          new Flaw(
              token.at(),
              "Expected a name and = before the token; in a form tokens stand in values only."));
      return;
    }
    String refused = out.add(spot.hole(token, Escape.FORM));
    if (refused != null) {
      flaws.add(new Flaw(token.at(), refused));
    }
  }

  private void literal(int at, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '&') {
        inValue = false;
      } else if (c == '=') {
        inValue = true;
      } else if (!isLiteral(literal, i)) {
        flaws.add(new Flaw(at + i, invalid(literal, i)));
        if (Character.isHighSurrogate(c)) {
          i++;
        }
      }
    }
    out.add(literal);
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
