package io.fairlead.call;

import io.fairlead.connector.Connector;
import io.fairlead.http.Loop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Every loop's caller, for calls that somebody waits for: a test, a check of an authorization.
public final class Callers {
  /// Longer than any connector's timeout: a call ends by itself.
  private static final long LONGEST_SECONDS = 180;

  private final List<Loop> loops;
  private final List<Caller> callers;
  private final AtomicInteger turn = new AtomicInteger();

  /// @param callers of the loops, in their order
  public Callers(List<Loop> loops, List<Caller> callers) {
    this.loops = List.copyOf(loops);
    this.callers = List.copyOf(callers);
  }

  /// Makes one attempt and waits for its end. Not for event loops.
  public Attempt call(Connector connector, Occasion occasion) {
    int index = Math.floorMod(turn.getAndIncrement(), loops.size());
    var attempt = new CompletableFuture<Attempt>();
    loops
        .get(index)
        .execute(() -> {
          var _ = callers.get(index).call(connector, occasion, attempt::complete);
        });
    return attempt.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
  }
}
