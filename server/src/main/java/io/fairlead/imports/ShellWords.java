package io.fairlead.imports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one simple command as bash reads it: quotes, `$'…'`, backslashes, line continuations and
/// comments. What bash would only know when it runs (variables, other commands, file names) is
/// refused, and so is whatever would make it more than one command.
final class ShellWords {
  /// One word of the command.
  ///
  /// @param at where it begins in the text
  /// @param text without its quotes
  record Word(int at, String text) {}

  /// What reading came to.
  sealed interface Read {
    /// The words; none when there is no command.
    record Words(List<Word> words) implements Read {}

    /// It is no single command that can be known beforehand.
    ///
    /// @param at the offset in the text
    /// @param detail a sentence
    record Bad(int at, String detail) implements Read {}
  }

  /// Unwinds to the start with what is wrong.
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Read.Bad bad;

    Stop(int at, String detail) {
      super(detail, null, false, false);
      this.bad = new Read.Bad(at, detail);
    }
  }

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int at;

  /// The word that is being read, as the bytes that the command would get; null between words.
  private @Nullable ByteArrayOutputStream word;

  private int wordAt;

  /// How far braces were looked into already, so that it is done once.
  private int looked;

  private ShellWords(String text) {
    this.text = text;
  }

  static Read read(String text) {
    var reader = new ShellWords(text);
    try {
      reader.prompt();
      reader.command();
      return new Read.Words(List.copyOf(reader.words));
    } catch (Stop e) {
      return e.bad;
    }
  }

  /// Passes over the prompt that is copied along so often.
  private void prompt() {
    while (at < text.length() && (isBlank(text.charAt(at)) || isLineEnd() > 0)) {
      at++;
    }
    if (text.startsWith("$ ", at) || text.startsWith("% ", at)) {
      at += 2;
    }
  }

  private void command() throws Stop {
    while (at < text.length()) {
      char c = text.charAt(at);
      int lineEnd = isLineEnd();
      if (lineEnd > 0) {
        endWord();
        if (!words.isEmpty()) {
          nothingMoreAfter(at + lineEnd);
          return;
        }
        at += lineEnd;
      } else if (isBlank(c)) {
        endWord();
        at++;
      } else if (c == '#' && word == null) {
        comment();
      } else {
        part(c);
      }
    }
    endWord();
  }

  private void part(char c) throws Stop {
    switch (c) {
      case '\'' -> single();
      case '"' -> doubled();
      case '\\' -> backslash();
      case '$' -> dollar(false);
      case '`' -> throw new Stop(at, "A command in backticks cannot be run here; put in its text.");
      case '|' -> throw more("A pipe (|)");
      case ';' -> throw more("A semicolon");
      case '&' ->
          throw new Stop(
              at,
              "An & without quotes ends the command. Put the URL into quotes, or leave it out.");
      case '<', '>' ->
          throw new Stop(at, "Input and output of files (< and >) cannot be taken; leave it out.");
      case '(', ')' -> throw new Stop(at, "A parenthesis has to stand in quotes.");
      case '{' -> brace();
      case '~' -> {
        if (word == null) {
          throw new Stop(at, "A ~ at the start of a word means a folder; put it into quotes.");
        }
        plain();
      }
      case '^' -> {
        if (at + 1 < text.length() && "\"\r\n".indexOf(text.charAt(at + 1)) >= 0) {
          throw new Stop(
              at, "This command is written for Windows' cmd; copy it as cURL for bash instead.");
        }
        plain();
      }
      default -> plain();
    }
  }

  private Stop more(String what) {
    return new Stop(
        at,
        what + " begins another command, and only one curl command can be taken; leave it out.");
  }

  private void nothingMoreAfter(int from) throws Stop {
    at = from;
    while (at < text.length()) {
      int lineEnd = isLineEnd();
      if (lineEnd > 0) {
        at += lineEnd;
      } else if (isBlank(text.charAt(at))) {
        at++;
      } else if (text.charAt(at) == '#') {
        comment();
      } else {
        throw new Stop(
            at,
            "The line before this one ends the command. Put a \\ at its end, or leave this out.");
      }
    }
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  /// How many characters a line end here has, 0 when there is none.
  private int isLineEnd() {
    return text.startsWith("\r\n", at) ? 2 : text.startsWith("\n", at) ? 1 : 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private ByteArrayOutputStream open() {
    ByteArrayOutputStream bytes = word;
    if (bytes == null) {
      bytes = new ByteArrayOutputStream();
      word = bytes;
      wordAt = at;
    }
    return bytes;
  }

  private void endWord() throws Stop {
    ByteArrayOutputStream bytes = word;
    if (bytes == null) {
      return;
    }
    try {
      words.add(
          new Word(
              wordAt,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes.toByteArray()))
                  .toString()));
    } catch (CharacterCodingException e) {
      throw new Stop(
          wordAt, "This comes out as bytes that are no UTF-8 text, so it cannot be taken.");
    }
    word = null;
  }

  private void plain() throws Stop {
    put(text.codePointAt(at));
    at += Character.charCount(text.codePointAt(at));
  }

  private void put(int codePoint) throws Stop {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw new Stop(at, "Half of a surrogate pair stands here, which is no text.");
    }
    if (codePoint == 0) {
      throw new Stop(at, "A command line cannot carry a NUL character.");
    }
    open().writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private void single() throws Stop {
    int start = at;
    var _ = open();
    int close = text.indexOf('\'', at + 1);
    if (close < 0) {
      throw new Stop(start, "Expected ' to close the quotes that open here.");
    }
    at++;
    while (at < close) {
      plain();
    }
    at = close + 1;
  }

  private void doubled() throws Stop {
    int start = at;
    var _ = open();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        escapedInQuotes();
      } else if (c == '$') {
        dollar(true);
      } else if (c == '`') {
        throw new Stop(at, "A command in backticks cannot be run here; put in its text.");
      } else {
        plain();
      }
    }
    throw new Stop(start, "Expected \" to close the quotes that open here.");
  }

  /// Between double quotes a backslash stands for itself but before a few characters.
  private void escapedInQuotes() throws Stop {
    char next = text.charAt(at + 1);
    if (next == '\n') {
      at += 2;
    } else if (text.startsWith("\r\n", at + 1)) {
      at += 3;
    } else if ("$`\"\\".indexOf(next) >= 0) {
      at++;
      plain();
    } else {
      plain();
    }
  }

  private void backslash() throws Stop {
    at++;
    int lineEnd = isLineEnd();
    if (lineEnd > 0) {
      at += lineEnd;
    } else if (at < text.length()) {
      plain();
    } else if (word != null) {
      // At the very end it stands for itself, as a word of its own too; but that is a slip.
      throw new Stop(at - 1, "The command ends in a backslash, so something is missing after it.");
    }
  }

  /// A `$`: the start of quotes, of something that only bash could know, or a character.
  private void dollar(boolean quoted) throws Stop {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    if (next == '\'' && !quoted) {
      ansi();
    } else if (next == '"' && !quoted) {
      // A text for translation: without a catalog it is what it says.
      at++;
      doubled();
    } else if (next == '(') {
      throw new Stop(at, "A command in $(…) cannot be run here; put in its text.");
    } else if (next == '{'
        || next == '['
        || isNameStart(next)
        || (next >= '0' && next <= '9')
        || (next != '\0' && "@*#?-$!".indexOf(next) >= 0)) {
      throw new Stop(
          at, "The variable here has no value known to Fairlead; put in its value, or {{Name}}.");
    } else {
      plain();
    }
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// A brace without quotes that bash would make several words of. `{{Name}}` is none of them.
  private void brace() throws Stop {
    for (int i = Math.max(at + 1, looked); i < text.length(); i++) {
      looked = i;
      char c = text.charAt(i);
      if (isBlank(c) || "}\n'\"".indexOf(c) >= 0) {
        break;
      }
      if (c == ',' || text.startsWith("..", i)) {
        throw new Stop(at, "Braces without quotes make several words of this; put it into quotes.");
      }
    }
    plain();
  }

  /// Text in `$'…'`, with the escapes of C.
  private void ansi() throws Stop {
    int start = at;
    var _ = open();
    at += 2;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        at++;
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        escape();
      } else {
        plain();
      }
    }
    throw new Stop(start, "Expected ' to close the quotes that open here.");
  }

  private void escape() throws Stop {
    char c = text.charAt(at);
    int simple = "abeEfnrtv\\'\"?".indexOf(c);
    if (simple >= 0) {
      put("\u0007\b\u001b\u001b\f\n\r\t\u000b\\'\"?".charAt(simple));
      at++;
    } else if (c >= '0' && c <= '7') {
      octet(number(8, 3) & 0xff);
    } else if (c == 'x' && digit(at + 1, 16) >= 0) {
      at++;
      octet(number(16, 2));
    } else if (c == 'u' && digit(at + 1, 16) >= 0) {
      at++;
      unicode(number(16, 4));
    } else if (c == 'U' && digit(at + 1, 16) >= 0) {
      at++;
      unicode(number(16, 8));
    } else if (c == 'c' && at + 1 < text.length()) {
      at++;
      octet(text.charAt(at) == '?' ? 0x7f : text.charAt(at) & 0x1f);
      at++;
    } else {
      put('\\');
      plain();
    }
  }

  private void octet(int value) throws Stop {
    if (value == 0) {
      throw new Stop(at, "A command line cannot carry a NUL character.");
    }
    open().write(value);
  }

  /// Browsers write a character beyond U+FFFF as the two halves of its pair.
  private void unicode(int value) throws Stop {
    if (Character.MIN_HIGH_SURROGATE <= value
        && value <= Character.MAX_HIGH_SURROGATE
        && text.startsWith("\\u", at)
        && digit(at + 2, 16) >= 0) {
      at += 2;
      int low = number(16, 4);
      if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
        put(Character.toCodePoint((char) value, (char) low));
        return;
      }
      put(value);
    }
    if (!Character.isValidCodePoint(value)) {
      throw new Stop(at, "There is no character of that number in Unicode.");
    }
    put(value);
  }

  private int number(int radix, int most) {
    int value = 0;
    for (int i = 0; i < most && digit(at, radix) >= 0; i++, at++) {
      value = value * radix + digit(at, radix);
    }
    return value;
  }

  private int digit(int where, int radix) {
    return where < text.length() && text.charAt(where) < 0x80
        ? Character.digit(text.charAt(where), radix)
        : -1;
  }
}
