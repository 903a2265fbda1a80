package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.JsonReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an XML document (1.0, with namespaces) with tokens in its text, attributes and CDATA
/// sections. The document is checked as a whole, so that no data can make it come out broken; what
/// is not a token is sent as it was typed. There is no DOCTYPE, and so no entities but the five
/// that XML has.
final class XmlTemplate {
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s++version\\s*+=\\s*+(?:\"1\\.0\"|'1\\.0')"
              + "(?:\\s++encoding\\s*+=\\s*+(?:\"(?i:utf-8)\"|'(?i:utf-8)'))?+"
              + "(?:\\s++standalone\\s*+=\\s*+(?:\"(?:yes|no)\"|'(?:yes|no)'))?+\\s*+\\?>");
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

  private final String text;
  private final Spot spot;
  private final List<Flaw> flaws;
  private final Piece.Row out;
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;

  /// Where the literal begins that has not been handed on.
  private int literal;

  /// An element whose end has not come yet.
  private record Open(String name, int at, XmlScope inside) {}

  private XmlTemplate(String text, Spot spot, List<Flaw> flaws, Values fixed) {
    this.text = text;
    this.spot = spot;
    this.flaws = flaws;
    this.out = new Piece.Row(fixed);
  }

  /// The pieces of a template; meaningless when there are new flaws.
  static List<Piece> read(String text, Spot spot, List<Flaw> flaws, Values fixed) {
    var template = new XmlTemplate(text, spot, flaws, fixed);
    int before = flaws.size();
    try {
      template.characters();
      template.document();
    } catch (Broken e) {
      // After a token that cannot be read, what follows it only looks wrong.
      if (flaws.size() == before) {
        flaws.add(e.flaw);
      }
    }
    return template.out.pieces();
  }

  /// Unwinds the descent at the first place that is not XML.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Flaw flaw;

    Broken(int at, String detail) {
      super(detail, null, false, false);
      this.flaw = new Flaw(at, detail);
    }
  }

  private void characters() throws Broken {
    for (int i = 0; i < text.length(); i++) {
      int c = text.codePointAt(i);
      if (!XmlChars.isChar(c)) {
        throw new Broken(
            i,
            "Expected text, but found the character U+%04X, which XML cannot carry.".formatted(c));
      }
      if (c > 0xffff) {
        i++;
      }
    }
  }

  private void document() throws Broken {
    if (text.startsWith("<?xml") && text.length() > 5 && isBlank(text.charAt(5))) {
      Matcher declaration = DECLARATION.matcher(text);
      if (!declaration.lookingAt()) {
        throw new Broken(
            0,
            "Expected <?xml version=\"1.0\" encoding=\"UTF-8\"?>: bodies are sent as UTF-8, and"
                + " XML 1.1 is not supported.");
      }
      at = declaration.end();
    }
    around();
    if (at == text.length() || peek() != '<') {
      throw wrong("an element");
    }
    startTag(XmlScope.OUTERMOST);
    while (!open.isEmpty()) {
      content(open.getFirst());
    }
    around();
    if (at < text.length()) {
      throw wrong("the end after the root element");
    }
    flush(at);
  }

  /// Reads what may stand before and after the root element.
  private void around() throws Broken {
    while (true) {
      blanks();
      if (text.startsWith("<!--", at)) {
        comment();
      } else if (text.startsWith("<?", at)) {
        instruction();
      } else if (text.startsWith("<!DOCTYPE", at)) {
        throw new Broken(at, "Expected no DOCTYPE; it is not supported.");
      } else if (text.startsWith("<![CDATA[", at)) {
        throw new Broken(at, "Expected CDATA inside the root element only.");
      } else {
        return;
      }
    }
  }

  private void content(Open element) throws Broken {
    if (at >= text.length()) {
      throw new Broken(
          element.at(),
          "Expected </%s> to close the element that begins here."
              .formatted(Quote.of(element.name())));
    }
    if (text.startsWith("{{", at)) {
      token(Escape.XML_TEXT);
    } else if (text.startsWith("</", at)) {
      endTag(element);
    } else if (text.startsWith("<!--", at)) {
      comment();
    } else if (text.startsWith("<![CDATA[", at)) {
      cdata();
    } else if (text.startsWith("<?", at)) {
      instruction();
    } else if (peek() == '<') {
      startTag(element.inside());
    } else if (peek() == '&') {
      reference();
    } else if (text.startsWith("]]>", at)) {
      throw new Broken(at, "Expected no ]]> in text; it is written ]]&gt;.");
    } else {
      at++;
    }
  }

  private void startTag(XmlScope scope) throws Broken {
    int start = at;
    at++;
    String name = name("the name of an element after <; a < in text is written &lt;");
    var attributes = new ArrayList<XmlScope.Attribute>();
    var places = new ArrayList<Integer>();
    while (true) {
      boolean parted = blanks();
      if (peek() == '>' || text.startsWith("/>", at)) {
        break;
      }
      if (text.startsWith("{{", at)) {
        throw new Broken(at, "Expected no token here; they stand in text and attribute values.");
      }
      if (!parted) {
        throw wrong("a blank, > or />");
      }
      places.add(at);
      attributes.add(attribute());
    }
    XmlScope inside =
        switch (scope.enter(name, attributes)) {
          case XmlScope.Entered.Good(XmlScope good) -> good;
          case XmlScope.Entered.Bad(int attribute, String reason) ->
              throw new Broken(attribute < 0 ? start + 1 : places.get(attribute), reason);
        };
    if (peek() == '>') {
      at++;
      if (open.size() == JsonReader.MAX_DEPTH) {
        throw new Broken(
            start, "Expected no deeper nesting than %d.".formatted(JsonReader.MAX_DEPTH));
      }
      open.push(new Open(name, start, inside));
    } else {
      at += 2;
    }
  }

  private XmlScope.Attribute attribute() throws Broken {
    String name = name("the name of an attribute, > or />");
    blanks();
    if (peek() != '=') {
      throw wrong("=");
    }
    at++;
    blanks();
    char quote = peek();
    if (quote != '"' && quote != '\'') {
      throw wrong("a value in quotes");
    }
    int start = at;
    boolean known = true;
    at++;
    while (peek() != quote) {
      if (at >= text.length()) {
        throw new Broken(
            start, "Expected %s to close the value that begins here.".formatted(quote));
      }
      if (text.startsWith("{{", at)) {
        known = false;
        token(Escape.XML_ATTRIBUTE);
      } else if (peek() == '<') {
        throw new Broken(at, "Expected no < in an attribute; it is written &lt;.");
      } else if (peek() == '&') {
        reference();
      } else {
        at++;
      }
    }
    at++;
    return new XmlScope.Attribute(name, known ? text.substring(start + 1, at - 1) : null);
  }

  private void endTag(Open element) throws Broken {
    int start = at;
    at += 2;
    String name = name("the name of an element after </");
    if (!name.equals(element.name())) {
      throw new Broken(
          start,
          "Expected </%s>, but found </%s>.".formatted(Quote.of(element.name()), Quote.of(name)));
    }
    blanks();
    if (peek() != '>') {
      throw wrong(">");
    }
    at++;
    open.pop();
  }

  private void comment() throws Broken {
    int start = at;
    int dashes = text.indexOf("--", at + 4);
    if (dashes < 0) {
      throw new Broken(start, "Expected --> to close the comment that begins here.");
    }
    if (!text.startsWith("-->", dashes)) {
      throw new Broken(dashes, "Expected no -- inside a comment.");
    }
    noToken(start, dashes, "a comment");
    at = dashes + 3;
  }

  private void instruction() throws Broken {
    int start = at;
    int end = text.indexOf("?>", at + 2);
    if (end < 0) {
      throw new Broken(start, "Expected ?> to close the instruction that begins here.");
    }
    noToken(start, end, "an instruction");
    at += 2;
    String target = name("a name after <?");
    if (target.equalsIgnoreCase("xml")) {
      throw new Broken(start, "Expected <?xml at the very beginning only.");
    }
    if (target.indexOf(':') >= 0 || (at != end && !isBlank(peek()))) {
      throw new Broken(start, "Expected a name without a colon and a blank after <?.");
    }
    at = end + 2;
  }

  private void noToken(int from, int to, String where) throws Broken {
    int token = text.indexOf("{{", from);
    if (token >= 0 && token < to) {
      throw new Broken(token, "Expected no token in %s.".formatted(where));
    }
  }

  private void cdata() throws Broken {
    int start = at;
    at += 9;
    while (!text.startsWith("]]>", at)) {
      if (at >= text.length()) {
        throw new Broken(start, "Expected ]]> to close the CDATA section that begins here.");
      }
      if (text.startsWith("{{", at)) {
        // What a value begins with may not complete a ]]> that was typed before it.
        if (text.charAt(at - 1) == ']') {
          flush(at);
          out.add(XmlChars.SPLIT);
        }
        token(Escape.XML_CDATA);
      } else {
        at++;
      }
    }
    at += 3;
  }

  private void reference() throws Broken {
    Matcher reference = REFERENCE.matcher(text).region(at, text.length());
    if (!reference.lookingAt() || !isChar(reference)) {
      throw new Broken(
          at,
          "Expected &amp; &lt; &gt; &quot; &apos; or a character's number like &#233;; a & itself"
              + " is written &amp;.");
    }
    at = reference.end();
  }

  private static boolean isChar(Matcher reference) {
    String decimal = reference.group(1);
    String hex = reference.group(2);
    return decimal != null
        ? XmlChars.isChar(Integer.parseInt(decimal, 10))
        : hex == null || XmlChars.isChar(Integer.parseInt(hex, 16));
  }

  private String name(String expected) throws Broken {
    int start = at;
    while (at < text.length()
        && (XmlChars.isNamePart(text.codePointAt(at)) || text.charAt(at) == ':')) {
      at += Character.charCount(text.codePointAt(at));
    }
    String name = text.substring(start, at);
    if (!XmlChars.isName(name)) {
      at = start;
      throw text.startsWith("{{", at)
          ? new Broken(at, "Expected a name, but found a token; tokens may not be names.")
          : wrong(expected);
    }
    return name;
  }

  private void token(Escape escape) throws Broken {
    flush(at);
    int after = TemplateParser.endOfToken(text, at, flaws);
    if (after < 0) {
      Flaw flaw = flaws.removeLast();
      throw new Broken(flaw.at(), flaw.detail());
    }
    Part.Token token = TemplateParser.token(text, at, after, flaws);
    if (token != null) {
      String refused = out.add(spot.hole(token, escape));
      if (refused != null) {
        flaws.add(new Flaw(at, refused));
      }
    }
    at = after;
    literal = after;
  }

  private void flush(int to) {
    if (to > literal) {
      out.add(text.substring(literal, to));
    }
    literal = to;
  }

  /// Whether there were any.
  private boolean blanks() {
    int start = at;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private Broken wrong(String expected) {
    String found =
        at >= text.length()
            ? "the end"
            : Character.isISOControl(text.charAt(at))
                ? "a control character"
                : Character.toString(text.codePointAt(at));
    return new Broken(at, "Expected %s, but found %s.".formatted(expected, found));
  }
}
