package io.fairlead.delivery;

/// A delivery that is due or will be, with what its next attempt needs: it is never necessary to
/// ask the log in order to send.
///
/// @param id the delivery's number
/// @param tenant the tenant's number
/// @param connector the connector's number
/// @param event the event's number
/// @param eventType the event's type
/// @param occurredAt when the event happened, in epoch milliseconds
/// @param data the event's data as it was received, JSON in UTF-8
/// @param attempts how many attempts there have been
/// @param round how many of them were made before the last retry by hand: the schedule begins again
///   after them
public record Delivery(
    long id,
    long tenant,
    long connector,
    long event,
    String eventType,
    long occurredAt,
    byte[] data,
    int attempts,
    int round) {
  /// About how much memory it takes, in bytes.
  int weight() {
    return data.length + 200;
  }
}
