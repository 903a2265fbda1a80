package io.fairlead.delivery;

/// What writing an item came to.
public sealed interface QueueResult {
  /// An append.
  record OfAppend(Appended appended) implements QueueResult {}

  /// A settlement is in the store, now or since an earlier try.
  record Settled() implements QueueResult {}
}
