package io.fairlead.render;

import io.fairlead.base.Quote;
import java.net.IDN;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a host as its author typed it. One spelling for each address: what looks like a number in
/// any other (octal, hexadecimal, short forms) means different hosts to different programs.
sealed interface HostName {
  /// @param ascii in lower case; an IPv6 address without brackets
  record Good(String ascii) implements HostName {}

  /// @param reason a sentence
  record Bad(String reason) implements HostName {}

  /// Characters that the older and the newer IDNA read as different hosts.
  Pattern DEVIATIONS = Pattern.compile("[ßẞς\u200c\u200d]");

  Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  Pattern QUAD_PART = Pattern.compile("0|[1-9][0-9]{0,2}");
  Pattern HEX_NUMBER = Pattern.compile("0x[0-9a-f]*");
  Pattern DIGITS = Pattern.compile("[0-9]+");
  Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /// Reads the text between `//` and the port.
  static HostName read(String typed) {
    if (typed.isEmpty()) {
      return new Bad("Expected a host after ://.");
    }
    if (typed.startsWith("[")) {
      return bracketed(typed);
    }
    if (typed.indexOf('%') >= 0) {
      return new Bad("Expected a host without %; percent-encoding is not for hosts.");
    }
    if (DEVIATIONS.matcher(typed).find()) {
      return new Bad(
          "The host has a character that programs read in two ways; write it in its xn-- form.");
    }
    String ascii;
    try {
      ascii = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return new Bad(
          "Expected a host of letters, digits and hyphens, but found %s."
              .formatted(Quote.of(typed)));
    }
    if (ascii.endsWith(".")) {
      return new Bad("Expected a host without a dot at its end.");
    }
    if (ascii.length() > 253) {
      return new Bad("The host is longer than 253 characters.");
    }
    String[] labels = ascii.split("\\.", -1);
    String last = labels[labels.length - 1];
    if (DIGITS.matcher(last).matches() || HEX_NUMBER.matcher(last).matches()) {
      return quad(typed, ascii, labels);
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return new Bad(
            "Expected a host of letters, digits and hyphens, but found %s."
                .formatted(Quote.of(typed)));
      }
    }
    return new Good(ascii);
  }

  private static HostName quad(String typed, String ascii, String[] labels) {
    boolean plain = labels.length == 4 && typed.equals(ascii);
    for (String label : labels) {
      plain = plain && QUAD_PART.matcher(label).matches() && Integer.parseInt(label, 10) <= 255;
    }
    return plain
        ? new Good(ascii)
        : new Bad(
            "Expected a name, or an IPv4 address as four decimal numbers like 192.0.2.1, but found %s."
                .formatted(Quote.of(typed)));
  }

  private static HostName bracketed(String typed) {
    String inside = typed.substring(1, typed.length() - 1);
    if (inside.indexOf('%') >= 0) {
      return new Bad("Expected an IPv6 address without a zone.");
    }
    try {
      if (IPV6.matcher(inside).matches() && inside.indexOf(':') >= 0) {
        var _ = Inet6Address.ofLiteral(inside);
        return new Good(inside.toLowerCase(Locale.ROOT));
      }
    } catch (IllegalArgumentException e) {
      // Falls to the sentence below.
    }
    return new Bad(
        "Expected an IPv6 address between [ and ], but found %s.".formatted(Quote.of(inside)));
  }
}
