package io.fairlead.call;

import io.fairlead.base.Ids;
import io.fairlead.base.Times;
import java.nio.charset.StandardCharsets;

/// The body that is sent when a connector has none of its own: `{"id","type","time","data"}`, the
/// data byte for byte as it was received.
public final class Envelope {
  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] TYPE = ascii("\",\"type\":\"");
  private static final byte[] TIME = ascii("\",\"time\":\"");
  private static final byte[] DATA = ascii("\",\"data\":");

  private Envelope() {}

  /// @param event the event's number
  /// @param type of letters, digits and `._:/-` only, as event types are
  /// @param occurredAt in epoch milliseconds
  /// @param data JSON in UTF-8
  public static byte[] of(long event, String type, long occurredAt, byte[] data) {
    byte[] id = ascii(Ids.text("evt_", event));
    byte[] name = ascii(type);
    byte[] time = ascii(Times.text(occurredAt));
    var out =
        new byte
            [ID.length
                + id.length
                + TYPE.length
                + name.length
                + TIME.length
                + time.length
                + DATA.length
                + data.length
                + 1];
    int at = put(out, 0, ID);
    at = put(out, at, id);
    at = put(out, at, TYPE);
    at = put(out, at, name);
    at = put(out, at, TIME);
    at = put(out, at, time);
    at = put(out, at, DATA);
    at = put(out, at, data);
    out[at] = '}';
    return out;
  }

  private static int put(byte[] out, int at, byte[] part) {
    System.arraycopy(part, 0, out, at, part.length);
    return at + part.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
