package io.fairlead.connector;

import io.fairlead.render.RequestPlan;

/// A connector that may be saved: read, checked and compiled.
public record Draft(ConnectorSpec spec, Credential credential, boolean active, RequestPlan plan) {}
