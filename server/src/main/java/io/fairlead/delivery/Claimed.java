package io.fairlead.delivery;

import java.util.List;

/// What a claim read.
///
/// @param due deliveries that are due, in the order they became so
/// @param more whether there may be more that are due
/// @param nextDueAt when the earliest delivery that was not due yet will be, or Long.MAX_VALUE
public record Claimed(List<Delivery> due, boolean more, long nextDueAt) {}
