package io.fairlead.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and why an event is meant for a connector.
///
/// @param matches whether a delivery is made, were it a suppressed one
/// @param state the state that the delivery begins in, or null without one
/// @param reason in one or two sentences
/// @param dueAt when it is due, epoch milliseconds; null without one, and for a suppressed one
/// @param triggers in the order of the connector's
public record Explanation(
    boolean matches,
    @Nullable DeliveryState state,
    String reason,
    @Nullable Long dueAt,
    List<TriggerFinding> triggers) {}
