package io.fairlead.call;

import io.fairlead.http.Header;
import io.fairlead.http.Reply;
import io.fairlead.secrets.Mask;
import java.util.Arrays;

/// What a third party answered, masked.
///
/// @param head a line `Name: value` for each header, each ended by `\n`
/// @param bodySize how much came, in bytes
/// @param body its first 64 KiB
public record Answer(int status, String head, long bodySize, byte[] body) {
  /// How much of an answer's body is logged.
  static final int LOGGED_BODY = 64 << 10;

  /// As it is logged.
  static Answer of(Reply.Answered answered, Mask mask) {
    var head = new StringBuilder(256);
    for (Header header : answered.headers()) {
      head.append(clean(header.name())).append(": ");
      head.append(SecretHeaders.contains(header.name()) ? Mask.SHOWN : clean(header.value()));
      head.append('\n');
    }
    byte[] body = answered.body();
    if (body.length > LOGGED_BODY) {
      body = Arrays.copyOf(body, LOGGED_BODY);
    }
    boolean cut = answered.bodySize() > body.length;
    return new Answer(
        answered.status(), mask.mask(head.toString()), answered.bodySize(), mask.mask(body, cut));
  }

  /// A header without what could break the line that it is stored on.
  private static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        return text.replaceAll("[\\x00-\\x1f\\x7f]", " ");
      }
    }
    return text;
  }
}
