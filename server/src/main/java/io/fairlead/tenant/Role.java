package io.fairlead.tenant;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an API key or a user may do.
public enum Role {
  /// Send events.
  INGEST,
  /// Read everything but API keys.
  VIEWER,
  /// Send, read, change connectors, retry deliveries.
  POWER_USER,
  /// The same, and manage the tenant's API keys and users.
  ADMIN,
  /// The same, and make owners. Only users have it.
  OWNER,
  /// Everything, for every tenant. Only the operator's own key and users who are operators have it.
  OPERATOR;

  /// The roles that a tenant's key can have, as they are written.
  public static final List<String> OF_TENANTS = List.of("ingest", "viewer", "power_user", "admin");

  /// The roles that a user can have in a tenant, as they are written.
  public static final List<String> OF_USERS = List.of("owner", "admin", "power_user", "viewer");

  /// As it is written: `power_user`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role of a tenant's key, or null when there is none of that name.
  public static @Nullable Role ofTenants(String text) {
    return OF_TENANTS.contains(text) ? valueOf(text.toUpperCase(Locale.ROOT)) : null;
  }

  /// The role of a user in a tenant, or null when there is none of that name.
  public static @Nullable Role ofUsers(String text) {
    return OF_USERS.contains(text) ? valueOf(text.toUpperCase(Locale.ROOT)) : null;
  }
}
