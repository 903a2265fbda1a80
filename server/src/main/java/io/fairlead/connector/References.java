package io.fairlead.connector;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.SharedAdaptor;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a connector of one tenant may refer to.
///
/// @param tenantName the tenant's public id
/// @param adaptors the tenant's adaptor with a number, or null
public record References(
    String tenantName, LongFunction<@Nullable SharedAdaptor> adaptors) {
  /// What there is for a tenant.
  public static References of(long tenant, String tenantName, AdaptorCatalog adaptors) {
    return new References(tenantName, id -> adaptors.get(tenant, id));
  }

  /// Nothing.
  public static References none(String tenantName) {
    return new References(tenantName, id -> null);
  }
}
