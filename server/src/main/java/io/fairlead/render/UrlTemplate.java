package io.fairlead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the URL that an author typed. What is valid in it is sent as it was typed, never decoded
/// and encoded again; what is not valid is a flaw, with its position.
final class UrlTemplate {
  /// What the parts of a path may hold besides unreserved characters and percent-encodings: RFC
  /// 3986, `pchar`.
  private static final String IN_PATH = "!$&'()*+,;=:@/";

  /// The brackets are not in RFC 3986, but every browser and curl send them, and many interfaces
  /// ask for `filter[name]=`.
  private static final String IN_QUERY = IN_PATH + "?[]";

  private final String text;
  private final TemplateText template;
  private final boolean mayBeUnreachable;
  private final Piece.Row target;
  private @Nullable Origin origin;
  private boolean inQuery;
  private char last = '/';
  private @Nullable String unreachable;

  private Piece.Row segment;
  private Piece.@Nullable Hole firstHole;

  private UrlTemplate(TemplateText template, boolean mayBeUnreachable) {
    this.template = template;
    this.mayBeUnreachable = mayBeUnreachable;
    this.text = template.text();
    this.target = new Piece.Row(template.scope());
    this.segment = new Piece.Row(template.scope());
  }

  /// A URL that was read.
  ///
  /// @param target path and query, to which rows may be appended
  /// @param joint what stands between it and a further query parameter
  /// @param unreachable why nothing can be sent there, null when it can
  record Url(Origin origin, Piece.Row target, String joint, @Nullable String unreachable) {}

  /// Reads a URL; null and at least one flaw when it is not valid.
  ///
  /// @param mayBeUnreachable whether a host that begins with a dot is read all the same
  static @Nullable Url read(TemplateText template, boolean mayBeUnreachable) {
    return new UrlTemplate(template, mayBeUnreachable).read();
  }

  private @Nullable Url read() {
    int authority = authority();
    if (authority < 0) {
      return null;
    }
    int rest = authority;
    while (rest < text.length() && "/?#\\".indexOf(text.charAt(rest)) < 0) {
      rest++;
    }
    int token = text.indexOf("{{", authority);
    if (token >= 0 && token < rest) {
      template.flaw(
          token, "Expected a host and port without tokens; they may stand after it only.");
      return null;
    }
    readOrigin(authority, text.substring(authority, rest));
    if (rest == text.length() || text.charAt(rest) != '/') {
      segment.add("/");
    }
    for (Part.Inline part : TemplateParser.line(template)) {
      switch (part) {
        case Part.Text(int at, String literal) -> {
          int from = Math.max(at, rest);
          if (from < at + literal.length()) {
            literal(from, literal.substring(from - at));
          }
        }
        case Part.Token hole -> token(hole);
      }
    }
    endSegment();
    Origin where = origin;
    if (!template.isGood() || where == null) {
      return null;
    }
    String joint = !inQuery ? "?" : last == '?' || last == '&' ? "" : "&";
    return new Url(where, target, joint, unreachable);
  }

  /// The offset after `://`, or -1 and a flaw.
  private int authority() {
    String lower = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("https://")) {
      return 8;
    }
    if (lower.startsWith("http://")) {
      return 7;
    }
    int token = text.indexOf("{{");
    int colon = text.indexOf("://");
    template.flaw(
        0,
        token >= 0 && (colon < 0 || token < colon)
            ? "Expected https:// or http://; tokens may not stand in scheme, host or port."
            : "Expected https:// or http://.");
    return -1;
  }

  private void readOrigin(int at, String authority) {
    int user = authority.lastIndexOf('@');
    if (user >= 0) {
      // Not quoted: it may hold a password.
      template.flaw(
          at,
          "Expected a host without user name and password; they belong into the"
              + " authorization.");
      return;
    }
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', bracket + 1);
    if (authority.startsWith("[")) {
      if (bracket < 0) {
        template.flaw(at, "Expected ] to close the IPv6 address.");
        return;
      }
      int after = bracket + 1;
      if (after < authority.length() && authority.charAt(after) != ':') {
        template.flaw(at + after, "Expected : or / after the IPv6 address.");
        return;
      }
    }
    boolean tls = authority() == 8;
    int port = tls ? 443 : 80;
    if (colon >= 0) {
      port = port(authority.substring(colon + 1));
      if (port < 0) {
        template.flaw(at + colon + 1, "Expected a port from 1 to 65535 after the colon.");
        return;
      }
    }
    String typed = colon >= 0 ? authority.substring(0, colon) : authority;
    switch (HostName.read(typed)) {
      case HostName.Good(String host) -> origin = new Origin(tls, host, port);
      case HostName.Bad(String reason) -> {
        if (mayBeUnreachable
            && typed.startsWith(".")
            && HostName.read(typed.substring(1)) instanceof HostName.Good(String rest)) {
          origin = new Origin(tls, "." + rest, port);
          unreachable =
              "The host .%s begins with a dot, so it is no server's: nothing is sent until url is corrected."
                  .formatted(rest);
        } else {
          template.flaw(at, reason);
        }
      }
    }
  }

  private static int port(String digits) {
    if (digits.isEmpty() || digits.length() > 5 || digits.charAt(0) == '0') {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    int port = Integer.parseInt(digits, 10);
    return port <= 65_535 ? port : -1;
  }

  private void token(Part.Token token) {
    last = 'x';
    if (inQuery) {
      var hole = hole(token, "the URL's query", Escape.QUERY);
      note(token.at(), target.add(hole));
    } else {
      var hole = hole(token, "the URL's path", Escape.PATH_SEGMENT);
      if (firstHole == null) {
        firstHole = hole;
      }
      note(token.at(), segment.add(hole));
    }
  }

  private Piece.Hole hole(Part.Token token, String place, Escape escape) {
    return new Piece.Hole(token.expression(), token.source(), template.pointer(), place, escape);
  }

  private void note(int at, @Nullable String reason) {
    if (reason != null) {
      template.flaw(at, reason);
    }
  }

  private void literal(int at, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      last = c;
      if (c == '#') {
        template.flaw(
            at + i,
            "Expected no fragment: what follows # is never sent. A # itself is written %23.");
        return;
      }
      boolean valid =
          c == '%'
              ? i + 2 < literal.length()
                  && isHex(literal.charAt(i + 1))
                  && isHex(literal.charAt(i + 2))
              : Escape.isUnreserved(c) || (inQuery ? IN_QUERY : IN_PATH).indexOf(c) >= 0;
      if (!valid && (inQuery || c != '?')) {
        template.flaw(at + i, invalid(literal, i));
        if (Character.isHighSurrogate(c)) {
          i++;
        }
        continue;
      }
      if (inQuery) {
        target.add(String.valueOf(c));
      } else if (c == '?') {
        endSegment();
        inQuery = true;
        target.add("?");
      } else if (c == '/') {
        endSegment();
        segment.add("/");
      } else {
        segment.add(String.valueOf(c));
      }
    }
  }

  private static String invalid(String literal, int i) {
    char c = literal.charAt(i);
    if (c == '%') {
      return "Expected two hexadecimal digits after %; a % itself is written %25.";
    }
    if (c == '{' || c == '}') {
      return "Expected no single %s in a URL; a token is written {{Name}}.".formatted(c);
    }
    var encoded = new StringBuilder();
    String whole = Character.toString(literal.codePointAt(i));
    String refused = Escape.percent(encoded, whole);
    if (refused != null) {
      return "Expected characters of a URL, but found half of a surrogate pair.";
    }
    String name = c == ' ' ? "a blank" : Character.isISOControl(c) ? "a control character" : whole;
    return "Expected characters of a URL, but found %s, which is written %s."
        .formatted(name, encoded);
  }

  static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  /// A segment is one piece when data may turn the whole of it into dots.
  private void endSegment() {
    List<Piece> pieces = segment.pieces();
    Piece.Hole first = firstHole;
    String literal = Piece.fixed(pieces);
    if (literal != null) {
      if (first != null && Output.isDots(literal, 1)) {
        template.flaw(0, "Expected no token that makes a path segment come out as dots.");
      }
      target.add(literal);
    } else if (first != null) {
      var parts = new ArrayList<>(pieces);
      if (parts.getFirst() instanceof Piece.Literal(String opening)) {
        // The slash itself stays outside, so that what is left is the segment.
        target.add("/");
        parts.removeFirst();
        if (opening.length() > 1) {
          parts.addFirst(new Piece.Literal(opening.substring(1)));
        }
      }
      target.add(new Piece.Segment(List.copyOf(parts), first));
    }
    segment = new Piece.Row(template.scope());
    firstHole = null;
  }
}
