package io.fairlead.delivery;

import io.fairlead.response.ErrorClass;
import org.jspecify.annotations.Nullable;

/// A delivery as people see it.
///
/// @param id its number; public with the prefix `dlv_`
/// @param event its event's number
/// @param connectorName as it is now; null when the connector has been deleted
/// @param attempts how many have ended
/// @param nextAttemptAt epoch milliseconds; null when none is planned
/// @param endedAt epoch milliseconds; null while it has not ended
/// @param lastStatus the third party's last status; null when the last attempt had no answer
/// @param lastResult what stood at the response key of the last answer, as JSON; null when nothing
/// @param test whether it is a test of its connector, which counts for nothing
/// @param key its event's subject
/// @param lastAttempt null before the first
/// @param lastClass null when the last attempt went well, or there was none
public record LoggedDelivery(
    long id,
    long event,
    String eventType,
    long connector,
    @Nullable String connectorName,
    DeliveryState state,
    int attempts,
    @Nullable Long nextAttemptAt,
    @Nullable Long endedAt,
    @Nullable Integer lastStatus,
    @Nullable ErrorClass lastClass,
    @Nullable String lastError,
    @Nullable String lastResult,
    boolean test,
    @Nullable String key,
    @Nullable LastAttempt lastAttempt) {
  /// Its latest attempt.
  ///
  /// @param id its number
  /// @param micros how long it took
  public record LastAttempt(long id, long micros) {}

  /// The prefix of public ids.
  public static final String PREFIX = "dlv_";
}
