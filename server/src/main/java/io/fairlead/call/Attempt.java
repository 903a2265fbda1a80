package io.fairlead.call;

import io.fairlead.response.ErrorClass;
import io.fairlead.response.Outcome;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange of a delivery, as it is stored: everything in it is masked.
///
/// @param startedAt in epoch milliseconds
/// @param micros how long it took
/// @param revision the connector's revision that it was made with
/// @param answer what came back, or null when no whole answer came
/// @param errorClass null when the outcome is a success
/// @param error one plain sentence, null when the outcome is a success
/// @param retryAfterMillis how long the third party asked to wait, at most 24 h
public record Attempt(
    long startedAt,
    long micros,
    int revision,
    Sent sent,
    @Nullable Answer answer,
    Outcome outcome,
    @Nullable ErrorClass errorClass,
    @Nullable String error,
    @Nullable Long retryAfterMillis) {}
