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
final class XmlTemplate {
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s++version\\s*+=\\s*+(?:\"1\\.0\"|'1\\.0')"
              + "(?:\\s++encoding\\s*+=\\s*+(?:\"(?i:utf-8)\"|'(?i:utf-8)'))?+"
              + "(?:\\s++standalone\\s*+=\\s*+(?:\"(?:yes|no)\"|'(?:yes|no)'))?+\\s*+\\?>");
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

  private final TemplateText template;
  private final String text;
  private Piece.Row out;
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;

  /// Where the literal begins that has not been handed on.
  private int literal;

  /// An element whose end has not come yet.
  private record Open(String name, int at, XmlScope inside) {}

  private XmlTemplate(TemplateText template) {
    this.template = template;
    this.text = template.text();
    this.out = new Piece.Row(template.scope());
  }

  /// The pieces of a template; meaningless when there are flaws.
  static List<Piece> read(TemplateText template) {
    var document = new XmlTemplate(template);
    try {
      document.characters();
      document.document();
    } catch (Flawed flawed) {
      // After a tag that cannot be read, what follows it only looks wrong.
      if (template.isGood()) {
        template.flaw(flawed);
      }
    }
    return document.out.pieces();
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
    if (!open.isEmpty()) {
      region(new Content(0));
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

  /// A stretch in which tags may stand.
  private sealed interface Region {
    Escape escape();

    /// Reads on by a character or more; false at the end of the stretch, when it has been read.
    boolean step() throws Flawed;

    /// The same stretch inside of a block, which it may not leave.
    Region inside();
  }

  /// What stands in elements.
  private final class Content implements Region {
    private final int around;

    /// @param around how many elements are open around the stretch
    Content(int around) {
      this.around = around;
    }

    @Override
    public Escape escape() {
      return Escape.XML_TEXT;
    }

    @Override
    public Region inside() {
      return new Content(open.size());
    }

    @Override
    public boolean step() throws Flawed {
      Open element = open.getFirst();
      if (at >= text.length()) {
        throw new Flawed(
            element.at(),
            "Expected </%s> to close the element that begins here."
                .formatted(Quote.of(element.name())));
      }
      if (text.startsWith("</", at)) {
        if (open.size() == around) {
          throw new Flawed(at, "Expected the end of the block before the end of the element.");
        }
        endTag(element);
        return open.size() > around || around > 0;
      }
      if (text.startsWith("<!--", at)) {
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
      return true;
    }
  }

  /// What stands between quotes.
  ///
  /// @param start where the first quote is
  private final class Value implements Region {
    private final char quote;
    private final int start;
    private final boolean isBlock;

    Value(char quote, int start, boolean isBlock) {
      this.quote = quote;
      this.start = start;
      this.isBlock = isBlock;
    }

    @Override
    public Escape escape() {
      return Escape.XML_ATTRIBUTE;
    }

    @Override
    public Region inside() {
      return new Value(quote, start, true);
    }

    @Override
    public boolean step() throws Flawed {
      if (at >= text.length()) {
        throw new Flawed(
            start, "Expected %s to close the value that begins here.".formatted(quote));
      }
      if (peek() == quote) {
        if (isBlock) {
          throw new Flawed(at, "Expected the end of the block before the end of the value.");
        }
        at++;
        return false;
      }
      if (peek() == '<') {
        throw new Flawed(at, "Expected no < in an attribute; it is written &lt;.");
      }
      if (peek() == '&') {
        reference();
      } else {
        at++;
      }
      return true;
    }
  }

  /// What stands in a CDATA section.
  private final class Cdata implements Region {
    private final int start;
    private final boolean isBlock;

    Cdata(int start, boolean isBlock) {
      this.start = start;
      this.isBlock = isBlock;
    }

    @Override
    public Escape escape() {
      return Escape.XML_CDATA;
    }

    @Override
    public Region inside() {
      return new Cdata(start, true);
    }

    @Override
    public boolean step() throws Flawed {
      if (at >= text.length()) {
        throw new Flawed(start, "Expected ]]> to close the CDATA section that begins here.");
      }
      if (!text.startsWith("]]>", at)) {
        at++;
        return true;
      }
      if (isBlock) {
        throw new Flawed(at, "Expected the end of the block before the end of the section.");
      }
      at += 3;
      return false;
    }
  }

  /// Reads a stretch to its end.
  private void region(Region region) throws Flawed {
    Stop stop = stretch(region, 0);
    if (stop != null) {
      throw new Flawed(stop.at, TemplateParser.unopened(stop.tag));
    }
  }

  /// A tag that ends what is being read.
  private record Stop(int at, Tag tag) {}

  /// Reads to the end of a stretch, or to the tag that ends the block that it is.
  ///
  /// @param elements how many elements have to be open at such a tag; 0: any number
  private @Nullable Stop stretch(Region region, int elements) throws Flawed {
    while (true) {
      if (!text.startsWith("{{", at)) {
        if (!region.step()) {
          return null;
        }
        continue;
      }
      int before = at;
      boolean split = region instanceof Cdata && text.charAt(at - 1) == ']';
      flush(at);
      if (split) {
        // What comes next may not complete a ]]> that was typed before it.
        out.add(XmlChars.SPLIT);
      }
      Tag tag = tag();
      literal = at;
      switch (tag) {
        case Tag.Value(var expression) ->
            out.add(template.token(before, at, expression), template, region.escape());
        case Tag.OpenIf(var subject) -> branches(before, subject, region);
        case Tag.OpenEach each -> loop(before, each, region);
        case Tag.Else middle -> {
          return stop(before, tag, elements);
        }
        case Tag.CloseIf close -> {
          return stop(before, tag, elements);
        }
        case Tag.CloseEach close -> {
          return stop(before, tag, elements);
        }
      }
    }
  }

  private Stop stop(int where, Tag tag, int elements) throws Flawed {
    Open element = open.peek();
    if (elements > 0 && element != null && open.size() > elements) {
      throw new Flawed(
          where,
          "Expected </%s> before %s.".formatted(Quote.of(element.name()), tag.words()));
    }
    return new Stop(where, tag);
  }

  private void branches(int where, Reference subject, Region region) throws Flawed {
    template.enter(where, false);
    var then = new Piece.Row(template.scope());
    var otherwise = new Piece.Row(template.scope());
    Tag end = block(where, then, Tag.CloseIf.CLOSE_IF, region);
    if (end instanceof Tag.Else) {
      end = block(where, otherwise, Tag.CloseIf.CLOSE_IF, region);
    }
    if (!(end instanceof Tag.CloseIf)) {
      throw TemplateParser.unclosed(where, Tag.CloseIf.CLOSE_IF, end);
    }
    template.leave(false);
    out.add(new Piece.If(subject, then.pieces(), otherwise.pieces()));
  }

  private void loop(int where, Tag.OpenEach each, Region region) throws Flawed {
    Piece.Loop loop = template.loop(where, at, each);
    template.enter(where, true);
    var inside = new Piece.Row(template.scope());
    Tag end = block(where, inside, Tag.CloseEach.CLOSE_EACH, region);
    if (!(end instanceof Tag.CloseEach)) {
      throw TemplateParser.unclosed(where, Tag.CloseEach.CLOSE_EACH, end);
    }
    template.leave(true);
    out.add(new Piece.Each(loop, inside.pieces()));
  }

  /// Reads one branch of a block into a row of its own; the tag that ends it.
  private Tag block(int where, Piece.Row row, Tag expected, Region region) throws Flawed {
    Piece.Row around = out;
    out = row;
    Stop stop = stretch(region.inside(), open.size());
    out = around;
    if (stop == null) {
      throw TemplateParser.unclosed(where, expected, null);
    }
    return stop.tag;
  }

  /// Reads the tag that begins here.
  private Tag tag() throws Flawed {
    int before = at;
    int after = template.endOfTag(before);
    at = after;
    return template.tag(before, after);
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
    int start = at;
    at++;
    region(new Value(quote, start, false));
    String value = text.substring(start + 1, at - 1);
    return new XmlScope.Attribute(name, value.contains("{{") ? null : value);
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
    region(new Cdata(start, false));
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

  private Flawed wrong(String expected) {
    String found =
        at >= text.length()
            ? "the end"
            : Character.isISOControl(text.charAt(at))
                ? "a control character"
                : Character.toString(text.codePointAt(at));
    return new Flawed(at, "Expected %s, but found %s.".formatted(expected, found));
  }
}
