package io.fairlead.connector;

import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Credential;
import io.fairlead.render.RequestPlan;

/// A connector that may be saved: read, checked and compiled.
public record Draft(ConnectorSpec spec, Auth auth, boolean active, RequestPlan plan) {
  /// Who it calls as.
  public Credential credential() {
    return auth.credential();
  }
}
