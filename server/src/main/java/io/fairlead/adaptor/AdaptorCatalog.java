package io.fairlead.adaptor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Every adaptor, in memory. Read from any thread; changed only on the writer's thread right after
/// a commit, or at start.
public final class AdaptorCatalog {
  private final Map<Long, ConcurrentSkipListMap<Long, SharedAdaptor>> tenants =
      new ConcurrentHashMap<>();

  /// A tenant's adaptor with that number, or null.
  public @Nullable SharedAdaptor get(long tenant, long id) {
    ConcurrentSkipListMap<Long, SharedAdaptor> own = tenants.get(tenant);
    return own == null ? null : own.get(id);
  }

  /// A tenant's adaptors in the order of their ids.
  public List<Adaptor> of(long tenant) {
    ConcurrentSkipListMap<Long, SharedAdaptor> own = tenants.get(tenant);
    return own == null ? List.of() : own.values().stream().map(SharedAdaptor::now).toList();
  }

  /// Puts an adaptor in the place of its former self, if any; who holds that one sees it at once.
  public void put(Adaptor adaptor) {
    var own = tenants.computeIfAbsent(adaptor.tenant(), _ -> new ConcurrentSkipListMap<>());
    SharedAdaptor before = own.get(adaptor.id());
    if (before == null) {
      var _ = own.put(adaptor.id(), new SharedAdaptor(adaptor));
    } else {
      before.put(adaptor);
    }
  }

  /// Takes an adaptor away; nothing happens when there is none.
  public void remove(Adaptor adaptor) {
    ConcurrentSkipListMap<Long, SharedAdaptor> own = tenants.get(adaptor.tenant());
    SharedAdaptor gone = own == null ? null : own.remove(adaptor.id());
    if (gone != null) {
      gone.delete();
    }
  }
}
