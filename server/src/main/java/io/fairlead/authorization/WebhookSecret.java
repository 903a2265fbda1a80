package io.fairlead.authorization;

import java.util.Base64;
import java.util.Optional;

/// A symmetric secret of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
final class WebhookSecret {
  static final String EXPECTED =
      "is whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it";

  private static final String PREFIX = "whsec_";

  private WebhookSecret() {}

  /// The key's bytes; empty when the text is no such secret.
  static Optional<byte[]> bytes(String text) {
    if (!text.startsWith(PREFIX) || text.length() > 200) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return bytes.length >= 24 && bytes.length <= 64 ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
