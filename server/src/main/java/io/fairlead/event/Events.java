package io.fairlead.event;

import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Reach;
import io.fairlead.storage.Slice;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads events. They are written by the delivery queue, together with their deliveries.
public final class Events {
  private static final String COLUMNS =
      "id, client_id, type, occurred_at, subject, deliveries, test";
  private static final int LOOKED_THROUGH = 10_000;
  private static final int LOOKED_THROUGH_FOR_TEXT = 20_000;

  /// Events whose data is in memory at once.
  private static final int AT_ONCE = 100;

  private static final RowMapper<StoredEvent> ROW = (row, _) -> event(row);

  /// Which events to list; all that is given must hold.
  ///
  /// @param clientId the sender's own id
  /// @param subject the API's `key`
  /// @param type as triggers have it: exact, `invoice.*` or `*`
  public record Filter(@Nullable String clientId, @Nullable String subject, @Nullable String type) {
    /// The beginning of the types that are meant; null when it is no beginning.
    private @Nullable String beginning() {
      return type != null && type.endsWith("*") ? type.substring(0, type.length() - 1) : null;
    }
  }

  private final Database database;

  private final int mostLooked;

  /// Reads from a database.
  public Events(Database database) {
    this(database, Reach.MOST);
  }

  /// @param mostLooked how many rows a page of a list looks at
  Events(Database database, int mostLooked) {
    this.database = database;
    this.mostLooked = mostLooked;
  }

  /// A tenant's event with its data.
  public Optional<StoredEvent.WithData> get(long tenant, long id) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT %s, data FROM event WHERE id = :id AND tenant = :tenant".formatted(COLUMNS))
            .bind("id", id)
            .bind("tenant", tenant)
            .map((row, _) -> new StoredEvent.WithData(event(row), row.getBytes("data")))
            .findOne());
  }

  /// A tenant's newest events of some types, the newest first, looked for among its last 10,000.
  ///
  /// @param types which ones
  /// @param most how many at most
  public List<StoredEvent.WithData> latest(long tenant, Predicate<String> types, int most) {
    return latest(tenant, types, _ -> true, most);
  }

  /// A tenant's newest events that are wanted, the newest first, looked for among its last 10,000.
  /// Those of tests are none.
  ///
  /// @param types which types are looked at
  /// @param wanted asked of these
  /// @param most how many at most
  public List<StoredEvent.WithData> latest(
      long tenant, Predicate<String> types, Predicate<StoredEvent.WithData> wanted, int most) {
    return database.read(handle -> {
      try (Stream<StoredEvent> newest =
          handle
              .createQuery(
                  """
                  SELECT %s FROM event WHERE tenant = :tenant AND test = 0
                  ORDER BY id DESC LIMIT :looked
                  """
                      .formatted(COLUMNS))
              .bind("tenant", tenant)
              .bind("looked", LOOKED_THROUGH)
              .map(ROW)
              .stream()) {
        return newest
            .filter(event -> types.test(event.type()))
            .map(event -> new StoredEvent.WithData(event, data(handle, event)))
            .filter(wanted)
            .limit(most)
            .toList();
      }
    });
  }

  private static byte[] data(Handle handle, StoredEvent event) {
    return handle
        .createQuery("SELECT data FROM event WHERE id = :id")
        .bind("id", event.id())
        .mapTo(byte[].class)
        .one();
  }

  /// The newest events that are found by a text: their `key`, the sender's id, or what stood at a
  /// searchable path of their type.
  ///
  /// @param from the lowest id, inclusive
  /// @param to the end of the ids, exclusive
  /// @param inData whether what stood in the data counts
  public List<StoredEvent> foundBy(
      long tenant, String text, long from, long to, boolean inData, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT %s FROM event WHERE tenant = :tenant AND test = 0 AND id IN (
                  SELECT event FROM (
                    SELECT event FROM event_search
                    WHERE tenant = :tenant AND value = :folded AND event >= :from AND event < :to
                    ORDER BY event DESC LIMIT :most) AS by_path
                  UNION SELECT event FROM idempotency
                  WHERE tenant = :tenant AND kind = 0 AND value = :text
                    AND event >= :from AND event < :to
                  UNION SELECT id FROM (
                    SELECT id FROM event
                    WHERE tenant = :tenant AND subject = :text AND id >= :from AND id < :to
                    ORDER BY id DESC LIMIT :most) AS by_key)
                ORDER BY id DESC LIMIT :most
                """
                    .formatted(COLUMNS))
            .bind("tenant", tenant)
            .bind("folded", inData ? Searchable.folded(text) : "")
            .bind("text", text)
            .bind("from", from)
            .bind("to", to)
            .bind("most", most)
            .map(ROW)
            .list());
  }

  /// Events whose data was looked through for a text.
  ///
  /// @param found the newest that have it
  /// @param lookedAt how many were looked at
  /// @param from the lowest id down to which all were looked at
  public record LookedThrough(List<StoredEvent> found, int lookedAt, long from) {}

  /// Looks through data, newest first, for a text as it stands in the JSON, whatever the case of
  /// ASCII letters. Stops at enough found, at 20,000 looked at, or when its time is up.
  ///
  /// @param isOver whether to stop
  public LookedThrough withText(
      long tenant, String text, long from, long to, int most, BooleanSupplier isOver) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    var found = new ArrayList<StoredEvent>();
    int looked = 0;
    long oldest = to;
    boolean more = true;
    while (more
        && found.size() < most
        && looked < LOOKED_THROUGH_FOR_TEXT
        && !isOver.getAsBoolean()) {
      List<StoredEvent.WithData> chunk = chunk(tenant, from, oldest);
      for (StoredEvent.WithData one : chunk) {
        if (Bytes.contains(one.data(), wanted) && found.size() < most) {
          found.add(one.event());
        }
      }
      looked += chunk.size();
      more = chunk.size() == AT_ONCE;
      oldest = chunk.isEmpty() ? oldest : chunk.getLast().event().id();
    }
    return new LookedThrough(found, looked, more ? oldest : from);
  }

  private List<StoredEvent.WithData> chunk(long tenant, long from, long to) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT %s, data FROM event
                WHERE tenant = :tenant AND test = 0 AND id >= :from AND id < :to
                ORDER BY id DESC LIMIT :most
                """
                    .formatted(COLUMNS))
            .bind("tenant", tenant)
            .bind("from", from)
            .bind("to", to)
            .bind("most", AT_ONCE)
            .map((row, _) -> new StoredEvent.WithData(event(row), row.getBytes("data")))
            .list());
  }

  /// One page of a tenant's events, without those of tests.
  public Page<StoredEvent> list(long tenant, Filter filter, Slice slice) {
    return database.read(handle -> {
      boolean first = slice.after() < 0;
      Reach top = reach(handle, tenant, filter, slice.from(), slice.to(), slice);
      Reach here = first ? top : reach(handle, tenant, filter, slice.low(), slice.high(), slice);
      String sql =
          "SELECT %s FROM event WHERE %s AND id >= :from AND id < :to ORDER BY id %s LIMIT :limit"
              .formatted(COLUMNS, where(filter), slice.order());
      var rows =
          bound(handle.createQuery(sql), tenant, filter, here)
              .bind("limit", slice.probe())
              .map(ROW)
              .list();
      return Page.of(rows, slice, count(handle, tenant, filter, top), here, top);
    });
  }

  private static int count(Handle handle, long tenant, Filter filter, Reach reach) {
    String sql =
        """
        SELECT COUNT(*) FROM (
          SELECT 1 FROM event WHERE %s AND id >= :from AND id < :to LIMIT :most) AS counted
        """
            .formatted(where(filter));
    return bound(handle.createQuery(sql), tenant, filter, reach)
        .bind("most", Page.MOST_COUNTED)
        .mapTo(Integer.class)
        .one();
  }

  /// The sender's id finds one at most. All else is looked through for its type, and for what is no
  /// test.
  private Reach reach(Handle handle, long tenant, Filter filter, long low, long high, Slice slice)
      throws SQLException {
    if (filter.clientId() != null) {
      return new Reach(low, high, null);
    }
    String subject = filter.subject();
    var rows =
        new Reach.Rows(
            "event",
            subject == null ? "tenant = ?" : "tenant = ? AND subject = ?",
            subject == null ? List.of(tenant) : List.of(tenant, subject));
    boolean newestFirst = slice.newestFirst();
    return Reach.of(handle.getConnection(), List.of(rows), low, high, newestFirst, mostLooked);
  }

  /// The sender's id is looked up where repeats are: it is unique there, and needs no other index.
  private static String where(Filter filter) {
    String where = "tenant = :tenant AND test = 0";
    if (filter.subject() != null) {
      where += " AND subject = :subject";
    }
    if (filter.clientId() != null) {
      where +=
          " AND id IN (SELECT event FROM idempotency"
              + " WHERE tenant = :tenant AND kind = 0 AND value = :clientId)";
    }
    if (filter.beginning() != null) {
      where += " AND type LIKE :type ESCAPE '\\'";
    } else if (filter.type() != null) {
      where += " AND type = :type";
    }
    return where;
  }

  private static Query bound(Query query, long tenant, Filter filter, Reach reach) {
    query.bind("tenant", tenant).bind("from", reach.low()).bind("to", reach.high());
    if (filter.subject() != null) {
      query.bind("subject", filter.subject());
    }
    if (filter.clientId() != null) {
      query.bind("clientId", filter.clientId());
    }
    String beginning = filter.beginning();
    if (beginning != null) {
      query.bind("type", beginning.replace("_", "\\_") + "%");
    } else if (filter.type() != null) {
      query.bind("type", filter.type());
    }
    return query;
  }

  private static StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong("id"),
        row.getString("client_id"),
        row.getString("type"),
        row.getLong("occurred_at"),
        row.getString("subject"),
        row.getInt("deliveries"),
        row.getInt("test") == 1);
  }
}
