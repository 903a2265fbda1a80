package io.fairlead.call;

import java.util.Locale;
import java.util.Set;

/// Headers whose values are secrets whoever wrote them.
final class SecretHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "proxy-authorization",
          "authentication",
          "cookie",
          "set-cookie",
          "x-api-key",
          "ocp-apim-subscription-key",
          "x-functions-key",
          "x-rapidapi-key",
          "x-goog-api-key",
          "x-auth-key",
          "x-access-key");
  private static final Set<String> ENDS =
      Set.of("token", "secret", "password", "apikey", "api-key", "-auth");

  private SecretHeaders() {}

  static boolean contains(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (NAMES.contains(lower)) {
      return true;
    }
    for (String end : ENDS) {
      if (lower.endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
