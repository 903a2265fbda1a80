package io.fairlead.command;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the runs under way, each tenant's by itself. From any thread.
public final class RunTurns {
  private final Map<Long, Integer> underWay = new ConcurrentHashMap<>();

  /// Takes a turn, if fewer than that many are taken.
  boolean take(long tenant, int most) {
    if (underWay.merge(tenant, 1, Integer::sum) > most) {
      end(tenant);
      return false;
    }
    return true;
  }

  /// Gives a turn back.
  void end(long tenant) {
    var _ = underWay.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }

  /// How many runs are under way, of all tenants.
  public int all() {
    return underWay.values().stream().mapToInt(Integer::intValue).sum();
  }
}
