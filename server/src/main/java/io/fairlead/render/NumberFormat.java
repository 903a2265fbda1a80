package io.fairlead.render;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How a number is written: `0`, `0.00`, `#,##0.##`, with other separators perhaps. `0` is a digit
/// that is always there, `#` one only where it is needed.
///
/// @param grouped whether digits stand in groups of three
/// @param whole the fewest digits before the decimal point
/// @param fewest the fewest decimals
/// @param most the most decimals
record NumberFormat(boolean grouped, int whole, int fewest, int most, char point, char comma) {
  private static final int LONGEST = 40;

  /// Reads a format and the separators after it, decimal point first.
  static NumberFormat read(Arguments arguments) throws Flawed {
    String format = arguments.text(0);
    String separators = arguments.text(1, ".,");
    if (separators.length() != 2
        || separators.charAt(0) == separators.charAt(1)
        || separators.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      throw new Flawed(
          arguments.at(1), "Expected two separators, the decimal point first: \".,\" or \",.\".");
    }
    boolean grouped = format.startsWith("#,##");
    int at = grouped ? 4 : 0;
    int point = run(format, at, '0');
    int whole = point - at;
    int fewest = 0;
    int most = 0;
    int end = point;
    if (end < format.length() && format.charAt(end) == '.') {
      int zeros = run(format, end + 1, '0');
      int all = run(format, zeros, '#');
      fewest = zeros - end - 1;
      most = all - end - 1;
      end = most == 0 ? end : all;
    }
    if (end != format.length() || whole == 0 || format.length() > LONGEST) {
      throw new Flawed(
          arguments.at(0), "Expected a format such as \"0\", \"0.00\" or \"#,##0.00\".");
    }
    return new NumberFormat(
        grouped, whole, fewest, most, separators.charAt(0), separators.charAt(1));
  }

  private static int run(String format, int from, char c) {
    int at = from;
    while (at < format.length() && format.charAt(at) == c) {
      at++;
    }
    return at;
  }

  /// Writes a number of not too many digits.
  String write(BigDecimal number) {
    BigDecimal rounded = number.setScale(most, RoundingMode.HALF_UP);
    String plain = rounded.abs().toPlainString();
    int dot = plain.indexOf('.');
    String digits = dot < 0 ? plain : plain.substring(0, dot);
    String decimals = dot < 0 ? "" : plain.substring(dot + 1);
    int kept = decimals.length();
    while (kept > fewest && decimals.charAt(kept - 1) == '0') {
      kept--;
    }
    var out = new StringBuilder(plain.length() + 16);
    if (rounded.signum() < 0) {
      out.append('-');
    }
    String padded = "0".repeat(Math.max(0, whole - digits.length())) + digits;
    for (int i = 0; i < padded.length(); i++) {
      if (grouped && i > 0 && (padded.length() - i) % 3 == 0) {
        out.append(comma);
      }
      out.append(padded.charAt(i));
    }
    if (kept > 0) {
      out.append(point).append(decimals, 0, kept);
    }
    return out.toString();
  }
}
