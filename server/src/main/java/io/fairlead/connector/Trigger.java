package io.fairlead.connector;

import io.fairlead.condition.Filter;
import org.jspecify.annotations.Nullable;

/// Which events a connector gets, and when.
///
/// @param eventType one type, `invoice.*` for all below `invoice` at any depth, or `*` for all
/// @param filter what the data must be, or null for any
/// @param window when deliveries may be made, or null for always
/// @param leastDelay between two deliveries, or null for none
public record Trigger(
    String eventType,
    @Nullable Filter filter,
    @Nullable Window window,
    @Nullable LeastDelay leastDelay) {
  /// All events of a type.
  public Trigger(String eventType) {
    this(eventType, null, null, null);
  }

  /// Whether an event of that type is meant.
  public boolean matches(String type) {
    if (eventType.equals("*")) {
      return true;
    }
    if (eventType.endsWith(".*")) {
      int prefix = eventType.length() - 1;
      return type.length() > prefix && type.regionMatches(0, eventType, 0, prefix);
    }
    return eventType.equals(type);
  }

  /// Whether the type decides alone.
  public boolean isPlain() {
    return filter == null && window == null && leastDelay == null;
  }

  /// Whether the event's data has to be looked into.
  boolean asksData() {
    return filter != null || (leastDelay != null && leastDelay.key() != null);
  }
}
