package io.fairlead.response;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/// A body as text. The byte order mark decides the charset, then the Content-Type, then the XML
/// declaration; without any of them it is UTF-8.
///
/// @param text null when the body is not valid in its charset
/// @param charset the name of the charset that was tried
record Decoded(@Nullable String text, String charset) {
  private static final int DECLARATION = 200;

  static Decoded of(byte[] body, MediaType type) {
    if (starts(body, 0xef, 0xbb, 0xbf)) {
      return decode(body, 3, StandardCharsets.UTF_8);
    }
    if (starts(body, 0xfe, 0xff)) {
      return decode(body, 2, StandardCharsets.UTF_16BE);
    }
    if (starts(body, 0xff, 0xfe)) {
      return decode(body, 2, StandardCharsets.UTF_16LE);
    }
    if (type.charset() == null && starts(body, '<', 0, '?', 0)) {
      return decode(body, 0, StandardCharsets.UTF_16LE);
    }
    if (type.charset() == null && starts(body, 0, '<', 0, '?')) {
      return decode(body, 0, StandardCharsets.UTF_16BE);
    }
    String named = type.charset() == null ? declared(body) : type.charset();
    return decode(body, 0, charset(named));
  }

  private static boolean starts(byte[] body, int... with) {
    if (body.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((body[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static Decoded decode(byte[] body, int from, Charset charset) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body, from, body.length - from);
      return new Decoded(charset.newDecoder().decode(bytes).toString(), charset.name());
    } catch (CharacterCodingException e) {
      return new Decoded(null, charset.name());
    }
  }

  /// A name that says nothing, and one for which there is no decoder, mean UTF-8.
  private static Charset charset(@Nullable String name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /// What the XML declaration says; it is ASCII in all charsets that get here.
  private static @Nullable String declared(byte[] body) {
    if (!starts(body, '<', '?', 'x', 'm', 'l')) {
      return null;
    }
    int length = Math.min(body.length, DECLARATION);
    String start = new String(body, 0, length, StandardCharsets.ISO_8859_1);
    int end = start.indexOf("?>");
    int at = start.indexOf("encoding");
    if (at < 0 || at > end) {
      return null;
    }
    int open = at + "encoding".length();
    while (open < end && start.charAt(open) != '"' && start.charAt(open) != '\'') {
      open++;
    }
    int close = start.indexOf(start.charAt(open), open + 1);
    return open < end && close > open && close < end ? start.substring(open + 1, close) : null;
  }
}
