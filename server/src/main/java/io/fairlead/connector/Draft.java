package io.fairlead.connector;

import io.fairlead.render.RequestPlan;

/// A connector that may be saved: read, checked and compiled.
///
/// @param goesOn whether it was said in so many words that it is active, which sets one going again
///   that a third party has halted
public record Draft(
    ConnectorSpec spec,
    Credential credential,
    boolean active,
    boolean goesOn,
    RequestPlan plan) {}
