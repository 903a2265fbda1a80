package io.fairlead.connector;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a connector belongs: its tenant, what that tenant's connectors share, and what its
/// requests are made of.
///
/// @param tenant the tenant's number
/// @param tenantName the tenant's public id
/// @param inputs the names of a command's inputs, which its requests are made of; null: events
public record Home(
    long tenant,
    String tenantName,
    AuthorizationCatalog authorizations,
    AdaptorCatalog adaptors,
    @Nullable Set<String> inputs) {
  public Home {
    inputs = inputs == null ? null : Set.copyOf(inputs);
  }

  /// One whose requests are made of events.
  public Home(
      long tenant,
      String tenantName,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors) {
    this(tenant, tenantName, authorizations, adaptors, null);
  }

  /// One without adaptors.
  public Home(long tenant, String tenantName, AuthorizationCatalog authorizations) {
    this(tenant, tenantName, authorizations, new AdaptorCatalog());
  }

  /// The same for requests that are made of a command's inputs.
  public Home of(Set<String> names) {
    return new Home(tenant, tenantName, authorizations, adaptors, names);
  }
}
