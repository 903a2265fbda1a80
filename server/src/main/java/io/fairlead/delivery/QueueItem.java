package io.fairlead.delivery;

import io.fairlead.event.NewEvent;
import io.fairlead.http.Loop;
import java.util.function.Consumer;

/// What the queue writes in groups.
public sealed interface QueueItem {
  /// Store an event and a delivery for each connector that it matches when it is written.
  ///
  /// @param loop where the answer is waited for
  /// @param answer hears on that loop what it came to
  record Append(NewEvent event, Loop loop, Consumer<Appended> answer) implements QueueItem {}

  /// Write an attempt and what follows from it.
  record Settle(Settlement settlement) implements QueueItem {}
}
