package io.fairlead.connector;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The rows of connectors. Everything but {@link #load} runs inside a transaction on the writer's
/// thread; what it gives back goes into the catalog after the commit.
public final class Connectors {
  public Connectors(Ids ids, Clock clock) {}

  /// Every connector of every tenant, decrypted and compiled; at start.
  public List<Connector> load(Handle handle) {
    return List.of();
  }

  /// Writes a new connector.
  public Saved insert(Handle handle, long tenant, String tenantName, Draft draft) {
    return Saved.Missing.MISSING;
  }

  /// Writes a connector's new settings, as the next revision of `before`.
  public Saved update(Handle handle, Connector before, Draft draft) {
    return Saved.Missing.MISSING;
  }

  /// Writes whether it is active, as the next revision; nothing is written when it is so already.
  public Saved setActive(Handle handle, Connector before, boolean active) {
    return Saved.Missing.MISSING;
  }

  /// Deletes the row; whether there was one.
  public boolean delete(Handle handle, Connector connector) {
    return false;
  }
}
