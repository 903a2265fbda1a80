package io.fairlead.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event that somebody brings, checked and not yet stored.
///
/// @param tenant the tenant's number
/// @param type e.g. `invoice.paid`
/// @param subject what it is about: the API's `key`
/// @param clientId the sender's own id, unique per tenant while the event is stored
/// @param idempotencyKey the `Idempotency-Key` header, a namespace of its own
/// @param fingerprint of the content, when there is an id or a key to compare it under
/// @param occurredAt in epoch milliseconds
/// @param data JSON in UTF-8, as received
/// @param texts what else it is found by, in small letters
public record NewEvent(
    long tenant,
    String type,
    @Nullable String subject,
    @Nullable String clientId,
    @Nullable String idempotencyKey,
    byte @Nullable [] fingerprint,
    long occurredAt,
    byte[] data,
    Set<String> texts) {
  /// One that is found by nothing of its data.
  public NewEvent(
      long tenant,
      String type,
      @Nullable String subject,
      @Nullable String clientId,
      @Nullable String idempotencyKey,
      byte @Nullable [] fingerprint,
      long occurredAt,
      byte[] data) {
    this(tenant, type, subject, clientId, idempotencyKey, fingerprint, occurredAt, data, Set.of());
  }

  /// The same, to be found by texts of its data.
  public NewEvent foundBy(Set<String> found) {
    return new NewEvent(
        tenant, type, subject, clientId, idempotencyKey, fingerprint, occurredAt, data, found);
  }

  /// Whether a repeat of it can be told.
  public boolean isNamed() {
    return clientId != null || idempotencyKey != null;
  }
}
