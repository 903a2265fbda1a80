package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.JsonReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an XML document (1.0, with namespaces) with tokens in its text, attributes and CDATA
/// sections. The document is checked as a whole, so that no data can make it come out broken; what
/// is not a token is sent as it was typed. There is no DOCTYPE, and so no entities but the five
/// that XML has.
final class XmlTemplate extends TemplateReader {
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s++version\\s*+=\\s*+(?:\"1\\.0\"|'1\\.0')"
              + "(?:\\s++encoding\\s*+=\\s*+(?:\"(?i:utf-8)\"|'(?i:utf-8)'))?+"
              + "(?:\\s++standalone\\s*+=\\s*+(?:\"(?:yes|no)\"|'(?:yes|no)'))?+\\s*+\\?>");
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

  private final Deque<Open> open = new ArrayDeque<>();

  /// An element whose end has not come yet.
  private record Open(String name, int at, XmlScope inside) {}

  private XmlTemplate(TemplateText template) {
    super(template);
  }

  /// The pieces of a template; meaningless when there are flaws.
  static List<Piece> read(TemplateText template) {
    var reader = new XmlTemplate(template);
    try {
      reader.characters();
      reader.document();
    } catch (Flawed flawed) {
      // After a tag that cannot be read, what follows it only looks wrong.
      if (template.isGood()) {
        template.flaw(flawed);
      }
    }
    return reader.out.pieces();
  }

  private void characters() throws Flawed {
    for (int i = 0; i < text.length(); i++) {
      int c = text.codePointAt(i);
      if (!XmlChars.isChar(c)) {
        throw new Flawed(
            i,
            "Expected text, but found the character U+%04X, which XML cannot carry.".formatted(c));
      }
      if (c > 0xffff) {
        i++;
      }
    }
  }

  private void document() throws Flawed {
    if (text.startsWith("<?xml") && text.length() > 5 && isBlank(text.charAt(5))) {
      Matcher declaration = DECLARATION.matcher(text);
      if (!declaration.lookingAt()) {
        throw new Flawed(
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
      refuse(content(open.getFirst()));
    }
    around();
    if (at < text.length()) {
      throw wrong("the end after the root element");
    }
    flush(at);
  }

  /// Reads what may stand before and after the root element.
  private void around() throws Flawed {
    while (true) {
      blanks();
      if (text.startsWith("<!--", at)) {
        comment();
      } else if (text.startsWith("<?", at)) {
        instruction();
      } else if (text.startsWith("<!DOCTYPE", at)) {
        throw new Flawed(at, "Expected no DOCTYPE; it is not supported.");
      } else if (text.startsWith("<![CDATA[", at)) {
        throw new Flawed(at, "Expected CDATA inside the root element only.");
      } else {
        return;
      }
    }
  }

  /// Reads on in an element: null, or a tag that ends a block.
  private @Nullable Stop content(Open element) throws Flawed {
    if (at >= text.length()) {
      throw new Flawed(
          element.at(),
          "Expected </%s> to close the element that begins here."
              .formatted(Quote.of(element.name())));
    }
    if (isAtTag()) {
      return tagInText(Escape.XML_TEXT, this::balanced);
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
      throw new Flawed(at, "Expected no ]]> in text; it is written ]]&gt;.");
    } else {
      at++;
    }
    return null;
  }

  /// Reads on in an element up to a tag that ends a block. Elements that open in a block close in
  /// it, and none that is open around it.
  private @Nullable Stop balanced() throws Flawed {
    int depth = open.size();
    while (true) {
      if (open.size() == depth && text.startsWith("</", at)) {
        return null;
      }
      Stop stop = content(open.getFirst());
      if (stop != null && open.size() > depth) {
        throw new Flawed(
            open.getFirst().at(),
            "Expected </%s> before the block ends that the element begins in."
                .formatted(Quote.of(open.getFirst().name())));
      }
      if (stop != null) {
        return stop;
      }
    }
  }

  private void startTag(XmlScope scope) throws Flawed {
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
        throw new Flawed(at, "Expected no token here; they stand in text and attribute values.");
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
              throw new Flawed(attribute < 0 ? start + 1 : places.get(attribute), reason);
        };
    if (peek() == '>') {
      at++;
      if (open.size() == JsonReader.MAX_DEPTH) {
        throw new Flawed(
            start, "Expected no deeper nesting than %d.".formatted(JsonReader.MAX_DEPTH));
      }
      open.push(new Open(name, start, inside));
    } else {
      at += 2;
    }
  }

  private XmlScope.Attribute attribute() throws Flawed {
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
    int start = at++;
    refuse(value(start, quote));
    String typed = text.substring(start + 1, at);
    at++;
    return new XmlScope.Attribute(name, typed.contains("{{") ? null : typed);
  }

  /// Reads the value of an attribute up to its quote, or to a tag that ends a block.
  private @Nullable Stop value(int start, char quote) throws Flawed {
    while (peek() != quote) {
      if (at >= text.length()) {
        throw new Flawed(
            start, "Expected %s to close the value that begins here.".formatted(quote));
      }
      if (isAtTag()) {
        Stop stop = tagInText(Escape.XML_ATTRIBUTE, () -> value(start, quote));
        if (stop != null) {
          return stop;
        }
      } else if (peek() == '<') {
        throw new Flawed(at, "Expected no < in an attribute; it is written &lt;.");
      } else if (peek() == '&') {
        reference();
      } else {
        at++;
      }
    }
    return null;
  }

  private void endTag(Open element) throws Flawed {
    int start = at;
    at += 2;
    String name = name("the name of an element after </");
    if (!name.equals(element.name())) {
      throw new Flawed(
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

  private void comment() throws Flawed {
    int start = at;
    int dashes = text.indexOf("--", at + 4);
    if (dashes < 0) {
      throw new Flawed(start, "Expected --> to close the comment that begins here.");
    }
    if (!text.startsWith("-->", dashes)) {
      throw new Flawed(dashes, "Expected no -- inside a comment.");
    }
    noToken(start, dashes, "a comment");
    at = dashes + 3;
  }

  private void instruction() throws Flawed {
    int start = at;
    int end = text.indexOf("?>", at + 2);
    if (end < 0) {
      throw new Flawed(start, "Expected ?> to close the instruction that begins here.");
    }
    noToken(start, end, "an instruction");
    at += 2;
    String target = name("a name after <?");
    if (target.equalsIgnoreCase("xml")) {
      throw new Flawed(start, "Expected <?xml at the very beginning only.");
    }
    if (target.indexOf(':') >= 0 || (at != end && !isBlank(peek()))) {
      throw new Flawed(start, "Expected a name without a colon and a blank after <?.");
    }
    at = end + 2;
  }

  private void noToken(int from, int to, String where) throws Flawed {
    int token = text.indexOf("{{", from);
    if (token >= 0 && token < to) {
      throw new Flawed(token, "Expected no token in %s.".formatted(where));
    }
  }

  private void cdata() throws Flawed {
    int start = at;
    at += 9;
    refuse(section(start));
    at += 3;
  }

  /// Reads a CDATA section up to its end, or to a tag that ends a block.
  private @Nullable Stop section(int start) throws Flawed {
    while (!text.startsWith("]]>", at)) {
      if (at >= text.length()) {
        throw new Flawed(start, "Expected ]]> to close the CDATA section that begins here.");
      }
      if (isAtTag()) {
        // What a value or a block begins with may not complete a ]]> that was typed before it.
        if (text.charAt(at - 1) == ']') {
          flush(at);
          out.add(XmlChars.SPLIT);
        }
        Stop stop = tagInText(Escape.XML_CDATA, () -> section(start));
        if (stop != null) {
          return stop;
        }
      } else {
        at++;
      }
    }
    return null;
  }

  private void reference() throws Flawed {
    Matcher reference = REFERENCE.matcher(text).region(at, text.length());
    if (!reference.lookingAt() || !isChar(reference)) {
      throw new Flawed(
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

  private String name(String expected) throws Flawed {
    int start = at;
    while (at < text.length()
        && (XmlChars.isNamePart(text.codePointAt(at)) || text.charAt(at) == ':')) {
      at += Character.charCount(text.codePointAt(at));
    }
    String name = text.substring(start, at);
    if (!XmlChars.isName(name)) {
      at = start;
      throw text.startsWith("{{", at)
          ? new Flawed(at, "Expected a name, but found a token; tokens may not be names.")
          : wrong(expected);
    }
    return name;
  }
}
