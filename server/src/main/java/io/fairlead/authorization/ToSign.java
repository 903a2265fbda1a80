package io.fairlead.authorization;

import io.fairlead.render.Origin;
import java.nio.charset.StandardCharsets;

/// The exact request that is to be signed.
///
/// @param id the delivery's public id
/// @param timestamp of the attempt, in epoch seconds
/// @param target path and query as they are sent
/// @param body the bytes that are sent; empty for none; not to be written to
public record ToSign(
    String id, long timestamp, String method, Origin origin, String target, byte[] body) {
  byte[] bytes(SignedText.Name name) {
    return switch (name) {
      case BODY -> body;
      case ID -> ascii(id);
      case TIMESTAMP -> ascii(Long.toString(timestamp));
      case METHOD -> ascii(method);
      case URL -> ascii(origin + target);
      case TARGET -> ascii(target);
      case PATH -> ascii(question() < 0 ? target : target.substring(0, question()));
      case QUERY -> ascii(question() < 0 ? "" : target.substring(question() + 1));
      case HOST -> ascii(origin.authority());
    };
  }

  private int question() {
    return target.indexOf('?');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
