package io.fairlead.delivery;

import io.fairlead.call.Sent;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Outcome;
import io.fairlead.response.Result;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange of a delivery as it was logged.
///
/// @param id its number; public with the prefix `att_`
/// @param number its place in the delivery, from 1
/// @param startedAt epoch milliseconds
/// @param revision of the connector, as it was then
/// @param result what was read of the answer; null when nothing was kept of that
/// @param status the third party's; null when there was no answer
public record LoggedAttempt(
    long id,
    int number,
    long startedAt,
    long micros,
    Outcome outcome,
    int revision,
    @Nullable Integer status,
    @Nullable ErrorClass errorClass,
    @Nullable String error,
    @Nullable Result result) {
  /// The prefix of public ids.
  public static final String PREFIX = "att_";

  /// An attempt with what was sent and what came back, and what its body is rebuilt from.
  ///
  /// @param sent masked; its head with the markers
  /// @param answer null when none came
  public record Exchange(
      LoggedAttempt attempt,
      long delivery,
      long connector,
      Source event,
      Sent sent,
      io.fairlead.call.@Nullable Answer answer) {}

  /// The event that a delivery is of.
  ///
  /// @param occurredAt epoch milliseconds
  /// @param data JSON in UTF-8, as received
  public record Source(long id, String type, long occurredAt, byte[] data) {}
}
