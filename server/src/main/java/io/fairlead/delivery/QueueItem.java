package io.fairlead.delivery;

import io.fairlead.connector.Selection;
import io.fairlead.event.NewEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the queue writes in groups.
public sealed interface QueueItem {
  /// Store events, each with a delivery for every connector that it matches when it is written. All
  /// of them are stored or none is.
  ///
  /// @param selections for each event, in order, what it was selected for already; it holds unless
  ///   the tenant's connectors have changed since. Null for none; the list may be empty
  /// @param loop the index of the event loop where the answer is waited for
  /// @param answer hears on that loop what each came to, in order
  record Append(
      List<NewEvent> events,
      List<@Nullable Selection> selections,
      int loop,
      Consumer<List<Appended>> answer)
      implements QueueItem {
    /// Events that nothing was selected for yet.
    public Append(List<NewEvent> events, int loop, Consumer<List<Appended>> answer) {
      this(events, List.of(), loop, answer);
    }

    /// What was selected for an event already, or null.
    @Nullable Selection selection(int event) {
      return event < selections.size() ? selections.get(event) : null;
    }
  }

  /// Write an attempt and what follows from it.
  record Settle(Settlement settlement) implements QueueItem {}
}
