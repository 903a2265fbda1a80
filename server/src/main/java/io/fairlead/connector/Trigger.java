package io.fairlead.connector;

/// Which events a connector gets.
///
/// @param eventType one type, `invoice.*` for all below `invoice` at any depth, or `*` for all
public record Trigger(String eventType) {
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
}
