package io.fairlead.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads text with tokens.
final class TemplateParser {
  private final TemplateText template;
  private final String text;
  private int at;

  private TemplateParser(TemplateText template) {
    this.template = template;
    this.text = template.text();
  }

  /// The parts of a text for one value: blocks are refused. What cannot be read is noted as a flaw
  /// and left out.
  static List<Part.Inline> line(TemplateText template) {
    return new TemplateParser(template).line();
  }

  /// The parts of a text in which blocks may stand. What cannot be read is noted as a flaw; the
  /// parts are meaningless then.
  static List<Part> parse(TemplateText template) {
    var parser = new TemplateParser(template);
    var parts = new ArrayList<Part>();
    try {
      Stop stop = parser.parts(parts);
      if (stop != null) {
        template.flaw(stop.at, unopened(stop.tag));
      }
    } catch (Flawed flawed) {
      template.flaw(flawed);
    }
    return List.copyOf(parts);
  }

  private List<Part.Inline> line() {
    var parts = new ArrayList<Part.Inline>();
    while (at < text.length()) {
      int open = literal(parts);
      if (open < 0) {
        break;
      }
      try {
        int after = template.endOfTag(open);
        at = after;
        if (template.tag(open, after) instanceof Tag.Value(var expression)) {
          parts.add(template.token(open, after, expression));
        } else {
          template.flaw(
              open, "Expected no block: #if and #each stand in the template of a body only.");
        }
      } catch (Flawed flawed) {
        template.flaw(flawed);
        at = at <= open ? text.length() : at;
      }
    }
    return List.copyOf(parts);
  }

  /// Reads what stands before the next tag; where that opens, or -1.
  private int literal(List<? super Part.Text> parts) {
    int open = text.indexOf("{{", at);
    int until = open < 0 ? text.length() : open;
    if (until > at) {
      parts.add(new Part.Text(at, text.substring(at, until)));
    }
    at = until;
    return open;
  }

  /// A tag that ends what is being read.
  private record Stop(int at, Tag tag) {}

  /// Reads parts up to a tag that belongs to the block around them, or to the end: then null.
  private @Nullable Stop parts(List<Part> parts) throws Flawed {
    while (at < text.length()) {
      int open = literal(parts);
      if (open < 0) {
        break;
      }
      int after = template.endOfTag(open);
      at = after;
      Tag tag;
      try {
        tag = template.tag(open, after);
      } catch (Flawed flawed) {
        template.flaw(flawed);
        continue;
      }
      switch (tag) {
        case Tag.Value(var expression) -> parts.add(template.token(open, after, expression));
        case Tag.OpenIf(var subject) -> parts.add(branches(open, subject));
        case Tag.OpenEach each -> parts.add(loop(open, after, each));
        case Tag.Else middle -> {
          return new Stop(open, middle);
        }
        case Tag.CloseIf close -> {
          return new Stop(open, close);
        }
        case Tag.CloseEach close -> {
          return new Stop(open, close);
        }
      }
    }
    return null;
  }

  private Part branches(int open, Reference subject) throws Flawed {
    template.enter(open, false);
    var then = new ArrayList<Part>();
    var otherwise = new ArrayList<Part>();
    Tag end = tagAfter(then);
    if (end instanceof Tag.Else) {
      end = tagAfter(otherwise);
    }
    if (!(end instanceof Tag.CloseIf)) {
      throw unclosed(open, Tag.CloseIf.CLOSE_IF, end);
    }
    template.leave(false);
    return new Part.If(open, subject, then, otherwise);
  }

  private Part loop(int open, int after, Tag.OpenEach each) throws Flawed {
    Piece.Loop loop = template.loop(open, after, each);
    template.enter(open, true);
    var parts = new ArrayList<Part>();
    Tag end = tagAfter(parts);
    if (!(end instanceof Tag.CloseEach)) {
      throw unclosed(open, Tag.CloseEach.CLOSE_EACH, end);
    }
    template.leave(true);
    return new Part.Each(open, loop, parts);
  }

  private @Nullable Tag tagAfter(List<Part> parts) throws Flawed {
    Stop stop = parts(parts);
    return stop == null ? null : stop.tag;
  }

  /// What is wrong with a block that is not closed, or by another tag than its own.
  ///
  /// @param found null: the end of the text
  static Flawed unclosed(int open, Tag expected, @Nullable Tag found) {
    return new Flawed(
        open,
        "Expected %s to close the block that begins here, but found %s."
            .formatted(expected.words(), found == null ? "the end" : found.words()));
  }

  /// What is wrong with a tag that belongs to no block.
  static String unopened(Tag tag) {
    return "Expected no %s here: no block is open that it belongs to.".formatted(tag.words());
  }
}
