package io.fairlead.delivery;

import io.fairlead.event.NewEvent;
import io.fairlead.http.Loop;
import java.util.List;
import java.util.function.Consumer;

/// What the queue writes in groups.
public sealed interface QueueItem {
  /// Store events, each with a delivery for every connector that it matches when it is written. All
  /// of them are stored or none is.
  ///
  /// @param loop where the answer is waited for
  /// @param answer hears on that loop what each came to, in order
  record Append(List<NewEvent> events, Loop loop, Consumer<List<Appended>> answer)
      implements QueueItem {}

  /// Write an attempt and what follows from it.
  record Settle(Settlement settlement) implements QueueItem {}
}
