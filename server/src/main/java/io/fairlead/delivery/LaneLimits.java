package io.fairlead.delivery;

/// How much of the backlog is held in memory: a window, the rest is in the store.
///
/// @param perLane deliveries waiting in one lane's window
/// @param total deliveries in all windows and calls
/// @param bytes their weight together
/// @param unsettled attempts of one lane that are over and not yet committed; beyond it the lane
///   sends nothing new
public record LaneLimits(int perLane, int total, long bytes, int unsettled) {
  /// Limits for a heap of some size, shared by some lanes' loops.
  public static LaneLimits of(long heapBytes, int loops) {
    return new LaneLimits(1_024, 40_000 / loops, heapBytes / 6 / loops, 512);
  }
}
