package io.fairlead.tenant;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an API key may do.
public enum Role {
  /// Send events.
  INGEST,
  /// Read everything but API keys.
  VIEWER,
  /// Send, read, change connectors, retry deliveries.
  POWER_USER,
  /// The same, and manage the tenant's API keys.
  ADMIN,
  /// Everything, for every tenant. Only the operator's own key has it.
  OPERATOR;

  /// The roles that a tenant's key can have, as they are written.
  public static final List<String> OF_TENANTS = List.of("ingest", "viewer", "power_user", "admin");

  /// As it is written: `power_user`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role of a tenant's key, or null when there is none of that name.
  public static @Nullable Role ofTenants(String text) {
    return OF_TENANTS.contains(text) ? valueOf(text.toUpperCase(Locale.ROOT)) : null;
  }
}
