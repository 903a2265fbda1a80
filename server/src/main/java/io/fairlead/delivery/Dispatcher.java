package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.call.Attempt;
import io.fairlead.call.Caller;
import io.fairlead.call.Occasion;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Policy;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.delivery.LaneAction.Send;
import io.fairlead.delivery.LaneAction.Settle;
import io.fairlead.http.Cancel;
import io.fairlead.http.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs the lanes of one event loop: does what they want done and tells them how it went. All but
/// the constructor and {@link #sending} is of its loop.
public final class Dispatcher {
  /// What is due is sent late by no more than this.
  private static final Duration TICK = Duration.ofMillis(20);

  private final Loop loop;
  private final Lanes lanes;
  private final Caller caller;
  private final Catalog catalog;
  private final DeliveryStore store;
  private final DeliveryMeters meters;
  private final Backpressure backpressure;
  private final Clock clock;
  private final Map<Long, Connector> connectors = new HashMap<>();
  private final Map<Long, Cancel> calls = new HashMap<>();
  private final Set<Long> sending = ConcurrentHashMap.newKeySet();
  private boolean performing;

  /// How late the loop comes to what it is told, lately: an average that forgets.
  private long lateNanos;

  /// @param lanes the heart, which is this dispatcher's alone
  public Dispatcher(
      Loop loop,
      Lanes lanes,
      Caller caller,
      Catalog catalog,
      DeliveryStore store,
      DeliveryMeters meters,
      Backpressure backpressure,
      Clock clock) {
    this.loop = loop;
    this.lanes = lanes;
    this.caller = caller;
    this.catalog = catalog;
    this.store = store;
    this.meters = meters;
    this.backpressure = backpressure;
    this.clock = clock;
  }

  /// Begins to look at the clock.
  void start() {
    loop.every(TICK, this::tick);
  }

  Loop loop() {
    return loop;
  }

  /// Takes a connector as the catalog has it now.
  void connectorChanged(long id) {
    Connector connector = catalog.get(id);
    if (connector == null) {
      connectors.remove(id);
      lanes.removed(id);
    } else {
      connectors.put(id, connector);
      Policy policy = connector.spec().policy();
      lanes.connector(
          new LaneRules(id, connector.runs(), policy.concurrency(), policy.retrySchedule()),
          clock.millis());
    }
    perform();
  }

  /// Takes deliveries that have been committed, due or not, and settlements that are over or
  /// failed.
  ///
  /// @param toldAt when the loop was told, by the monotonic clock
  void report(
      List<Delivery> arrived,
      List<Appended.Later> later,
      List<Settlement> settled,
      List<Settlement> notSettled,
      long toldAt) {
    lateNanos += (clock.nanos() - toldAt - lateNanos) / 4;
    long now = clock.millis();
    for (Settlement settlement : settled) {
      lanes.settled(settlement, now);
    }
    for (Settlement settlement : notSettled) {
      lanes.notSettled(settlement, now);
    }
    for (Delivery delivery : arrived) {
      lanes.arrived(delivery, now);
    }
    for (Appended.Later one : later) {
      lanes.waits(one.delivery(), one.dueAt(), now);
    }
    perform();
    if (backpressure.isClosed()) {
      backpressure.update(loop, lanes.quickWaiting(clock.millis()), lateNanos);
    }
  }

  /// Looks into the store for something that became due there.
  void moreDue(long connector) {
    lanes.moreDue(connector, clock.millis());
    perform();
  }

  /// Forgets deliveries that have been called off.
  void cancelled(long connector, Set<Long> deliveries) {
    lanes.cancelled(connector, deliveries, clock.millis());
    perform();
  }

  /// Looks into the store for everything: it was away.
  void recheck(long newest) {
    lanes.recheck(newest, clock.millis());
    perform();
  }

  /// Sends nothing new.
  void drain() {
    lanes.drain();
  }

  /// Ends all calls under way; each is recorded as an attempt.
  void cut(String why) {
    for (Cancel call : new ArrayList<>(calls.values())) {
      call.cancel(why);
    }
  }

  /// How many attempts are under way or not yet committed.
  int underWay() {
    return lanes.underWay();
  }

  /// Whether the store is being asked for what is due.
  boolean isClaiming() {
    return lanes.isClaiming();
  }

  /// The deliveries that are being attempted now. From any thread.
  public Set<Long> sending() {
    return sending;
  }

  private void tick() {
    lanes.tick(clock.millis());
    perform();
    backpressure.update(loop, lanes.quickWaiting(clock.millis()), lateNanos);
    backpressure.release(loop);
    meters.lanes(loop.index(), lanes.windowed(), lanes.deepest());
  }

  /// Does what the lanes want until they want nothing more. A call may end while it is begun, so
  /// the loop is never entered twice.
  private void perform() {
    if (performing) {
      return;
    }
    performing = true;
    try {
      List<LaneAction> actions = lanes.takeActions();
      while (!actions.isEmpty()) {
        actions.forEach(this::perform);
        actions = lanes.takeActions();
      }
    } finally {
      performing = false;
    }
  }

  private void perform(LaneAction action) {
    switch (action) {
      case Send send -> send(send.delivery());
      case Settle settle -> store.settle(settle.settlement());
      case Claim claim -> claim(claim);
    }
  }

  private void send(Delivery delivery) {
    Connector connector = connectors.get(delivery.connector());
    if (connector == null) {
      throw new IllegalStateException("a lane sends for a connector that is gone");
    }
    sending.add(delivery.id());
    Occasion occasion = occasion(delivery);
    Cancel cancel = caller.call(connector, occasion, attempt -> ended(delivery, attempt));
    if (sending.contains(delivery.id())) {
      calls.put(delivery.id(), cancel);
    }
  }

  private static Occasion occasion(Delivery delivery) {
    return new Occasion(
        delivery.id(),
        delivery.event(),
        delivery.eventType(),
        delivery.occurredAt(),
        delivery.data(),
        delivery.attempts() + 1);
  }

  private void ended(Delivery delivery, Attempt attempt) {
    sending.remove(delivery.id());
    calls.remove(delivery.id());
    meters.attempted(attempt);
    lanes.ended(delivery, attempt, clock.millis());
    perform();
  }

  private void claim(Claim claim) {
    store.claim(
        claim,
        claimed -> loop.execute(() -> claimed(claim.connector(), claimed)),
        failure -> loop.execute(() -> notClaimed(claim.connector())));
  }

  private void claimed(long connector, Claimed claimed) {
    lanes.claimed(connector, claimed, clock.millis());
    perform();
  }

  private void notClaimed(long connector) {
    lanes.notClaimed(connector, clock.millis());
    perform();
  }
}
