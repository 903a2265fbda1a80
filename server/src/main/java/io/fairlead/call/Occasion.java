package io.fairlead.call;

/// What a call is made for: an event's delivery.
///
/// @param delivery the delivery's number; its public form is the `webhook-id`
/// @param event the event's number
/// @param eventType e.g. `invoice.paid`
/// @param occurredAt the event's time, in epoch milliseconds
/// @param data the event's data exactly as received, JSON in UTF-8
/// @param number which attempt of the delivery this is, from 1
public record Occasion(
    long delivery, long event, String eventType, long occurredAt, byte[] data, int number) {}
