package io.fairlead.authorization;

import java.util.Locale;

/// Where in a request a secret is sent.
public enum Place {
  HEADER,
  QUERY,
  COOKIE,
  /// A member of a JSON object, or a field of a form.
  BODY,
  /// Nowhere by itself: only where the author wrote `{{$secret.NAME}}`.
  TOKEN;

  /// As it is written in a document.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
