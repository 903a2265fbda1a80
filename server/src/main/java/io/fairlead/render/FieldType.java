package io.fairlead.render;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a field's value has to be.
public enum FieldType {
  /// Text, also where a token has a number.
  STRING {
    @Override
    @Nullable String refused(String text) {
      return null;
    }
  },
  /// A number as JSON writes it; text that is one will do.
  NUMBER {
    @Override
    @Nullable String refused(String text) {
      return NUMERAL.matcher(text).matches()
          ? null
          : "the field's type is number, and this is none";
    }
  },
  /// `true` or `false`; text that is one of them will do.
  BOOLEAN {
    @Override
    @Nullable String refused(String text) {
      return text.equals("true") || text.equals("false")
          ? null
          : "the field's type is boolean, and this is neither true nor false";
    }
  },
  /// JSON text with tokens in values and strings.
  JSON {
    @Override
    @Nullable String refused(String text) {
      return null;
    }
  };

  private static final Pattern NUMERAL =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,999})(?:\\.[0-9]{1,1000})?(?:[eE][+-]?[0-9]{1,9})?");

  /// The name in a document: `string` ...
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Why a text is none of these, or null.
  abstract @Nullable String refused(String text);
}
