package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How a value is written into a kind of place. Either it arrives there unchanged or it is refused.
enum Escape {
  /// Part of one segment of a URL's path.
  PATH_SEGMENT {
    @Override
    @Nullable String absent(StringBuilder out) {
      return "there is no value, and a path has no place for none";
    }

    @Override
    @Nullable String text(StringBuilder out, String value) {
      if (value.isEmpty()) {
        return "the value is empty, which would change the path";
      }
      if (value.equals(".") || value.equals("..")) {
        return "the value is %s, which means another path".formatted(value);
      }
      return percent(out, value);
    }
  },
  /// Anywhere in a URL's query.
  QUERY {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      return percent(out, value);
    }
  },
  /// Part of a value in `application/x-www-form-urlencoded`, where a blank is a plus.
  FORM {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      return encode(out, value, true);
    }
  },
  /// Part of a header's value.
  HEADER {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      String refused = refusedInHeader(value);
      if (refused == null) {
        out.append(value);
      }
      return refused;
    }
  },
  /// Between the quotes of a JSON string.
  JSON_STRING {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      JsonWriter.appendEscaped(out, value);
      return null;
    }
  },
  /// Where JSON has a value.
  JSON_VALUE {
    @Override
    @Nullable String append(StringBuilder out, Json value) {
      JsonWriter.append(out, value);
      return null;
    }

    @Override
    @Nullable String absent(StringBuilder out) {
      out.append("null");
      return null;
    }

    @Override
    void masked(StringBuilder out, String shown) {
      out.append('"').append(shown).append('"');
    }

    @Override
    @Nullable String text(StringBuilder out, String value) {
      JsonWriter.appendString(out, value);
      return null;
    }
  },
  /// Between the tags of XML. A carriage return is written as a reference, since parsers make a
  /// line feed of a plain one.
  XML_TEXT {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      return XmlChars.appendText(out, value);
    }
  },
  /// Between the quotes of an XML attribute, of either kind; blanks other than U+0020 are written
  /// as references, since parsers make a blank of a plain one.
  XML_ATTRIBUTE {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      return XmlChars.appendAttribute(out, value);
    }
  },
  /// In a CDATA section of XML, which is closed and opened again around what it cannot hold.
  XML_CDATA {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      return XmlChars.appendCdata(out, value);
    }
  },
  /// Between the quotes of a parameter of `Content-Disposition` (RFC 7578, 4.2), as UTF-8. Quotes,
  /// backslashes and controls are refused: no spelling of them is read the same everywhere.
  PART_PARAMETER {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      String refused = refusedInParameter(value);
      if (refused == null) {
        out.append(value);
      }
      return refused;
    }
  },
  /// Text that nothing is known of.
  RAW {
    @Override
    @Nullable String text(StringBuilder out, String value) {
      if (TemplateText.loneSurrogate(value) >= 0) {
        return HALF;
      }
      out.append(value);
      return null;
    }
  };

  /// Why half of a surrogate pair is refused.
  static final String HALF = "it has half of a surrogate pair, which has no form in UTF-8";

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /// Appends a value; gives the reason, and has appended nothing that may be used, when it cannot
  /// arrive unchanged.
  @Nullable String append(StringBuilder out, Json value) {
    String text = Values.text(value);
    return text == null
        ? "the value is %s, and text is needed".formatted(value.kind())
        : text(out, text);
  }

  /// Appends what stands for a value that may be absent, and is: mostly nothing.
  @Nullable String absent(StringBuilder out) {
    return null;
  }

  /// Appends what is shown in place of a secret.
  void masked(StringBuilder out, String shown) {
    out.append(shown);
  }

  /// Appends text in the same manner.
  abstract @Nullable String text(StringBuilder out, String value);

  /// Why a header's value cannot hold this text, or null.
  static @Nullable String refusedInHeader(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return "it has %s, which a header cannot carry"
            .formatted(c == '\r' || c == '\n' ? "a line end" : "a control character");
      }
      if (c > 0x7f) {
        return "it has %s, and a header carries ASCII only"
            .formatted(Quote.of(Character.toString(value.codePointAt(i))));
      }
    }
    return null;
  }

  /// Why a quoted parameter cannot hold this text, or null.
  static @Nullable String refusedInParameter(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        return "it has %s, which receivers read in different ways in a part's name or file name"
            .formatted(c == '"' ? "a double quote" : "a backslash");
      }
      if (Character.isISOControl(c)) {
        return "it has a control character, which a part's name or file name cannot carry";
      }
    }
    return TemplateText.loneSurrogate(value) >= 0 ? HALF : null;
  }

  /// Percent-encodes all but the unreserved characters of RFC 3986.
  static @Nullable String percent(StringBuilder out, String value) {
    return encode(out, value, false);
  }

  private static @Nullable String encode(StringBuilder out, String value, boolean plus) {
    if (TemplateText.loneSurrogate(value) >= 0) {
      return HALF;
    }
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b & 0xff)) {
        out.append((char) b);
      } else if (plus && b == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
    }
    return null;
  }

  static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
