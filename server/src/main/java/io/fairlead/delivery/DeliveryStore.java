package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.storage.Readers;
import io.fairlead.storage.Writer;
import java.util.function.Consumer;

/// The store as the dispatchers see it: they never wait for it.
public final class DeliveryStore {
  private final Writer<QueueItem, QueueResult> writer;
  private final Readers readers;
  private final Claims claims;
  private final Clock clock;

  /// Puts the writer and the readers together.
  public DeliveryStore(
      Writer<QueueItem, QueueResult> writer, Readers readers, Claims claims, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.claims = claims;
    this.clock = clock;
  }

  /// Has an attempt written; the writer's report says how it went.
  void settle(Settlement settlement) {
    writer.add(new QueueItem.Settle(settlement), 500);
  }

  /// Reads what is due and gives it, or the failure, to a callback on a reader's thread.
  void claim(Claim claim, Consumer<Claimed> claimed, Consumer<RuntimeException> failed) {
    readers.readAsync(
        handle -> claims.read(handle.getConnection(), claim, clock.millis()), claimed, failed);
  }
}
