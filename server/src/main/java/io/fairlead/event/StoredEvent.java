package io.fairlead.event;

import org.jspecify.annotations.Nullable;

/// An event as it is stored, without its data.
///
/// @param id its number; public with the prefix `evt_`
/// @param clientId the sender's own id, or null
/// @param type e.g. `invoice.paid`
/// @param occurredAt epoch milliseconds
/// @param subject what it is about: the API's `key`, or null
/// @param deliveries how many connectors it goes to
/// @param test whether it was given for a test alone: nothing else comes of it
public record StoredEvent(
    long id,
    @Nullable String clientId,
    String type,
    long occurredAt,
    @Nullable String subject,
    int deliveries,
    boolean test) {
  /// The prefix of public ids.
  public static final String PREFIX = "evt_";

  /// An event with its data.
  ///
  /// @param data JSON in UTF-8, as received
  public record WithData(StoredEvent event, byte[] data) {}
}
