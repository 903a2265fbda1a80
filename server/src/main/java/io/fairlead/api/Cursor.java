package io.fairlead.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.OptionalLong;

/// The place in a list where the next page begins, as a text that means nothing to a client: the
/// last id, and a check of which list it is, so that it fits no other one.
final class Cursor {
  private static final int LENGTH = 16;

  private final long check;

  /// @param list tells a list by all that makes it: path, tenant, filters, order
  Cursor(String list) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
      this.check = ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The text for an id.
  String text(long lastId) {
    byte[] bytes = ByteBuffer.allocate(LENGTH).putLong(lastId).putLong(check ^ lastId).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The id, unless the text was not made for this list.
  OptionalLong parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    if (bytes.length != LENGTH) {
      return OptionalLong.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long id = buffer.getLong();
    boolean fits = id >= 0 && buffer.getLong() == (check ^ id);
    return fits ? OptionalLong.of(id) : OptionalLong.empty();
  }
}
