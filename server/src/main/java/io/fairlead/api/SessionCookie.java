package io.fairlead.api;

import io.fairlead.http.Head;
import io.fairlead.http.Header;
import io.fairlead.user.Sessions;
import io.fairlead.user.Token;
import org.jspecify.annotations.Nullable;

/// The cookie that a session is known by: out of reach of scripts, not sent along by other sites'
/// pages but for plain links.
///
/// @param secure whether it is for HTTPS alone
record SessionCookie(boolean secure) {
  private static final String NAME = "fairlead_session";

  /// What a request's cookie holds; null when there is none, or more than one: then somebody else
  /// has put one beside it.
  static @Nullable String in(Head head) {
    String value = null;
    for (Header header : head.headers()) {
      if (!header.name().equalsIgnoreCase("Cookie")) {
        continue;
      }
      for (String pair : header.value().split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(NAME)) {
          if (value != null) {
            return null;
          }
          value = pair.substring(equals + 1).strip();
        }
      }
    }
    return value;
  }

  Header set(Token token) {
    return header(token.text(), Sessions.LONGEST.toSeconds());
  }

  Header cleared() {
    return header("", 0);
  }

  private Header header(String value, long maxAge) {
    return new Header(
        "Set-Cookie",
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
            .formatted(NAME, value, maxAge, secure ? "; Secure" : ""));
  }
}
