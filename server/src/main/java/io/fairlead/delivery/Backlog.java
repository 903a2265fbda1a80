package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What waits for a connector, taken as a whole: counted, kept back, let go, called off. It may be
/// millions, so it is done in chunks, each in a transaction of its own.
public final class Backlog {
  private static final int CHUNK = 1_000;

  /// Which deliveries are called off.
  public enum Which {
    /// All that wait.
    ALL,
    /// Those that were kept back.
    KEPT_BACK
  }

  private final Database database;
  private final DeliveryMeters meters;
  private final Ids ids;
  private final Clock clock;

  /// Works on a database's deliveries.
  public Backlog(Database database, DeliveryMeters meters, Ids ids, Clock clock) {
    this.database = database;
    this.meters = meters;
    this.ids = ids;
    this.clock = clock;
  }

  /// How many deliveries of a connector are unfinished, counted up to a limit.
  public int count(long connector, int upTo) {
    return database.read(handle -> count(handle, connector, upTo));
  }

  /// The same inside a transaction.
  static int count(Handle handle, long connector, int upTo) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM (SELECT 1 FROM pending WHERE connector = :connector LIMIT :upTo) n
            """)
        .bind("connector", connector)
        .bind("upTo", upTo)
        .mapTo(Integer.class)
        .one();
  }

  /// The same of some connectors, by connector.
  public Map<Long, Integer> counts(List<Long> connectors, int upTo) {
    var counts = new HashMap<Long, Integer>();
    if (connectors.isEmpty()) {
      return counts;
    }
    database.read(handle -> {
      handle
          .createQuery(
              """
              SELECT c.id, (SELECT COUNT(*) FROM (
                SELECT 1 FROM pending p WHERE p.connector = c.id LIMIT :upTo) AS n) AS waiting
              FROM connector c WHERE c.id IN (<connectors>)
              """)
          .bindList("connectors", connectors)
          .bind("upTo", upTo)
          .map((row, _) -> Map.entry(row.getLong("id"), row.getInt("waiting")))
          .forEach(one -> counts.put(one.getKey(), one.getValue()));
      return counts;
    });
    return counts;
  }

  /// How many deliveries are unfinished altogether.
  public long countAll() {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM pending").mapTo(Long.class).one());
  }

  /// Keeps back what waits now: it is not due until it is let go.
  void keepBack(long connector) {
    inChunks(connector, "due_at < :parked", "SET due_at = :parked");
  }

  /// Lets go what was kept back: it is due now.
  void letGo(long connector) {
    inChunks(connector, "due_at = :parked", "SET due_at = :now");
  }

  private void inChunks(long connector, String which, String change) {
    String sql =
        """
        UPDATE pending %s WHERE id IN (
          SELECT id FROM pending WHERE connector = :connector AND %s AND id <= :last LIMIT :chunk)
        """
            .formatted(change, which);
    long last = ids.next();
    int changed;
    do {
      changed =
          database.write(handle ->
              handle
                  .createUpdate(sql)
                  .bind("connector", connector)
                  .bind("parked", Claims.PARKED)
                  .bind("now", clock.millis())
                  .bind("last", last)
                  .bind("chunk", CHUNK)
                  .execute());
    } while (changed == CHUNK);
  }

  /// Calls off what waits now; the log says so of each.
  void cancel(long connector, Which which) {
    long last = ids.next();
    int cancelled;
    do {
      cancelled = database.write(handle -> cancelChunk(handle, connector, which, last));
      meters.ended(DeliveryState.CANCELLED, cancelled);
    } while (cancelled == CHUNK);
  }

  private int cancelChunk(Handle handle, long connector, Which which, long last) {
    long earliest =
        switch (which) {
          case ALL -> 0;
          case KEPT_BACK -> Claims.PARKED;
        };
    List<Long> chunk =
        handle
            .createQuery(
                """
                SELECT id FROM pending
                WHERE connector = :connector AND due_at >= :earliest AND id <= :last LIMIT :chunk
                """)
            .bind("connector", connector)
            .bind("earliest", earliest)
            .bind("last", last)
            .bind("chunk", CHUNK)
            .mapTo(Long.class)
            .list();
    if (!chunk.isEmpty()) {
      cancel(handle, chunk);
    }
    return chunk.size();
  }

  /// Ends deliveries that are unfinished. The parameter `id` in each statement is one of a batch.
  void cancel(Handle handle, List<Long> chunk) {
    batch(
        handle,
        """
        INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at)
        SELECT id, tenant, connector, event, :state, 0, :now FROM pending
        WHERE id = :id AND attempts = 0
        """,
        chunk);
    batch(
        handle,
        """
        UPDATE delivery SET state = :state, ended_at = :now
        WHERE id = :id AND EXISTS (SELECT 1 FROM pending p WHERE p.id = :id AND p.attempts > 0)
        """,
        chunk);
    batch(handle, "DELETE FROM pending WHERE id = :id", chunk);
  }

  private void batch(Handle handle, String sql, List<Long> chunk) {
    try (var batch = handle.prepareBatch(sql)) {
      for (long id : chunk) {
        batch.bind("id", id);
        if (sql.contains(":state")) {
          batch.bind("state", DeliveryState.CANCELLED.code()).bind("now", clock.millis());
        }
        batch.add();
      }
      var _ = batch.execute();
    }
  }
}
