package io.fairlead.delivery;

import io.fairlead.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads what was counted by the hour, and what waits. Hours are counted from the epoch, in UTC.
public final class Statistics {
  /// In place of a connector: all of a tenant's.
  public static final long ALL = HourlyCounts.ALL;

  /// How long an hour is, in milliseconds.
  public static final long HOUR_MILLIS = HourlyCounts.HOUR_MILLIS;

  private final Database database;

  /// Reads a database's counts.
  public Statistics(Database database) {
    this.database = database;
  }

  /// What a number of attempts came to.
  ///
  /// @param succeeded deliveries that the third party took
  /// @param ignored deliveries that a rule said do not matter
  /// @param failed deliveries that have failed for good
  /// @param retried attempts after which another one was to follow
  /// @param durations how many attempts took how long, by class
  public record Counted(
      long succeeded, long ignored, long failed, long retried, SortedMap<Integer, Long> durations) {
    /// How many attempts there were.
    public long attempts() {
      return succeeded + ignored + failed + retried;
    }

    /// How long an attempt took, in milliseconds, right to a fifth; null when there was none.
    ///
    /// @param share 0.5 for the median
    public @Nullable Double percentile(double share) {
      return durations.isEmpty() ? null : Durations.percentile(durations, share);
    }
  }

  /// The newest delivery of a connector that was attempted or has ended; tests do not count.
  ///
  /// @param at when its last attempt or its end was, in epoch milliseconds
  public record Last(
      long delivery,
      DeliveryState state,
      long at,
      @Nullable Integer status,
      @Nullable String error) {}

  /// What is unfinished for a connector that runs; for one that does not all of it is held.
  ///
  /// @param waiting not attempted yet
  /// @param retrying attempted, and to be attempted again
  /// @param keptBack kept back when the connector was activated
  public record Unfinished(long waiting, long retrying, long keptBack) {
    /// All of it.
    public long all() {
      return waiting + retrying + keptBack;
    }
  }

  /// Counts of some connectors by connector and hour; what has none is left out.
  public Map<Long, SortedMap<Long, Counted>> byHour(
      long tenant, List<Long> connectors, long from, long to) {
    var adding = new LinkedHashMap<Long, TreeMap<Long, Adding>>();
    database.read(handle -> {
      select(handle, tenant, connectors, LongStream.range(from, to).boxed().toList())
          .forEach(row ->
              adding
                  .computeIfAbsent(row.connector(), _ -> new TreeMap<>())
                  .computeIfAbsent(row.hour(), _ -> new Adding())
                  .add(row));
      return adding;
    });
    var counted = new LinkedHashMap<Long, SortedMap<Long, Counted>>();
    adding.forEach((connector, hours) -> {
      var ofOne = new TreeMap<Long, Counted>();
      hours.forEach((hour, sum) -> ofOne.put(hour, sum.counted()));
      counted.put(connector, ofOne);
    });
    return counted;
  }

  /// Counts of every connector of a tenant over a time; what had no attempt is left out.
  public Map<Long, Counted> byConnector(long tenant, long from, long to) {
    var adding = new LinkedHashMap<Long, Adding>();
    database.read(handle -> {
      handle
          .createQuery(
              """
              SELECT connector, 0 AS hour, state, duration, SUM(attempts) AS attempts
              FROM attempt_hour
              WHERE tenant = :tenant AND hour >= :from AND hour < :to AND connector <> :all
              GROUP BY connector, state, duration
              """)
          .bind("tenant", tenant)
          .bind("from", from)
          .bind("to", to)
          .bind("all", HourlyCounts.ALL)
          .map((row, _) -> row(row))
          .forEach(row -> adding.computeIfAbsent(row.connector(), _ -> new Adding()).add(row));
      return adding;
    });
    var counted = new LinkedHashMap<Long, Counted>();
    adding.forEach((connector, sum) -> counted.put(connector, sum.counted()));
    return counted;
  }

  /// Every hour is sought by itself, so that a connector's hours cost the same however many other
  /// connectors there are.
  private static List<Row> select(
      Handle handle, long tenant, List<Long> connectors, List<Long> hours) {
    if (connectors.isEmpty() || hours.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            SELECT connector, hour, state, duration, attempts FROM attempt_hour
            WHERE tenant = :tenant AND hour IN (<hours>) AND connector IN (<connectors>)
            """)
        .bind("tenant", tenant)
        .bindList("hours", hours)
        .bindList("connectors", connectors)
        .map((row, _) -> row(row))
        .list();
  }

  private record Row(long connector, long hour, DeliveryState state, int duration, long attempts) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("connector"),
        row.getLong("hour"),
        DeliveryState.ofCode(row.getInt("state")),
        row.getInt("duration"),
        row.getLong("attempts"));
  }

  private static final class Adding {
    private final Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
    private final TreeMap<Integer, Long> durations = new TreeMap<>();

    void add(Row row) {
      states.merge(row.state(), row.attempts(), Long::sum);
      durations.merge(row.duration(), row.attempts(), Long::sum);
    }

    Counted counted() {
      return new Counted(
          states.getOrDefault(DeliveryState.SUCCEEDED, 0L),
          states.getOrDefault(DeliveryState.IGNORED, 0L),
          states.getOrDefault(DeliveryState.FAILED, 0L),
          states.getOrDefault(DeliveryState.RETRYING, 0L),
          durations);
    }
  }

  /// Adds counts up.
  public static Counted sum(Collection<Counted> all) {
    var durations = new TreeMap<Integer, Long>();
    for (Counted one : all) {
      one.durations()
          .forEach((duration, attempts) -> durations.merge(duration, attempts, Long::sum));
    }
    return new Counted(
        all.stream().mapToLong(Counted::succeeded).sum(),
        all.stream().mapToLong(Counted::ignored).sum(),
        all.stream().mapToLong(Counted::failed).sum(),
        all.stream().mapToLong(Counted::retried).sum(),
        durations);
  }

  /// The newest delivery in the log of each of some connectors; those without one are left out.
  public Map<Long, Last> last(List<Long> connectors) {
    return database.read(handle -> {
      var last = new LinkedHashMap<Long, Last>();
      for (long connector : connectors) {
        last(handle, connector).ifPresent(found -> last.put(connector, found));
      }
      return last;
    });
  }

  private static Optional<Last> last(Handle handle, long connector) {
    return handle
        .createQuery(
            """
            SELECT id, state, COALESCE(ended_at, started_at, 0) AS at, last_status, last_error
            FROM delivery WHERE connector = :connector AND test = 0 ORDER BY id DESC LIMIT 1
            """)
        .bind("connector", connector)
        .map((row, _) -> {
          int status = row.getInt("last_status");
          boolean none = row.wasNull();
          return new Last(
              row.getLong("id"),
              DeliveryState.ofCode(row.getInt("state")),
              row.getLong("at"),
              none ? null : status,
              row.getString("last_error"));
        })
        .findOne();
  }

  /// What is unfinished, by connector, of every tenant. Reads all that waits.
  public Map<Long, Unfinished> unfinished() {
    var unfinished = new LinkedHashMap<Long, Unfinished>();
    database.read(handle -> {
      handle
          .createQuery(
              """
              SELECT connector, COUNT(*) AS deliveries,
                SUM(CASE WHEN attempts > 0 AND due_at < :parked THEN 1 ELSE 0 END) AS retrying,
                SUM(CASE WHEN due_at < :parked THEN 0 ELSE 1 END) AS kept_back
              FROM pending GROUP BY connector
              """)
          .bind("parked", Claims.PARKED)
          .map((row, _) -> {
            long retrying = row.getLong("retrying");
            long keptBack = row.getLong("kept_back");
            long waiting = row.getLong("deliveries") - retrying - keptBack;
            return Map.entry(row.getLong("connector"), new Unfinished(waiting, retrying, keptBack));
          })
          .forEach(one -> unfinished.put(one.getKey(), one.getValue()));
      return unfinished;
    });
    return unfinished;
  }
}
