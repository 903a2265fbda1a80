package io.fairlead.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/// What the heart knows of one connector's deliveries. Only {@link Lanes} touches it.
final class Lane {
  /// How long after a failure of the store the lane tries it again.
  static final long STORE_RETRY_MILLIS = 500;

  /// How long a lane waits that found no room for what it had claimed.
  static final long FULL_RETRY_MILLIS = 50;

  /// A third party whose calls take less is quick: what waits for it waits for the hub.
  private static final long QUICK_MICROS = 100_000;

  LaneRules rules;

  /// Due and in memory, in the order they are to be sent.
  final Deque<Delivery> window = new ArrayDeque<>();

  /// Being attempted.
  final Map<Long, Delivery> calling = new HashMap<>();

  /// Attempted, and not known to be committed.
  final Map<Long, Settlement> settling = new HashMap<>();

  /// Those of `settling` that halt the connector: nothing is sent until it is known whether they
  /// do.
  final Set<Long> halting = new HashSet<>();

  /// Those of `settling` that the store refused at the last try.
  final Map<Long, Settlement> unwritten = new HashMap<>();

  /// Those of `unwritten` that wait for `rewriteAt`.
  final Queue<Settlement> toRewrite = new ArrayDeque<>();

  long rewriteAt;

  /// Whether the store may hold deliveries that are due and not in memory.
  boolean more = true;

  /// When the earliest delivery that the store holds for later is due.
  long nextDueAt = Long.MAX_VALUE;

  long pausedUntil = Long.MIN_VALUE;
  long claimNotBefore = Long.MIN_VALUE;

  /// When the lane is to be looked at though nothing happens to it.
  long wakeAt = Long.MAX_VALUE;

  /// How long its calls take, lately: an average that forgets.
  private long callMicros = QUICK_MICROS;

  private long lastEndAt;

  boolean claiming;
  private final Set<Long> takenSinceClaim = new HashSet<>();
  private boolean moreSinceClaim;
  private long nextDueSinceClaim = Long.MAX_VALUE;

  boolean removed;

  Lane(LaneRules rules) {
    this.rules = rules;
  }

  long connector() {
    return rules.connector();
  }

  /// Takes note of a call that is over.
  void took(long micros, long now) {
    callMicros += (micros - callMicros) / 8;
    lastEndAt = now;
  }

  /// Whether what waits here waits for the hub and not for the third party: its calls are short,
  /// and one has ended just now. A third party that has begun to hang ends none.
  boolean isQuick(long now) {
    return callMicros < QUICK_MICROS && now - lastEndAt < QUICK_MICROS / 1_000;
  }

  boolean isBusy() {
    return claiming || !calling.isEmpty() || !settling.isEmpty();
  }

  /// The store holds something due that the window does not.
  void leaveInStore() {
    more = true;
    moreSinceClaim = true;
  }

  /// The store holds something for later.
  void leaveUntil(long dueAt) {
    nextDueAt = Math.min(nextDueAt, dueAt);
    nextDueSinceClaim = Math.min(nextDueSinceClaim, dueAt);
  }

  void take(Delivery delivery) {
    window.add(delivery);
    if (claiming) {
      takenSinceClaim.add(delivery.id());
    }
  }

  /// Takes out of the window what is not to be sent. A claim that is being read may hold it too.
  ///
  /// @return what was in the window
  List<Delivery> forget(Set<Long> deliveries) {
    List<Delivery> forgotten =
        window.stream().filter(delivery -> deliveries.contains(delivery.id())).toList();
    window.removeIf(delivery -> deliveries.contains(delivery.id()));
    if (claiming) {
      takenSinceClaim.addAll(deliveries);
    }
    return forgotten;
  }

  /// All that the lane holds and a claim must therefore pass over.
  Set<Long> known() {
    var known = new HashSet<Long>(calling.keySet());
    known.addAll(settling.keySet());
    for (Delivery delivery : window) {
      known.add(delivery.id());
    }
    return known;
  }

  void beginClaim() {
    claiming = true;
    moreSinceClaim = false;
    nextDueSinceClaim = Long.MAX_VALUE;
    takenSinceClaim.clear();
  }

  void endClaim(Claimed claimed) {
    claiming = false;
    more = claimed.more() || moreSinceClaim;
    nextDueAt = Math.min(claimed.nextDueAt(), nextDueSinceClaim);
  }

  void endClaimWithout() {
    claiming = false;
    more = true;
  }

  /// Whether a claimed row was taken on another way, or called off, while the claim was being read:
  /// the reader may have seen the store as it was before.
  boolean tookSinceClaim(long delivery) {
    return takenSinceClaim.contains(delivery);
  }

  /// The earliest of the times that the lane waits for and that are still to come.
  long nextWake(long now) {
    long next = Long.MAX_VALUE;
    next = earlier(next, pausedUntil, now);
    next = earlier(next, nextDueAt, now);
    next = earlier(next, claimNotBefore, now);
    return toRewrite.isEmpty() ? next : earlier(next, rewriteAt, now);
  }

  private static long earlier(long next, long at, long now) {
    return at > now && at < next ? at : next;
  }
}
