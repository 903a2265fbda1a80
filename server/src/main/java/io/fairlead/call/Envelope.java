package io.fairlead.call;

import io.fairlead.base.Ids;
import io.fairlead.base.Times;
import java.nio.charset.StandardCharsets;

/// The event itself as a body, `{"id","type","time","data"}`. It is not stored with an attempt but
/// written again when one is shown, so it has to come out the same, byte for byte.
public final class Envelope {
  private Envelope() {}

  /// The body for an event.
  ///
  /// @param type needs no escapes: an event type has none of the characters that do
  /// @param occurredAt epoch milliseconds
  /// @param data JSON in UTF-8, as received
  public static byte[] of(long event, String type, long occurredAt, byte[] data) {
    return of(Occasion.Purpose.DELIVERY, event, type, occurredAt, data);
  }

  /// The body for what stands as an event.
  ///
  /// @param type needs no escapes: an event type has none of the characters that do
  /// @param occurredAt epoch milliseconds
  /// @param data JSON in UTF-8, as received
  public static byte[] of(
      Occasion.Purpose purpose, long event, String type, long occurredAt, byte[] data) {
    byte[] start =
        ("{\"id\":\""
                + Ids.text(purpose.eventPrefix(), event)
                + "\",\"type\":\""
                + type
                + "\",\"time\":\""
                + Times.text(occurredAt)
                + "\",\"data\":")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[start.length + data.length + 1];
    System.arraycopy(start, 0, body, 0, start.length);
    System.arraycopy(data, 0, body, start.length, data.length);
    body[body.length - 1] = '}';
    return body;
  }
}
