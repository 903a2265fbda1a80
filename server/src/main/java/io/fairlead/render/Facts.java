package io.fairlead.render;

/// What the tokens of one attempt are filled from.
///
/// @param delivery the delivery's number
/// @param event the event's number
/// @param eventType the event's type
/// @param occurredAt when the event happened, epoch milliseconds
/// @param attempt the attempt's number in its delivery, from 1
/// @param now when the attempt began, epoch milliseconds
/// @param data the event's data, JSON as it was received; not written to, and parsed only for a
///   plan with tokens that look into it
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Facts(
    long delivery,
    long event,
    String eventType,
    long occurredAt,
    int attempt,
    long now,
    byte[] data) {}
