package io.fairlead.delivery;

import io.fairlead.call.Attempt;
import io.fairlead.delivery.LaneAction.Claim;
import io.fairlead.delivery.LaneAction.Send;
import io.fairlead.delivery.LaneAction.Settle;
import io.fairlead.response.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;

/// The heart of delivery: a lane for each connector, so that nobody waits for another's slow third
/// party. A state machine without I/O, threads or clock: it is told what happened and when, and
/// says by its actions what to do next. One event loop runs it; a simulation runs the same code.
///
/// The store is the truth of what is due. A lane's window is a part of it in memory: when there is
/// no room the lane only remembers that there is more, and claims it later.
public final class Lanes {
  private record Wake(long at, Lane lane) {}

  private final LaneLimits limits;
  private final RetryPolicy retries;
  private final LongSupplier attemptIds;
  private final Map<Long, Lane> lanes = new HashMap<>();
  private final Queue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::at));
  private final Queue<LaneAction> actions = new ArrayDeque<>();
  private int held;
  private long heldBytes;
  private boolean draining;

  /// The newest delivery that the lanes have been told of, in whatever way. What the store holds
  /// beyond it has just been committed and its arrival is on the way: a claim must not take it too.
  private long newestTold;

  /// @param attemptIds makes numbers for attempts after the first
  /// @param newest every delivery that is in the store already has a smaller number
  public Lanes(LaneLimits limits, RetryPolicy retries, LongSupplier attemptIds, long newest) {
    this.limits = limits;
    this.retries = retries;
    this.attemptIds = attemptIds;
    this.newestTold = newest;
  }

  /// A connector is there or has changed. What is due for it is in the store, and is claimed.
  public void connector(LaneRules rules, long now) {
    Lane lane = lanes.computeIfAbsent(rules.connector(), id -> new Lane(rules));
    lane.rules = rules;
    if (!rules.active()) {
      dropWindow(lane);
    }
    lane.leaveInStore();
    advance(lane, now);
  }

  /// A connector is gone.
  public void removed(long connector) {
    Lane lane = lanes.get(connector);
    if (lane == null) {
      return;
    }
    dropWindow(lane);
    lane.rules = new LaneRules(connector, false, lane.rules.concurrency(), lane.rules.schedule());
    lane.removed = true;
    forgetIfDone(lane);
  }

  /// The store holds something due for a connector that the lane has not been told of.
  public void moreDue(long connector, long now) {
    Lane lane = lanes.get(connector);
    if (lane != null) {
      lane.leaveInStore();
      advance(lane, now);
    }
  }

  /// Deliveries have been called off, and that is committed. What is being attempted ends as it
  /// does; the rest is not sent, also where a claim has read it before the commit.
  public void cancelled(long connector, Set<Long> deliveries, long now) {
    Lane lane = lanes.get(connector);
    if (lane == null) {
      return;
    }
    lane.forget(deliveries).forEach(this::release);
    advance(lane, now);
  }

  /// The store was away: what it reported as failed may have been written all the same.
  ///
  /// @param newest every delivery that may have been written so has a smaller number
  public void recheck(long newest, long now) {
    newestTold = Math.max(newestTold, newest);
    for (Lane lane : lanes.values()) {
      lane.leaveInStore();
      lane.rewriteAt = now;
      lane.claimNotBefore = now;
      advance(lane, now);
    }
  }

  /// A delivery has been committed and is due.
  public void arrived(Delivery delivery, long now) {
    newestTold = Math.max(newestTold, delivery.id());
    Lane lane = lanes.get(delivery.connector());
    if (lane == null || !lane.rules.active()) {
      return;
    }
    if (lane.more || !hasRoom(lane, delivery)) {
      lane.leaveInStore();
    } else {
      take(lane, delivery);
    }
    advance(lane, now);
  }

  /// A delivery has been committed that becomes due later: the store keeps it until then.
  public void waits(Delivery delivery, long dueAt, long now) {
    newestTold = Math.max(newestTold, delivery.id());
    Lane lane = lanes.get(delivery.connector());
    if (lane != null) {
      lane.leaveUntil(dueAt);
      advance(lane, now);
    }
  }

  /// A claim was read.
  public void claimed(long connector, Claimed claimed, long now) {
    Lane lane = lanes.get(connector);
    if (lane == null) {
      return;
    }
    lane.endClaim(claimed);
    for (Delivery delivery : claimed.due()) {
      if (lane.tookSinceClaim(delivery.id()) || delivery.id() > newestTold) {
        continue;
      }
      if (lane.rules.active() && hasRoom(lane, delivery)) {
        take(lane, delivery);
      } else {
        lane.leaveInStore();
        lane.claimNotBefore = now + Lane.FULL_RETRY_MILLIS;
      }
    }
    advance(lane, now);
    forgetIfDone(lane);
  }

  /// A claim could not be read; it is tried again a little later.
  public void notClaimed(long connector, long now) {
    Lane lane = lanes.get(connector);
    if (lane == null) {
      return;
    }
    lane.endClaimWithout();
    lane.claimNotBefore = now + Lane.STORE_RETRY_MILLIS;
    advance(lane, now);
    forgetIfDone(lane);
  }

  /// An attempt is over.
  public void ended(Delivery delivery, Attempt attempt, long now) {
    Lane lane = laneOf(delivery);
    lane.calling.remove(delivery.id());
    release(delivery);
    lane.took(attempt.micros(), now);
    var settlement = settlement(lane, delivery, attempt, now);
    lane.settling.put(delivery.id(), settlement);
    if (settlement.halt() != null) {
      lane.halting.add(delivery.id());
    }
    if (attempt.outcome() == Outcome.RATE_LIMITED) {
      long until = now + retries.pause(attempt, lane.rules.schedule());
      lane.pausedUntil = Math.max(lane.pausedUntil, until);
    }
    actions.add(new Settle(settlement));
    advance(lane, now);
  }

  private Settlement settlement(Lane lane, Delivery delivery, Attempt attempt, long now) {
    int inRound = delivery.attempts() + 1 - delivery.round();
    Next next = retries.after(attempt, inRound, lane.rules.schedule(), now);
    if (draining && attempt.outcome() == Outcome.RETRY && next instanceof Next.Ended) {
      // The hub may have cut this call by stopping: it is no reason to give the delivery up.
      next = new Next.Again(now);
    }
    long id = delivery.attempts() == 0 ? delivery.id() : attemptIds.getAsLong();
    return new Settlement(delivery, id, attempt, next);
  }

  /// A settlement is committed.
  public void settled(Settlement settlement, long now) {
    Lane lane = laneOf(settlement.delivery());
    lane.settling.remove(settlement.delivery().id());
    lane.halting.remove(settlement.delivery().id());
    lane.unwritten.remove(settlement.delivery().id());
    if (settlement.next() instanceof Next.Again again) {
      lane.leaveUntil(again.dueAt());
    }
    advance(lane, now);
    forgetIfDone(lane);
  }

  /// A settlement could not be written. It is kept and written again; until then its lane takes
  /// nothing new, and the call is not repeated.
  public void notSettled(Settlement settlement, long now) {
    Lane lane = laneOf(settlement.delivery());
    lane.unwritten.put(settlement.delivery().id(), settlement);
    lane.toRewrite.add(settlement);
    lane.rewriteAt = now + Lane.STORE_RETRY_MILLIS;
    advance(lane, now);
  }

  /// Time has passed. To be called often enough: nothing is sent late by more than the interval.
  public void tick(long now) {
    Wake next = wakes.peek();
    while (next != null && next.at() <= now) {
      wakes.remove();
      Lane lane = next.lane();
      if (lane.wakeAt == next.at()) {
        lane.wakeAt = Long.MAX_VALUE;
        advance(lane, now);
      }
      next = wakes.peek();
    }
  }

  /// Nothing new is sent from now on; what is under way may end and be settled.
  public void drain() {
    draining = true;
  }

  /// Takes everything that is to be done now.
  public List<LaneAction> takeActions() {
    if (actions.isEmpty()) {
      return List.of();
    }
    var taken = new ArrayList<>(actions);
    actions.clear();
    return taken;
  }

  /// Whether a claim is being read.
  public boolean isClaiming() {
    return lanes.values().stream().anyMatch(lane -> lane.claiming);
  }

  /// How many attempts are under way or not yet committed.
  public int underWay() {
    return lanes.values().stream()
        .mapToInt(lane -> lane.calling.size() + lane.settling.size())
        .sum();
  }

  /// How many deliveries wait in memory for third parties that answer quickly. Looks at every lane:
  /// not for every event.
  public int quickWaiting(long now) {
    int waiting = 0;
    for (Lane lane : lanes.values()) {
      if (lane.isQuick(now)) {
        waiting += lane.window.size();
      }
    }
    return waiting;
  }

  /// How many deliveries wait in memory.
  public int windowed() {
    return lanes.values().stream().mapToInt(lane -> lane.window.size()).sum();
  }

  /// How many wait in the window of the fullest lane.
  public int deepest() {
    return lanes.values().stream().mapToInt(lane -> lane.window.size()).max().orElse(0);
  }

  private Lane laneOf(Delivery delivery) {
    Lane lane = lanes.get(delivery.connector());
    if (lane == null) {
      throw new IllegalStateException("no lane holds delivery " + delivery.id());
    }
    return lane;
  }

  private void advance(Lane lane, long now) {
    rewrite(lane, now);
    send(lane, now);
    claim(lane, now);
    wake(lane, now);
  }

  private void rewrite(Lane lane, long now) {
    if (lane.rewriteAt > now) {
      return;
    }
    for (Settlement settlement : lane.toRewrite) {
      actions.add(new Settle(settlement));
    }
    lane.toRewrite.clear();
  }

  private void send(Lane lane, long now) {
    while (mayStart(lane, now)
        && !lane.window.isEmpty()
        && lane.calling.size() < lane.rules.concurrency()
        && lane.settling.size() < limits.unsettled()) {
      Delivery delivery = lane.window.remove();
      lane.calling.put(delivery.id(), delivery);
      actions.add(new Send(delivery));
    }
  }

  private void claim(Lane lane, long now) {
    boolean due = lane.more || lane.nextDueAt <= now;
    if (!due || !wants(lane) || lane.claiming || lane.claimNotBefore > now) {
      return;
    }
    if (!mayStart(lane, now)) {
      return;
    }
    int room = room(lane);
    if (room > 0) {
      long bytes = Math.max(1, limits.bytes() - heldBytes);
      actions.add(new Claim(lane.connector(), room, bytes, lane.known()));
      lane.beginClaim();
    }
  }

  /// When memory is short, a lane whose calls are all under way does not need a window.
  private boolean wants(Lane lane) {
    boolean low = lane.window.size() <= limits.perLane() / 4;
    boolean free = lane.calling.size() < lane.rules.concurrency();
    return low && (free || held < limits.total() / 2);
  }

  private boolean mayStart(Lane lane, long now) {
    return lane.rules.active()
        && !draining
        && lane.unwritten.isEmpty()
        && lane.halting.isEmpty()
        && lane.pausedUntil <= now;
  }

  private int room(Lane lane) {
    makeRoom(lane, 1);
    int free = Math.min(limits.perLane() - lane.window.size(), limits.total() - held);
    return heldBytes >= limits.bytes() || free <= 0 ? (starves(lane) ? 1 : 0) : free;
  }

  private boolean hasRoom(Lane lane, Delivery delivery) {
    if (lane.window.size() >= limits.perLane()) {
      return false;
    }
    makeRoom(lane, delivery.weight());
    return starves(lane) || isRoomFor(delivery.weight());
  }

  private boolean isRoomFor(int weight) {
    return held < limits.total() && heldBytes + weight <= limits.bytes();
  }

  /// Where memory is short, the fattest window gives back a half of what it has more: it is a part
  /// of the store in memory and nothing is lost.
  private void makeRoom(Lane lane, int weight) {
    if (isRoomFor(weight)) {
      return;
    }
    Lane fattest = lane;
    for (Lane other : lanes.values()) {
      if (other.window.size() > fattest.window.size()) {
        fattest = other;
      }
    }
    int surplus = (fattest.window.size() - lane.window.size()) / 2;
    for (int i = 0; i < surplus; i++) {
      release(fattest.window.removeLast());
      fattest.leaveInStore();
    }
  }

  /// A lane that holds nothing may always take one, so that the windows of dead lanes cannot starve
  /// it.
  private static boolean starves(Lane lane) {
    return lane.window.isEmpty() && lane.calling.isEmpty();
  }

  private void take(Lane lane, Delivery delivery) {
    lane.take(delivery);
    held++;
    heldBytes += delivery.weight();
  }

  private void release(Delivery delivery) {
    held--;
    heldBytes -= delivery.weight();
  }

  private void dropWindow(Lane lane) {
    for (Delivery delivery : lane.window) {
      release(delivery);
    }
    lane.window.clear();
    lane.leaveInStore();
  }

  private void wake(Lane lane, long now) {
    long at = lane.nextWake(now);
    if (at < lane.wakeAt) {
      lane.wakeAt = at;
      wakes.add(new Wake(at, lane));
    }
  }

  private void forgetIfDone(Lane lane) {
    if (lane.removed && !lane.isBusy()) {
      lanes.remove(lane.connector());
    }
  }
}
