package io.fairlead.api;

/// In which headers a call brings its API key.
enum Credentials {
  /// `Authorization: Bearer <key>` (RFC 6750).
  BEARER,
  /// `x-bealder-key`, an email, and `x-bealder-token`, a key that has that email: the headers of
  /// the one-connector API. The operator's key has none, so it is no use there.
  EMAIL_AND_KEY
}
