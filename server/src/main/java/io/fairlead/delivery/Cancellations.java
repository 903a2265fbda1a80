package io.fairlead.delivery;

import io.fairlead.storage.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Calls off by hand what has not ended: no attempt follows, and the log says that it was
/// cancelled.
///
/// An attempt that is under way can't be called back. One that is begun in the very moment of the
/// cancellation is logged, and changes the state no more.
public final class Cancellations {
  /// What asking for a cancellation came to.
  public sealed interface Cancellation {
    /// It is called off.
    record Done(long connector) implements Cancellation {}

    /// There is no such delivery in that tenant.
    enum Missing implements Cancellation {
      /// The only one.
      MISSING
    }

    /// It is being attempted.
    enum Sending implements Cancellation {
      /// The only one.
      SENDING
    }

    /// It has ended already.
    enum Ended implements Cancellation {
      /// The only one.
      ENDED
    }
  }

  private final Database database;
  private final Backlog backlog;
  private final Dispatchers dispatchers;
  private final DeliveryMeters meters;

  /// @param backlog writes the ends
  /// @param dispatchers are told what not to send
  public Cancellations(
      Database database, Backlog backlog, Dispatchers dispatchers, DeliveryMeters meters) {
    this.database = database;
    this.backlog = backlog;
    this.dispatchers = dispatchers;
    this.meters = meters;
  }

  /// Cancels deliveries of a tenant, in one transaction.
  ///
  /// @param deliveries at most 1,000
  /// @return what became of each, in their order
  public List<Cancellation> cancelAll(long tenant, List<Long> deliveries) {
    return database.write(
        handle -> cancelAll(handle, tenant, deliveries), results -> tell(deliveries, results));
  }

  private List<Cancellation> cancelAll(Handle handle, long tenant, List<Long> deliveries) {
    Set<Long> sending = dispatchers.sending();
    var results = new ArrayList<Cancellation>(deliveries.size());
    var cancelled = new ArrayList<Long>();
    for (long delivery : deliveries) {
      Cancellation result = judge(handle, tenant, delivery, sending);
      results.add(result);
      if (result instanceof Cancellation.Done) {
        cancelled.add(delivery);
      }
    }
    if (!cancelled.isEmpty()) {
      backlog.cancel(handle, cancelled);
    }
    return results;
  }

  private static Cancellation judge(Handle handle, long tenant, long delivery, Set<Long> sending) {
    Long connector =
        handle
            .createQuery("SELECT connector FROM pending WHERE id = :id AND tenant = :tenant")
            .bind("id", delivery)
            .bind("tenant", tenant)
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    if (connector == null) {
      return isLogged(handle, tenant, delivery)
          ? Cancellation.Ended.ENDED
          : Cancellation.Missing.MISSING;
    }
    return sending.contains(delivery)
        ? Cancellation.Sending.SENDING
        : new Cancellation.Done(connector);
  }

  private static boolean isLogged(Handle handle, long tenant, long delivery) {
    return handle
        .createQuery("SELECT 1 FROM delivery WHERE id = :id AND tenant = :tenant")
        .bind("id", delivery)
        .bind("tenant", tenant)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private void tell(List<Long> deliveries, List<Cancellation> results) {
    Map<Long, Set<Long>> byConnector = new HashMap<>();
    int count = 0;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Cancellation.Done(long connector)) {
        var _ =
            byConnector.computeIfAbsent(connector, id -> new HashSet<>()).add(deliveries.get(i));
        count++;
      }
    }
    byConnector.forEach(dispatchers::cancelled);
    meters.ended(DeliveryState.CANCELLED, count);
  }
}
