package io.fairlead.demo;

import io.fairlead.json.Json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery as the API tells of it.
///
/// @param state as in the contract, e.g. `RETRYING`
/// @param attempts how many there have been
/// @param millis from the event's arrival until the end; null before the end
public record SeenDelivery(
    String id, String connector, String state, int attempts, @Nullable Long millis) {

  static SeenDelivery of(JsonObject delivery) {
    String ended = Fields.text(delivery, "endedAt");
    return new SeenDelivery(
        Fields.text(delivery, "id"),
        Fields.text(delivery, "connectorName"),
        Fields.text(delivery, "state"),
        Fields.number(delivery, "attemptCount"),
        ended.isEmpty() ? null : millis(Fields.text(delivery, "createdAt"), ended));
  }

  private static Long millis(String from, String to) {
    return Instant.parse(to).toEpochMilli() - Instant.parse(from).toEpochMilli();
  }

  /// Whether nothing more happens to it by itself.
  public boolean isEnded() {
    return millis != null;
  }
}
