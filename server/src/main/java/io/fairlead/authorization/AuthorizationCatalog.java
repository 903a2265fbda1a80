package io.fairlead.authorization;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every authorization, in memory: what runs. Read from any thread; changed only on the writer's
/// thread right after a commit, or at start. Identity is the version.
public final class AuthorizationCatalog {
  private final Map<Long, Authorization> byId = new ConcurrentHashMap<>();

  /// A tenant's authorization, or null when it has none of that number.
  public @Nullable Authorization get(long tenant, long id) {
    Authorization found = byId.get(id);
    return found == null || found.tenant() != tenant ? null : found;
  }

  /// A tenant's authorizations, in the order of ids.
  public List<Authorization> of(long tenant) {
    return byId.values().stream()
        .filter(one -> one.tenant() == tenant)
        .sorted(Comparator.comparingLong(Authorization::id))
        .toList();
  }

  /// Whether it is what runs now.
  @SuppressWarnings("ReferenceEquality") // another object is another version
  public boolean isCurrent(Authorization authorization) {
    return byId.get(authorization.id()) == authorization;
  }

  /// Puts an authorization in the place of its former self, if any.
  public void put(Authorization authorization) {
    byId.put(authorization.id(), authorization);
  }

  /// Takes one away.
  public void remove(long id) {
    byId.remove(id);
  }
}
