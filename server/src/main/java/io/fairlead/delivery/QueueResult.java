package io.fairlead.delivery;

import java.util.List;

/// What writing an item came to.
public sealed interface QueueResult {
  /// An append: what each of its events came to.
  record OfAppend(List<Appended> appended) implements QueueResult {}

  /// A settlement is in the store, now or since an earlier try.
  record Settled() implements QueueResult {}
}
