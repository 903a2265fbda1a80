package io.fairlead.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name under which a stranger's document may be saved: no path, nothing that a file system or
/// a person could take for something else, and an ending that fits what the document is.
///
/// @param text 1 to 150 characters
record FileName(String text) {
  private static final int LONGEST = 120;

  /// As systems of files have it, on any of which it may be saved.
  private static final String FORBIDDEN = "/\\:*?\"<>|%";

  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3");

  /// `filename*=utf-8''…` of RFC 8187.
  private static final Pattern EXTENDED =
      Pattern.compile(
          ";\\s*filename\\*\\s*=\\s*(utf-8|iso-8859-1)'[^']{0,30}'([^;\\s]{1,1000})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern QUOTED =
      Pattern.compile(
          ";\\s*filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.){1,1000}+)\"", Pattern.CASE_INSENSITIVE);

  private static final Pattern TOKEN =
      Pattern.compile(";\\s*filename\\s*=\\s*([^\\s;\"]{1,1000})", Pattern.CASE_INSENSITIVE);

  /// The third party's own name for it when it gave one (RFC 6266), else one that is made of the
  /// parts.
  ///
  /// @param disposition `Content-Disposition` as it came, or null
  /// @param parts e.g. the command's name and its inputs
  /// @param type the document's media type
  static FileName of(@Nullable String disposition, List<String> parts, String type) {
    String given = disposition == null ? null : given(";" + afterKind(disposition));
    String name = given == null ? "" : clean(given.substring(lastSlash(given) + 1));
    if (name.isEmpty()) {
      name = clean(String.join("-", parts));
    }
    return new FileName(withEnding(name.isEmpty() ? "document" : name, type));
  }

  private static String afterKind(String disposition) {
    String bounded = disposition.length() > 4_000 ? "" : disposition;
    return bounded.substring(bounded.indexOf(';') + 1);
  }

  private static int lastSlash(String name) {
    return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
  }

  private static @Nullable String given(String parameters) {
    Matcher extended = EXTENDED.matcher(parameters);
    if (extended.find()) {
      String decoded = decoded(extended.group(2), Charset.forName(extended.group(1)));
      if (decoded != null) {
        return decoded;
      }
    }
    Matcher quoted = QUOTED.matcher(parameters);
    if (quoted.find()) {
      return asUtf8(quoted.group(1).replaceAll("\\\\(.)", "$1"));
    }
    Matcher token = TOKEN.matcher(parameters);
    return token.find() ? asUtf8(token.group(1)) : null;
  }

  private static @Nullable String decoded(String text, Charset charset) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    return strictly(bytes.flip(), charset);
  }

  /// Many write UTF-8 into the plain parameter, which was read byte for byte.
  private static String asUtf8(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    String read = strictly(bytes, StandardCharsets.UTF_8);
    return read == null ? text : read;
  }

  private static @Nullable String strictly(ByteBuffer bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String clean(String name) {
    var out = new StringBuilder();
    name.codePoints()
        .limit(2 * LONGEST)
        .forEach(c -> {
          if (isPlain(c)) {
            out.appendCodePoint(c);
          } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '_') {
            out.append('_');
          }
        });
    String text = out.toString().strip();
    int start = 0;
    while (start < text.length() && ".-_ ~".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    text = text.substring(start);
    if (text.length() > LONGEST) {
      int end = text.offsetByCodePoints(0, text.codePointCount(0, LONGEST));
      text = text.substring(0, end);
    }
    int end = text.length();
    while (end > 0 && "._ ".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    text = text.substring(0, end);
    int dot = text.indexOf('.');
    String stem = (dot < 0 ? text : text.substring(0, dot)).toLowerCase(Locale.ROOT);
    return DEVICES.contains(stem) ? "file-" + text : text;
  }

  /// What can be seen, and means nothing to a shell, a path or the direction of writing.
  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> FORBIDDEN.indexOf(c) < 0;
    };
  }

  /// `report.exe` that is a PDF becomes `report.exe.pdf`.
  private static String withEnding(String name, String type) {
    List<String> endings = DocumentType.endings(type);
    String lower = name.toLowerCase(Locale.ROOT);
    boolean fits = endings.stream().anyMatch(lower::endsWith);
    if (fits) {
      return name;
    }
    return name + (endings.isEmpty() ? ".bin" : endings.getFirst());
  }

  /// The value of a `Content-Disposition`: with a plain name for old readers and, where that is not
  /// all of it, the whole one as RFC 8187 writes it.
  ///
  /// @param kind `inline` or `attachment`
  String disposition(String kind) {
    var plain = new StringBuilder();
    boolean same = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ascii = c >= ' ' && c <= '~';
      same &= ascii;
      if (ascii || !Character.isLowSurrogate(c)) {
        plain.append(ascii ? c : '_');
      }
    }
    String header = kind + "; filename=\"" + plain + "\"";
    return same ? header : header + "; filename*=UTF-8''" + extended();
  }

  private String extended() {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "!#$&+-.^_`|~".indexOf(c) >= 0;
      out.append(plain ? String.valueOf((char) c) : "%%%02X".formatted(c));
    }
    return out.toString();
  }
}
