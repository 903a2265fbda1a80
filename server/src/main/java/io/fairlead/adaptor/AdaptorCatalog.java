package io.fairlead.adaptor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Every adaptor, in memory. Read from any thread; changed only on the writer's thread right after
/// a commit, or at start.
public final class AdaptorCatalog {
  private final Map<Long, ConcurrentSkipListMap<Long, Adaptor>> tenants = new ConcurrentHashMap<>();

  /// A tenant's adaptor with that number, or null.
  public @Nullable Adaptor get(long tenant, long id) {
    ConcurrentSkipListMap<Long, Adaptor> own = tenants.get(tenant);
    return own == null ? null : own.get(id);
  }

  /// A tenant's adaptors in the order of their ids.
  public List<Adaptor> of(long tenant) {
    ConcurrentSkipListMap<Long, Adaptor> own = tenants.get(tenant);
    return own == null ? List.of() : List.copyOf(own.values());
  }

  /// Puts an adaptor in the place of its former self, if any.
  public void put(Adaptor adaptor) {
    var _ =
        tenants
            .computeIfAbsent(adaptor.tenant(), _ -> new ConcurrentSkipListMap<>())
            .put(adaptor.id(), adaptor);
  }

  /// Takes an adaptor away; nothing happens when there is none.
  public void remove(Adaptor adaptor) {
    ConcurrentSkipListMap<Long, Adaptor> own = tenants.get(adaptor.tenant());
    if (own != null) {
      var _ = own.remove(adaptor.id());
    }
  }
}
