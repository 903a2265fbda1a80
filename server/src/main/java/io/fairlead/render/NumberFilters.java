package io.fairlead.render;

import io.fairlead.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Filters over numbers. Half is rounded away from zero.
final class NumberFilters {
  private static final int MOST_DECIMALS = 20;
  private static final int MOST_DIGITS = 1_000;

  private NumberFilters() {}

  /// Without a format, a number of a text that is one; with it, text.
  static Filter number(Arguments arguments) throws Flawed {
    if (!arguments.has(0)) {
      return (value, _) -> {
        String text = numeral(value);
        return text == null ? noNumber(value) : new Filtered.Value(new Json.JsonNumber(text));
      };
    }
    NumberFormat format = NumberFormat.read(arguments);
    return (value, _) -> {
      BigDecimal number = decimal(value);
      return number == null ? noNumber(value) : Filtered.text(format.write(number));
    };
  }

  static Filter round(Arguments arguments) throws Flawed {
    int decimals = arguments.whole(0, 0, MOST_DECIMALS, 0);
    return (value, _) -> {
      BigDecimal number = decimal(value);
      return number == null
          ? noNumber(value)
          : new Filtered.Value(
              new Json.JsonNumber(number.setScale(decimals, RoundingMode.HALF_UP).toPlainString()));
    };
  }

  private static Filtered noNumber(Json value) {
    return new Filtered.Refused(
        value instanceof Json.JsonString
            ? "it takes a number such as 1234.5, of at most %,d digits, but the text is another"
                .formatted(MOST_DIGITS)
            : value instanceof Json.JsonNumber
                ? "the number has more than %,d digits when it is written out"
                    .formatted(MOST_DIGITS)
                : "it takes a number, but the value is %s".formatted(value.kind()));
  }

  /// A number that can be written out, or null.
  private static @Nullable BigDecimal decimal(Json value) {
    String text = numeral(value);
    if (text == null) {
      return null;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
    boolean isShort =
        number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    return isShort ? number : null;
  }

  /// The text of a number as JSON writes it, or null.
  private static @Nullable String numeral(Json value) {
    String text =
        switch (value) {
          case Json.JsonNumber(String number) -> number;
          case Json.JsonString(String string) -> string;
          case Json.JsonBool bool -> null;
          case Json.JsonNull nothing -> null;
          case Json.JsonArray array -> null;
          case Json.JsonObject object -> null;
        };
    return text != null && text.length() <= MOST_DIGITS && isNumber(text) ? text : null;
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int whole = digits(text, at);
    if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
      return false;
    }
    at = whole;
    if (at < text.length() && text.charAt(at) == '.') {
      int decimals = digits(text, at + 1);
      if (decimals == at + 1) {
        return false;
      }
      at = decimals;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
      int exponent = digits(text, at + 1 + sign);
      if (exponent == at + 1 + sign) {
        return false;
      }
      at = exponent;
    }
    return at == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
