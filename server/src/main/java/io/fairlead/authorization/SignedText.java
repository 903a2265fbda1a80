package io.fairlead.authorization;

import io.fairlead.json.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text that is put together from parts of a request, e.g. `{{$timestamp}}.{{$body}}`: what is
/// signed, and what stands before a signature. Immutable.
///
/// @param source as its author wrote it
public record SignedText(String source, List<Part> parts) {
  public SignedText {
    parts = List.copyOf(parts);
  }

  /// A part of it.
  public sealed interface Part {
    /// Stands there as it is.
    record Literal(String text) implements Part {}

    /// Stands for something of the request.
    record Named(Name name) implements Part {}
  }

  /// What a part may stand for.
  public enum Name {
    /// The delivery's public id, as in `webhook-id`.
    ID("$id"),
    /// The attempt's time in epoch seconds.
    TIMESTAMP("$timestamp"),
    /// The exact bytes of the body; nothing when there is none.
    BODY("$body"),
    /// E.g. `POST`.
    METHOD("$method"),
    /// The whole URL as it is sent.
    URL("$url"),
    /// Path and query as they are sent.
    TARGET("$target"),
    /// The path alone.
    PATH("$path"),
    /// The query alone, without its question mark; nothing when there is none.
    QUERY("$query"),
    /// The value of the header `Host`.
    HOST("$host");

    private final String text;

    Name(String text) {
      this.text = text;
    }

    /// As it is written between the braces.
    String text() {
      return text;
    }
  }

  /// What parsing came to.
  public sealed interface Parsed {
    /// It can be used.
    record Good(SignedText text) implements Parsed {}

    /// It cannot.
    ///
    /// @param sentence why, with the column
    record Bad(String sentence) implements Parsed {}
  }

  /// Reads a template. It knows names only: no paths, defaults or filters.
  public static Parsed parse(String source) {
    var parts = new ArrayList<Part>();
    int at = 0;
    while (at < source.length()) {
      int open = source.indexOf("{{", at);
      if (open < 0) {
        parts.add(new Part.Literal(source.substring(at)));
        break;
      }
      if (open > at) {
        parts.add(new Part.Literal(source.substring(at, open)));
      }
      int close = source.indexOf("}}", open + 2);
      if (close < 0) {
        return bad(open, "Expected }} after {{.");
      }
      String name = source.substring(open + 2, close).strip();
      Name known = named(name);
      if (known == null) {
        return bad(open, unknown(name));
      }
      parts.add(new Part.Named(known));
      at = close + 2;
    }
    return new Parsed.Good(new SignedText(source, parts));
  }

  private static Parsed bad(int at, String sentence) {
    return new Parsed.Bad("Column %d: %s".formatted(at + 1, sentence));
  }

  private static String unknown(String name) {
    List<String> names = Arrays.stream(Name.values()).map(Name::text).toList();
    String shown = name.length() <= 50 ? name : name.substring(0, 50) + "…";
    return "Expected one of %s, but found %s.%s"
        .formatted(String.join(", ", names), shown, Members.didYouMean(name, names));
  }

  private static @Nullable Name named(String text) {
    for (Name name : Name.values()) {
      if (name.text.equals(text)) {
        return name;
      }
    }
    return null;
  }

  /// Whether it has that part.
  public boolean has(Name name) {
    return parts.contains(new Part.Named(name));
  }

  /// The text as bytes, handed over piece by piece.
  void write(ToSign request, Sink sink) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(String text) -> sink.take(text.getBytes(StandardCharsets.UTF_8));
        case Part.Named(Name name) -> sink.take(request.bytes(name));
      }
    }
  }

  /// Takes bytes.
  interface Sink {
    void take(byte[] bytes);
  }
}
