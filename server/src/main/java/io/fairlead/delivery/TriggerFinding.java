package io.fairlead.delivery;

import io.fairlead.condition.Finding;
import io.fairlead.connector.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one trigger says to an event. All of it is asked, also where the type has decided already.
///
/// @param filter null where the trigger has none
/// @param window null where the trigger has none
/// @param leastDelay null where the trigger has none
public record TriggerFinding(
    Trigger trigger,
    boolean typeMatches,
    @Nullable FilterAnswer filter,
    @Nullable WindowAnswer window,
    @Nullable DelayAnswer leastDelay) {
  /// Whether the filter holds, and each of its questions.
  public record FilterAnswer(boolean holds, List<Finding> findings) {}

  /// Whether the window is open.
  ///
  /// @param opensAt when it opens next, epoch milliseconds; null when it is open or never opens
  public record WindowAnswer(boolean open, @Nullable Long opensAt) {}

  /// Whether enough time has passed.
  ///
  /// @param key what the event counts under; null where the trigger has no key, or the event no
  ///   value for it
  /// @param lastAt when the last one was due, epoch milliseconds; null where none is remembered
  /// @param nextAt when the next one may be due; null where any time will do
  public record DelayAnswer(
      boolean holds, @Nullable String key, @Nullable Long lastAt, @Nullable Long nextAt) {}

  /// Whether the event is one that the trigger means, whatever the time.
  public boolean isMeant() {
    return typeMatches && (filter == null || filter.holds());
  }
}
