package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Headers as people paste them: one text, `Name: value|Name: value`. A pipe in a value is written
/// `\|`, and a backslash before a pipe that parts headers `\\|`; a pipe in a token is part of the
/// token. A line end parts headers too.
public final class HeaderText {
  private final String text;
  private final String pointer;
  private final Faults faults;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private HeaderText(String text, String pointer, Faults faults) {
    this.text = text;
    this.pointer = pointer;
    this.faults = faults;
  }

  /// A text that was read.
  ///
  /// @param rows in its order, less what the hub computes itself
  /// @param notes a sentence for each header that was left out
  public record Pasted(List<Row> rows, List<String> notes) {
    public Pasted {
      rows = List.copyOf(rows);
      notes = List.copyOf(notes);
    }
  }

  /// Reads a text; meaningless when there are new faults.
  ///
  /// @param pointer where the text stands in the document
  public static Pasted read(String text, String pointer, Faults faults) {
    var headers = new HeaderText(text, pointer, faults);
    headers.read();
    return new Pasted(headers.rows, headers.notes);
  }

  private void read() {
    var part = new StringBuilder();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("{{", at)) {
        int close = text.indexOf("}}", at);
        int after = close < 0 ? text.length() : close + 2;
        part.append(text, at, after);
        at = after;
      } else if (c == '\\') {
        at = backslashes(at, part);
      } else if (c == '|' || c == '\n') {
        header(part.toString(), start);
        part.setLength(0);
        at++;
        start = at;
      } else {
        part.append(c);
        at++;
      }
    }
    header(part.toString(), start);
  }

  /// Reads a row of backslashes; they mean something only before a pipe.
  private int backslashes(int from, StringBuilder part) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    int count = at - from;
    if (at == text.length() || text.charAt(at) != '|') {
      part.repeat('\\', count);
      return at;
    }
    part.repeat('\\', count / 2);
    if (count % 2 == 0) {
      return at;
    }
    part.append('|');
    return at + 1;
  }

  private void header(String part, int start) {
    if (part.isBlank()) {
      return;
    }
    int colon = part.indexOf(':');
    String name = colon < 0 ? "" : part.substring(0, colon).strip();
    if (name.isEmpty()) {
      // Not quoted: it may be a secret.
      faults.at(
          pointer,
          "%s: Expected a header like Name: value; headers are parted by |, and a | in a value is written \\|."
              .formatted(Flaw.words(text, start)));
      return;
    }
    if (RequestCompiler.isHubs(name.toLowerCase(Locale.ROOT))) {
      notes.add(
          "The header %s was left out: it is computed for each request.".formatted(Quote.of(name)));
      return;
    }
    rows.add(new Row(name, part.substring(colon + 1).strip()));
  }
}
