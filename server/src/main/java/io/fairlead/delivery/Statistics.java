package io.fairlead.delivery;

import io.fairlead.storage.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /// How many counts, or unfinished deliveries, are added up at once: a tenth of a second.
  private static final int MOST_LOOKED = 50_000;

  private static final String BY_CONNECTOR =
      """
      SELECT connector, hour, state, duration, attempts FROM attempt_hour
      WHERE tenant = ? AND hour >= ? AND hour < ? ORDER BY hour DESC LIMIT ?
      """;

  private static final String COUNTS =
      """
      COUNT(*) AS deliveries,
      COALESCE(SUM(CASE WHEN attempts > 0 AND due_at < :parked THEN 1 ELSE 0 END), 0) AS retrying,
      COALESCE(SUM(CASE WHEN due_at < :parked THEN 0 ELSE 1 END), 0) AS kept_back
      """;

  /// One step for each connector.
  private static final String LAST =
      """
      SELECT connector, id, state, COALESCE(ended_at, started_at, 0) AS at, last_status, last_error
      FROM delivery WHERE id IN (
        SELECT (SELECT d.id FROM delivery d WHERE d.connector = c.id AND d.test = 0
          ORDER BY d.id DESC LIMIT 1)
        FROM connector c WHERE c.id IN (<connectors>))
      """;

  private final Database database;
  private final int mostLooked;

  /// Reads a database's counts.
  public Statistics(Database database) {
    this(database, MOST_LOOKED);
  }

  /// @param mostLooked how many rows are added up at once
  Statistics(Database database, int mostLooked) {
    this.database = database;
    this.mostLooked = mostLooked;
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

  /// Counts of a tenant's connectors.
  ///
  /// @param counted what had no attempt is left out
  /// @param from the hour from which on all was looked at; the newest are looked at first
  public record ByConnector(Map<Long, Counted> counted, long from) {}

  /// Counts of every connector of a tenant over a time, as far back as may be looked: where many
  /// connectors are busy there is much to add up.
  public ByConnector byConnector(long tenant, long from, long to) {
    return database.read(handle -> {
      var adding = new HashMap<Long, Adding>();
      int looked = 0;
      long oldest = from;
      try (PreparedStatement select = handle.getConnection().prepareStatement(BY_CONNECTOR)) {
        select.setLong(1, tenant);
        select.setLong(2, from);
        select.setLong(3, to);
        select.setLong(4, mostLooked);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            long connector = row.getLong(1);
            if (connector != HourlyCounts.ALL) {
              adding
                  .computeIfAbsent(connector, _ -> new Adding())
                  .add(row.getInt(3), row.getInt(4), row.getLong(5));
            }
            looked++;
            oldest = looked == mostLooked ? row.getLong(2) : from;
          }
        }
      }
      var counted = new LinkedHashMap<Long, Counted>();
      adding.forEach((connector, sum) -> counted.put(connector, sum.counted()));
      return new ByConnector(counted, oldest);
    });
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

  /// In plain arrays: there may be tens of thousands of counts to add up while somebody waits.
  private static final class Adding {
    private final long[] states = new long[DeliveryState.SUPPRESSED.code() + 1];
    private long[] durations = new long[32];

    void add(Row row) {
      add(row.state().code(), row.duration(), row.attempts());
    }

    void add(int state, int duration, long attempts) {
      if (duration >= durations.length) {
        durations = Arrays.copyOf(durations, duration + 1);
      }
      states[state] += attempts;
      durations[duration] += attempts;
    }

    Counted counted() {
      var byDuration = new TreeMap<Integer, Long>();
      for (int i = 0; i < durations.length; i++) {
        if (durations[i] > 0) {
          byDuration.put(i, durations[i]);
        }
      }
      return new Counted(
          states[DeliveryState.SUCCEEDED.code()],
          states[DeliveryState.IGNORED.code()],
          states[DeliveryState.FAILED.code()],
          states[DeliveryState.RETRYING.code()],
          byDuration);
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
    var last = new LinkedHashMap<Long, Last>();
    if (connectors.isEmpty()) {
      return last;
    }
    database.read(handle -> {
      handle
          .createQuery(LAST)
          .bindList("connectors", connectors)
          .map((row, _) -> Map.entry(row.getLong("connector"), last(row)))
          .forEach(one -> last.put(one.getKey(), one.getValue()));
      return last;
    });
    return last;
  }

  private static Last last(ResultSet row) throws SQLException {
    int status = row.getInt("last_status");
    boolean none = row.wasNull();
    return new Last(
        row.getLong("id"),
        DeliveryState.ofCode(row.getInt("state")),
        row.getLong("at"),
        none ? null : status,
        row.getString("last_error"));
  }

  /// What is unfinished, by connector.
  ///
  /// @param byConnector those that have something
  /// @param isLeast whether there is more than was counted
  public record AllUnfinished(Map<Long, Unfinished> byConnector, boolean isLeast) {}

  /// What of a tenant's is unfinished, counted up to some fifty thousand.
  public AllUnfinished unfinished(long tenant) {
    // What of it was attempted is found by its row in the log.
    String sql =
        """
        SELECT connector, %s FROM (
          SELECT connector, 0 AS attempts, due_at FROM (SELECT connector, due_at FROM pending
            WHERE tenant = :tenant AND attempts = 0 LIMIT :most) AS fresh
          UNION ALL
          SELECT p.connector, p.attempts, p.due_at FROM (SELECT id FROM delivery%s
            WHERE tenant = :tenant AND state = %d AND state <> %d LIMIT :most) AS retrying
          JOIN pending p ON p.id = retrying.id) AS unfinished
        GROUP BY connector
        """
            .formatted(
                COUNTS,
                database.dialect().by("delivery_exception"),
                DeliveryState.RETRYING.code(),
                DeliveryState.SUCCEEDED.code());
    var byConnector = new LinkedHashMap<Long, Unfinished>();
    database.read(handle -> {
      handle
          .createQuery(sql)
          .bind("tenant", tenant)
          .bind("parked", Claims.PARKED)
          .bind("most", mostLooked)
          .map((row, _) -> Map.entry(row.getLong("connector"), unfinished(row)))
          .forEach(one -> byConnector.put(one.getKey(), one.getValue()));
      return byConnector;
    });
    long all = byConnector.values().stream().mapToLong(Unfinished::all).sum();
    return new AllUnfinished(byConnector, all >= mostLooked);
  }

  /// The same of one connector.
  public AllUnfinished unfinishedOf(long connector) {
    Unfinished found =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT %s FROM (
                      SELECT attempts, due_at FROM pending
                      WHERE connector = :connector LIMIT :most) AS unfinished
                    """
                        .formatted(COUNTS))
                .bind("connector", connector)
                .bind("parked", Claims.PARKED)
                .bind("most", mostLooked)
                .map((row, _) -> unfinished(row))
                .one());
    return new AllUnfinished(Map.of(connector, found), found.all() >= mostLooked);
  }

  private static Unfinished unfinished(ResultSet row) throws SQLException {
    long retrying = row.getLong("retrying");
    long keptBack = row.getLong("kept_back");
    return new Unfinished(row.getLong("deliveries") - retrying - keptBack, retrying, keptBack);
  }
}
