package io.fairlead.call;

import org.jspecify.annotations.Nullable;

/// The request of an attempt, masked, in the form that is stored.
///
/// @param head `POST https://host/path` and a line `Name: value` for each header, each line ended
///   by `\n`; null when nothing was rendered. Values that are made per attempt stand as the markers
///   {@link #ID}, {@link #TIME} and {@link #LENGTH}, so that heads repeat; {@link #shown} puts them
///   back.
/// @param headRepeats whether the head is the same for every delivery of this revision
/// @param bodySize in bytes, as sent
/// @param body what was sent, masked, only when the kind is KEPT
public record Sent(
    @Nullable String head,
    boolean headRepeats,
    BodyKind bodyKind,
    long bodySize,
    byte @Nullable [] body) {
  /// Stands for the public delivery id.
  public static final String ID = "\u0001id";

  /// Stands for the attempt's start in epoch seconds.
  public static final String TIME = "\u0001time";

  /// Stands for the size of the body.
  public static final String LENGTH = "\u0001length";

  /// Where the body of a request is found again.
  public enum BodyKind {
    /// Nothing was sent.
    NONE,
    /// The envelope `{"id","type","time","data"}`, built again from the stored event.
    EVENT,
    /// The masked body is kept with the attempt.
    KEPT
  }

  /// Nothing was sent: the call ended before there was a request.
  public static Sent nothing() {
    return new Sent(null, false, BodyKind.NONE, 0, null);
  }

  /// A stored head as it was sent.
  public static String shown(String head, String deliveryId, long startedAt, long bodySize) {
    if (head.indexOf('\u0001') < 0) {
      return head;
    }
    return head.replace(ID, deliveryId)
        .replace(TIME, Long.toString(Math.floorDiv(startedAt, 1000L)))
        .replace(LENGTH, Long.toString(bodySize));
  }
}
