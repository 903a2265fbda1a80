package io.fairlead.http;

import java.util.Set;

/// Which header names and values can be sent at all (RFC 9110, 5.5 and 5.6.2): what keeps a value
/// from becoming a second header.
public final class HeaderRules {
  private static final Set<String> COMPUTED =
      Set.of("host", "content-length", "transfer-encoding", "expect");
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade");
  private static final Set<String> ONCE =
      Set.of("authorization", "content-type", "idempotency-key", "user-agent");

  private HeaderRules() {}

  /// Whether it is computed from the request.
  ///
  /// @param name in lower case
  public static boolean isComputed(String name) {
    return COMPUTED.contains(name);
  }

  /// Whether it belongs to the connection, not to a request.
  ///
  /// @param name in lower case
  public static boolean isOfConnection(String name) {
    return OF_THE_CONNECTION.contains(name);
  }

  /// Whether it means nothing, or something else, when it stands twice.
  ///
  /// @param name in lower case
  public static boolean standsOnce(String name) {
    return ONCE.contains(name);
  }

  /// Whether it is a token of RFC 9110, as a header name or a method must be.
  public static boolean isToken(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether it can be sent as a header's value, a byte a character: visible ISO-8859-1, blanks and
  /// tabs. Anything else (line ends above all) has no agreed meaning on the wire.
  public static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\t' && (c < ' ' || (c > '~' && c < '\u00a0') || c > '\u00ff')) {
        return false;
      }
    }
    return true;
  }

  /// Whether it can be sent as a path and query: begins with `/`, all visible ASCII.
  public static boolean isTarget(String text) {
    if (text.isEmpty() || text.charAt(0) != '/') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '#') {
        return false;
      }
    }
    return true;
  }
}
