package io.fairlead.delivery;

import io.fairlead.connector.Connector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What writing an item came to.
public sealed interface QueueResult {
  /// An append: what each of its events came to.
  record OfAppend(List<Appended> appended) implements QueueResult {}

  /// A settlement is in the store, now or since an earlier try.
  ///
  /// @param halted the connector as it is now, when the settlement has halted it
  record Settled(@Nullable Connector halted) implements QueueResult {}
}
