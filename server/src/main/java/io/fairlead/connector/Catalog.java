package io.fairlead.connector;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Every connector, in memory: what the hot path sees. Read from any thread; changed only on the
/// writer's thread right after a commit, or at start.
public final class Catalog {
  private final Map<Long, TenantConnectors> tenants = new ConcurrentHashMap<>();
  private final Map<Long, Connector> byId = new ConcurrentHashMap<>();
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  /// A tenant's connectors as they are now.
  public TenantConnectors of(long tenant) {
    return tenants.getOrDefault(tenant, TenantConnectors.EMPTY);
  }

  /// The connector with that number, of whatever tenant, or null.
  public @Nullable Connector get(long id) {
    return byId.get(id);
  }

  /// Every connector of every tenant.
  public Collection<Connector> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /// Puts a connector in the place of its former self, if any, and tells the listeners.
  public void put(Connector connector) {
    byId.put(connector.id(), connector);
    tenants.put(connector.tenant(), of(connector.tenant()).with(connector));
    tell(connector.id());
  }

  /// Takes a connector away and tells the listeners; nothing happens when there is none.
  public void remove(long id) {
    Connector gone = byId.remove(id);
    if (gone != null) {
      tenants.put(gone.tenant(), of(gone.tenant()).without(id));
      tell(id);
    }
  }

  /// Asks to be told the number of each connector that is put or removed, on the thread that does
  /// it.
  public void onChange(LongConsumer listener) {
    listeners.add(listener);
  }

  private void tell(long id) {
    for (LongConsumer listener : listeners) {
      listener.accept(id);
    }
  }
}
