package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.QueueItem.Append;
import io.fairlead.storage.GroupCommit.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// All dispatchers, one a loop. A connector's lane is always on the same one, so nothing of a lane
/// is ever shared between threads.
public final class Dispatchers {
  private final List<Dispatcher> dispatchers;
  private final Catalog catalog;
  private final DeliveryMeters meters;
  private final Clock clock;

  /// @param dispatchers by the index of their loop
  /// @param catalog takes connectors that an answer has halted
  public Dispatchers(
      List<Dispatcher> dispatchers, Catalog catalog, DeliveryMeters meters, Clock clock) {
    this.catalog = catalog;
    this.dispatchers = List.copyOf(dispatchers);
    this.meters = meters;
    this.clock = clock;
  }

  /// Takes every connector and reads what is due for it.
  ///
  /// @return done when the first look into the store is over
  public CompletableFuture<Void> start(Iterable<Connector> connectors) {
    for (Connector connector : connectors) {
      connectorChanged(connector.id());
    }
    var recovered = new ArrayList<CompletableFuture<Void>>();
    for (Dispatcher dispatcher : dispatchers) {
      var done = new CompletableFuture<Void>();
      recovered.add(done);
      dispatcher.loop().execute(dispatcher::start);
      completeWhenRead(dispatcher, done);
    }
    return CompletableFuture.allOf(recovered.toArray(CompletableFuture[]::new));
  }

  private static void completeWhenRead(Dispatcher dispatcher, CompletableFuture<Void> done) {
    dispatcher
        .loop()
        .execute(() -> {
          if (dispatcher.isClaiming()) {
            completeWhenRead(dispatcher, done);
          } else {
            done.complete(null);
          }
        });
  }

  /// Has a connector taken as the catalog has it now.
  public void connectorChanged(long id) {
    Dispatcher dispatcher = of(id);
    dispatcher.loop().execute(() -> dispatcher.connectorChanged(id));
  }

  /// Has the store looked into for something that became due there.
  public void moreDue(long connector) {
    Dispatcher dispatcher = of(connector);
    dispatcher.loop().execute(() -> dispatcher.moreDue(connector));
  }

  /// Has deliveries forgotten that have been called off.
  void cancelled(long connector, Set<Long> deliveries) {
    Dispatcher dispatcher = of(connector);
    dispatcher.loop().execute(() -> dispatcher.cancelled(connector, deliveries));
  }

  /// Has the store looked into for everything: it was away. To be called on the writer's thread
  /// when all that was written before has been reported.
  ///
  /// @param newest every delivery that is in the store has a smaller number
  public void recheck(long newest) {
    each(dispatcher -> dispatcher.recheck(newest));
  }

  /// Sends nothing new from now on.
  public void drain() {
    each(Dispatcher::drain);
  }

  /// Ends all calls under way; each is recorded as an attempt.
  public void cut(String why) {
    each(dispatcher -> dispatcher.cut(why));
  }

  /// How many attempts are under way or not yet committed. Waits for the loops.
  public int underWay() {
    return ask(Dispatcher::underWay);
  }

  /// The deliveries that are being attempted now.
  public Set<Long> sending() {
    var all = new HashSet<Long>();
    for (Dispatcher dispatcher : dispatchers) {
      all.addAll(dispatcher.sending());
    }
    return all;
  }

  /// Hears on the writer's thread what became of a group, and tells every loop its part in one hop.
  public void report(List<Written<QueueItem, QueueResult>> written) {
    var parts = new Part[dispatchers.size()];
    for (Written<QueueItem, QueueResult> one : written) {
      switch (one) {
        case Written.Committed<QueueItem, QueueResult> done -> committed(parts, done);
        case Written.Failed<QueueItem, QueueResult> failed -> failed(parts, failed);
      }
    }
    long now = clock.nanos();
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      if (part != null) {
        Dispatcher dispatcher = dispatchers.get(i);
        dispatcher.loop().execute(() -> part.tell(dispatcher, now));
      }
    }
  }

  private void committed(Part[] parts, Written.Committed<QueueItem, QueueResult> done) {
    switch (done.item()) {
      case QueueItem.Settle settle -> {
        Settlement settlement = settle.settlement();
        part(parts, settlement.delivery().connector()).settled.add(settlement);
        if (done.result() instanceof QueueResult.Settled(Connector halted) && halted != null) {
          // Its lane hears of it before it hears that the settlement is over.
          catalog.put(halted);
        }
        if (settlement.next() instanceof Next.Ended end) {
          meters.ended(end.state(), 1);
        }
      }
      case Append append -> {
        if (done.result() instanceof QueueResult.OfAppend result) {
          appended(parts, append, result.appended());
        }
      }
    }
  }

  private void appended(Part[] parts, Append append, List<Appended> appended) {
    partOf(parts, append.loop()).answers.add(() -> append.answer().accept(appended));
    for (Appended one : appended) {
      if (one instanceof Appended.Stored stored) {
        for (Delivery delivery : stored.deliveries()) {
          part(parts, delivery.connector()).arrived.add(delivery);
        }
        for (Appended.Later later : stored.later()) {
          part(parts, later.delivery().connector()).later.add(later);
        }
        meters.waiting(stored.deliveries().size() + stored.later().size());
        meters.suppressed(stored.suppressed().size());
      }
    }
  }

  private void failed(Part[] parts, Written.Failed<QueueItem, QueueResult> failed) {
    switch (failed.item()) {
      case QueueItem.Settle settle ->
          part(parts, settle.settlement().delivery().connector())
              .notSettled
              .add(settle.settlement());
      case Append append -> {
        List<Appended> none = Collections.nCopies(append.events().size(), new Appended.NotStored());
        partOf(parts, append.loop()).answers.add(() -> append.answer().accept(none));
      }
    }
  }

  private Part part(Part[] parts, long connector) {
    return partOf(parts, indexOf(connector));
  }

  private static Part partOf(Part[] parts, int index) {
    Part part = parts[index];
    if (part == null) {
      part = new Part();
      parts[index] = part;
    }
    return part;
  }

  private Dispatcher of(long connector) {
    return dispatchers.get(indexOf(connector));
  }

  private int indexOf(long connector) {
    return Math.floorMod(Long.hashCode(connector * 0x9E3779B97F4A7C15L), dispatchers.size());
  }

  private void each(Consumer<Dispatcher> work) {
    for (Dispatcher dispatcher : dispatchers) {
      dispatcher.loop().execute(() -> work.accept(dispatcher));
    }
  }

  private int ask(ToIntFunction<Dispatcher> question) {
    int sum = 0;
    for (Dispatcher dispatcher : dispatchers) {
      var answer = new CompletableFuture<Integer>();
      dispatcher.loop().execute(() -> answer.complete(question.applyAsInt(dispatcher)));
      sum += answer.join();
    }
    return sum;
  }

  /// What one loop hears of a group.
  private static final class Part {
    private final List<Runnable> answers = new ArrayList<>();
    private final List<Delivery> arrived = new ArrayList<>();
    private final List<Appended.Later> later = new ArrayList<>(0);
    private final List<Settlement> settled = new ArrayList<>();
    private final List<Settlement> notSettled = new ArrayList<>();

    /// Sends go before answers: what came first is not kept waiting by what the answers bring.
    private void tell(Dispatcher dispatcher, long toldAt) {
      dispatcher.report(arrived, later, settled, notSettled, toldAt);
      for (Runnable answer : answers) {
        answer.run();
      }
    }
  }
}
