package io.fairlead.connector;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;

/// Where a connector belongs: its tenant, and what that tenant's connectors share.
///
/// @param tenant the tenant's number
/// @param tenantName the tenant's public id
public record Home(
    long tenant, String tenantName, AuthorizationCatalog authorizations, AdaptorCatalog adaptors) {
  /// One without adaptors.
  public Home(long tenant, String tenantName, AuthorizationCatalog authorizations) {
    this(tenant, tenantName, authorizations, new AdaptorCatalog());
  }
}
