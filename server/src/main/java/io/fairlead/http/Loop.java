package io.fairlead.http;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop: a thread that never blocks and owns all that is made on it. Everything that is
/// said to be "of a loop" is touched by its thread only.
public final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final int index;
  private final ContextInternal context;
  private final EventLoop thread;

  Loop(int index, ContextInternal context) {
    this.index = index;
    this.context = context;
    this.thread = context.nettyEventLoop();
  }

  /// Which of the network's loops this is, from 0.
  public int index() {
    return index;
  }

  /// Whether the calling thread is this loop's.
  public boolean isCurrent() {
    return thread.inEventLoop();
  }

  /// Runs work on the loop, later, in the order asked. What the work throws is logged and ends
  /// nothing else.
  public void execute(Runnable work) {
    thread.execute(() -> run(work));
  }

  /// Runs work on the loop again and again until the network closes.
  public void every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    var _ = thread.scheduleWithFixedDelay(() -> run(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  ContextInternal context() {
    return context;
  }

  EventLoop thread() {
    return thread;
  }

  /// Runs work on a loop and waits for it.
  static void await(Loop loop, Runnable work) {
    var _ = loop.thread.submit(() -> run(work)).syncUninterruptibly();
  }

  static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Work on an event loop failed.", e);
    }
  }
}
