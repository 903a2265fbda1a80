package io.fairlead.delivery;

import io.fairlead.call.Answer;
import io.fairlead.call.Sent;
import io.fairlead.call.Sent.BodyKind;
import io.fairlead.event.StoredEvent;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Outcome;
import io.fairlead.response.Result;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Reach;
import io.fairlead.storage.Slice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads deliveries and their attempts.
///
/// What has been attempted, or has ended, has a row in the log; what still waits for its first
/// attempt is only pending. A list is put together from {@link Run}s, each of which an index gives
/// in the order of ids, so that a page costs the same however many deliveries there are.
public final class DeliveryLog {
  /// Of more attempts only the latest are read.
  public static final int MOST_ATTEMPTS = 1_000;

  /// How many deliveries of an event are looked at in a list of events.
  private static final int MOST_COUNTED = 100;

  /// A block of numbers, the most that an event and its deliveries can take.
  private static final int BLOCK = 4_096;

  private static final int SUCCEEDED = DeliveryState.SUCCEEDED.code();
  private static final int RETRYING = DeliveryState.RETRYING.code();

  /// A table is read in such pieces, each of which looks at no more than a page of a list does.
  private static final int TABLE_PAGE = 1_000;

  private static final int MOST_TABLE_PAGES = 200;

  /// Of more connectors than these each can't be asked for its deliveries in a state.
  private static final int MOST_LANES = 100;

  private static final Set<DeliveryState> IDLE =
      EnumSet.of(DeliveryState.WAITING, DeliveryState.RETRYING, DeliveryState.HELD);

  private static final String RUNS =
      "CASE WHEN c.active = 1 AND c.halt IS NULL THEN 1 ELSE 0 END AS runs";

  private static final String RUNNING =
      """
      EXISTS (SELECT 1 FROM connector c
        WHERE c.id = %s.connector AND c.active = 1 AND c.halt IS NULL)
      """;

  /// Of a row of `pending`: that it is not kept back.
  private static final String DUE_HERE = "due_at < " + Claims.PARKED;

  /// Of a row of the log: that it is.
  private static final String PARKED =
      "EXISTS (SELECT 1 FROM pending p WHERE p.id = delivery.id AND p.due_at = %d)"
          .formatted(Claims.PARKED);

  private static final String LOGGED =
      """
      SELECT d.id, d.event, e.type, d.connector, c.name, %s, d.state, d.attempts,
        p.due_at, d.ended_at, d.last_status, d.last_class, d.last_error, d.last_result,
        d.test, e.subject, d.started_at, d.micros,
        (SELECT MAX(a.id) FROM attempt a WHERE a.delivery = d.id) AS latest,
        (SELECT a.micros FROM attempt a WHERE a.delivery = d.id ORDER BY number DESC LIMIT 1)
          AS latest_micros
      FROM delivery d
      JOIN event e ON e.id = d.event
      LEFT JOIN connector c ON c.id = d.connector
      LEFT JOIN pending p ON p.id = d.id
      WHERE d.id IN (<ids>) AND d.tenant = :tenant
      """
          .formatted(RUNS);
  private static final String FRESH =
      """
      SELECT p.id, p.event, e.type, p.connector, c.name, %s, %d AS state, 0 AS attempts,
        p.due_at, NULL AS ended_at, NULL AS last_status, NULL AS last_class, NULL AS last_error,
        NULL AS last_result, 0 AS test, e.subject, NULL AS started_at, NULL AS micros,
        NULL AS latest, NULL AS latest_micros
      FROM pending p
      JOIN event e ON e.id = p.event
      LEFT JOIN connector c ON c.id = p.connector
      WHERE p.id IN (<ids>) AND p.attempts = 0 AND p.tenant = :tenant
      """
          .formatted(RUNS, DeliveryState.WAITING.code());

  /// No more than the states: a list of events asks for those of thousands.
  private static final String STATES =
      """
      SELECT d.id, d.event, d.state, d.attempts, p.due_at, %1$s
      FROM delivery d
      LEFT JOIN pending p ON p.id = d.id
      LEFT JOIN connector c ON c.id = d.connector
      WHERE d.id IN (<ids>) AND d.tenant = :tenant AND d.test = 0
      UNION ALL
      SELECT p.id, p.event, %2$d AS state, 0 AS attempts, p.due_at, %1$s
      FROM pending p
      LEFT JOIN connector c ON c.id = p.connector
      WHERE p.id IN (<ids>) AND p.attempts = 0 AND p.tenant = :tenant
      """
          .formatted(RUNS, DeliveryState.WAITING.code());

  private static final String FIRST_EXCHANGE =
      """
      SELECT d.id, 1 AS number, d.id AS delivery, d.connector, %s, h.text AS repeated_head,
        e.id AS event, e.type, e.occurred_at, e.data
      FROM delivery d
      JOIN event e ON e.id = d.event
      LEFT JOIN request_head h ON h.hash = d.head
      WHERE d.id = :id AND d.tenant = :tenant AND d.started_at IS NOT NULL
      """
          .formatted(AttemptColumns.named("d"));
  private static final String OTHER_EXCHANGE =
      """
      SELECT a.id, a.number, a.delivery, d.connector, %s, h.text AS repeated_head,
        e.id AS event, e.type, e.occurred_at, e.data
      FROM attempt a
      JOIN delivery d ON d.id = a.delivery
      JOIN event e ON e.id = d.event
      LEFT JOIN request_head h ON h.hash = a.head
      WHERE a.id = :id AND a.tenant = :tenant
      """
          .formatted(AttemptColumns.named("a"));

  private static final String SUMMARY =
      "started_at, micros, outcome, revision, status, class, error, result";

  /// Which deliveries to list; all that is given must hold.
  ///
  /// @param connector the connector's number
  /// @param event the event's number
  /// @param states empty for every state
  /// @param narrowing what else they must be
  public record Filter(
      @Nullable Long connector,
      @Nullable Long event,
      Set<DeliveryState> states,
      Narrowing narrowing) {
    /// All of them.
    public static final Filter NONE = new Filter(null, null, Set.of());

    public Filter {
      states = Set.copyOf(states);
    }

    /// By connector, event and state alone.
    public Filter(@Nullable Long connector, @Nullable Long event, Set<DeliveryState> states) {
      this(connector, event, states, Narrowing.NONE);
    }
  }

  /// Ids of one table that an index gives in order, or that are looked for among these.
  ///
  /// @param by which index, where the database may take another one
  /// @param where the condition that the index answers
  /// @param fits what is looked at row by row; empty when there is nothing more to ask
  /// @param values of the question marks in that
  private record Run(String table, String by, String where, String fits, List<Object> values) {
    Run(String table, String where) {
      this(table, "", where, "", List.of());
    }

    Run and(String more) {
      return new Run(table, by, where + more, fits, values);
    }

    Run fitting(String more) {
      return new Run(table, by, where, fits + more, values);
    }

    Run narrowed(Narrowing narrowing) {
      Narrowing.Sql more =
          table.equals("delivery") ? narrowing.onDelivery() : narrowing.onPending();
      return new Run(table, by, where, fits + more.sql(), more.values());
    }

    String from() {
      return table + by;
    }

    boolean isLookedThrough() {
      return !fits.isEmpty();
    }

    Reach.Rows rows() {
      return new Reach.Rows(from(), where, List.of());
    }

    /// Binds the values of the condition, and then the bounds of the ids.
    void bind(PreparedStatement select, long low, long high) throws SQLException {
      int at = 1;
      for (Object value : values) {
        select.setObject(at++, value);
      }
      select.setLong(at, low);
      select.setLong(at + 1, high);
    }
  }

  private record Lane(long connector, boolean runs) {}

  private final Database database;
  private final Supplier<Set<Long>> sending;
  private final int mostLooked;

  /// @param sending the deliveries that are being attempted now, which only the dispatchers know
  public DeliveryLog(Database database, Supplier<Set<Long>> sending) {
    this(database, sending, Reach.MOST);
  }

  /// @param mostLooked how many rows a page looks at
  DeliveryLog(Database database, Supplier<Set<Long>> sending, int mostLooked) {
    this.database = database;
    this.sending = sending;
    this.mostLooked = mostLooked;
  }

  /// A tenant's delivery.
  public Optional<LoggedDelivery> get(long tenant, long id) {
    return database.read(handle -> get(handle, tenant, id));
  }

  Optional<LoggedDelivery> get(Handle handle, long tenant, long id) {
    return Optional.ofNullable(load(handle, tenant, List.of(id), sending.get()).get(id));
  }

  /// One page of a tenant's deliveries.
  public Page<LoggedDelivery> list(long tenant, Filter filter, Slice slice) {
    Set<Long> now = sending.get();
    return database.read(handle ->
        filter.event() == null
            ? listRuns(handle, tenant, filter, slice, now)
            : listEvent(handle, tenant, filter, filter.event(), slice, now));
  }

  /// The beginning of a list, as long as a table may be.
  ///
  /// @param rows in order
  /// @param last where it was left off; null when that is the whole list
  public record Beginning(List<LoggedDelivery> rows, @Nullable Long last) {}

  /// Reads a list from its beginning, page after page: up to `slice.limit` rows, or so far as may
  /// be looked at for one table.
  public Beginning beginning(long tenant, Filter filter, Slice slice) {
    var rows = new ArrayList<LoggedDelivery>();
    long after = -1;
    for (int i = 0; i < MOST_TABLE_PAGES && rows.size() < slice.limit(); i++) {
      int limit = Math.min(TABLE_PAGE, slice.limit() - rows.size());
      var part = new Slice(slice.from(), slice.to(), after, slice.newestFirst(), limit);
      Page<LoggedDelivery> page = list(tenant, filter, part);
      rows.addAll(page.rows());
      Long last = last(page);
      if (last == null) {
        return new Beginning(rows, null);
      }
      after = last;
    }
    return new Beginning(rows, after);
  }

  private static @Nullable Long last(Page<LoggedDelivery> page) {
    if (page.more()) {
      return page.rows().getLast().id();
    }
    return page.looked() == null ? null : page.looked().last();
  }

  /// The deliveries of a tenant's event by their connector; of several to one the first.
  public Map<Long, LoggedDelivery> ofEvent(long tenant, long event) {
    var all = new Slice(0, Long.MAX_VALUE, -1, false, BLOCK);
    var byConnector = new LinkedHashMap<Long, LoggedDelivery>();
    for (LoggedDelivery delivery : list(tenant, new Filter(null, event, Set.of()), all).rows()) {
      byConnector.putIfAbsent(delivery.connector(), delivery);
    }
    return byConnector;
  }

  /// How many deliveries of some events are in which state; of an event with more only the first
  /// hundred are looked at.
  public Map<Long, Map<DeliveryState, Integer>> states(long tenant, List<StoredEvent> events) {
    List<Long> ids =
        events.stream()
            .flatMap(event ->
                LongStream.rangeClosed(1, Math.min(event.deliveries(), MOST_COUNTED))
                    .mapToObj(n -> event.id() + n))
            .toList();
    Set<Long> now = sending.get();
    var states = new HashMap<Long, Map<DeliveryState, Integer>>();
    for (int i = 0; i < ids.size(); i += BLOCK) {
      List<Long> chunk = ids.subList(i, Math.min(ids.size(), i + BLOCK));
      database.read(handle -> {
        handle
            .createQuery(STATES)
            .bindList("ids", padded(chunk))
            .bind("tenant", tenant)
            .map((row, _) -> Map.entry(row.getLong("event"), state(row, now)))
            .forEach(one ->
                states
                    .computeIfAbsent(one.getKey(), _ -> new EnumMap<>(DeliveryState.class))
                    .merge(one.getValue(), 1, Integer::sum));
        return states;
      });
    }
    return states;
  }

  /// An event has few deliveries, whose numbers follow its own: they are read and looked through.
  private static Page<LoggedDelivery> listEvent(
      Handle handle, long tenant, Filter filter, long event, Slice slice, Set<Long> now)
      throws SQLException {
    var block = new Slice(event, event + BLOCK, -1, slice.newestFirst(), BLOCK);
    String where = "tenant = " + tenant + " AND event = " + event;
    List<Run> runs = List.of(new Run("delivery", where), new Run("pending", where));
    var whole = new Reach(block.low(), block.high(), null);
    List<LoggedDelivery> all =
        load(handle, tenant, ids(handle, runs, whole, block, BLOCK), now).values().stream()
            .filter(delivery -> fits(delivery, filter, slice.from(), slice.to()))
            .toList();
    List<LoggedDelivery> page =
        all.stream()
            .filter(delivery -> fits(delivery, filter, slice.low(), slice.high()))
            .limit(slice.probe())
            .toList();
    Page<LoggedDelivery> found = Page.of(page, slice, all.size());
    return new Page<>(found.rows(), found.more(), found.total(), Page.Looked.ALL);
  }

  private static boolean fits(LoggedDelivery delivery, Filter filter, long from, long to) {
    return delivery.id() >= from
        && delivery.id() < to
        && (filter.connector() == null || filter.connector() == delivery.connector())
        && (filter.states().isEmpty() || filter.states().contains(delivery.state()))
        && filter.narrowing().fits(delivery);
  }

  private Page<LoggedDelivery> listRuns(
      Handle handle, long tenant, Filter filter, Slice slice, Set<Long> now) throws SQLException {
    List<Run> runs =
        runs(handle, tenant, filter, now).stream()
            .map(run -> run.narrowed(filter.narrowing()))
            .toList();
    boolean first = slice.after() < 0;
    Reach top = reach(handle, runs, slice.from(), slice.to(), slice);
    Reach here = first ? top : reach(handle, runs, slice.low(), slice.high(), slice);
    List<Long> ids;
    int total;
    if (first && top.last() != null) {
      // All that can be found at once is looked for once.
      ids = ids(handle, runs, here, slice, Page.MOST_COUNTED);
      total = ids.size();
    } else {
      ids = ids(handle, runs, here, slice, slice.probe());
      total = count(handle, runs, top);
    }
    var rows =
        List.copyOf(load(handle, tenant, ids.stream().limit(slice.probe()).toList(), now).values());
    return Page.of(rows, slice, total, here, top);
  }

  private Reach reach(Handle handle, List<Run> runs, long low, long high, Slice slice)
      throws SQLException {
    List<Reach.Rows> looked = runs.stream().filter(Run::isLookedThrough).map(Run::rows).toList();
    return Reach.of(handle.getConnection(), looked, low, high, slice.newestFirst(), mostLooked);
  }

  private List<Run> runs(Handle handle, long tenant, Filter filter, Set<Long> now) {
    String owner = owner(tenant, filter.connector());
    var runs = new ArrayList<Run>();
    if (filter.states().isEmpty()) {
      runs.add(new Run("delivery", owner));
      runs.add(fresh(owner));
      return runs;
    }
    for (DeliveryState state : filter.states()) {
      if (state == DeliveryState.SUCCEEDED) {
        runs.add(new Run("delivery", owner).fitting(" AND state = " + SUCCEEDED));
      } else if (state.isEnd()) {
        runs.add(exceptions(filter.connector(), owner, state.code()));
      }
    }
    if (!filter.states().stream().allMatch(DeliveryState::isEnd)) {
      addUnfinished(runs, handle, tenant, filter, now);
    }
    return runs;
  }

  /// The plus keeps SQLite from using the tenant's index where the connector's is meant.
  private static String owner(long tenant, @Nullable Long connector) {
    return connector == null
        ? "tenant = " + tenant
        : "connector = " + connector + " AND +tenant = " + tenant;
  }

  /// The second condition is the index's own, without which it is not used.
  private Run exceptions(@Nullable Long connector, String owner, int state) {
    String index = connector == null ? "delivery_exception" : "delivery_exception_of_connector";
    return new Run(
        "delivery",
        database.dialect().by(index),
        "%s AND state = %d AND state <> %d".formatted(owner, state, SUCCEEDED),
        "",
        List.of());
  }

  private static Run fresh(String owner) {
    return new Run("pending", owner + " AND attempts = 0");
  }

  private void addUnfinished(
      List<Run> runs, Handle handle, long tenant, Filter filter, Set<Long> now) {
    Map<Long, Set<Long>> sendingNow = byConnector(handle, tenant, filter.connector(), now);
    Set<Long> all =
        sendingNow.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    if (filter.states().contains(DeliveryState.SENDING) && !all.isEmpty()) {
      runs.add(new Run("pending", "id IN " + list(all)));
    }
    Set<DeliveryState> idle = EnumSet.copyOf(IDLE);
    idle.retainAll(filter.states());
    if (idle.isEmpty()) {
      return;
    }
    String owner = owner(tenant, filter.connector());
    Run fresh = fresh(owner).and(notIn(all));
    Run retrying = exceptions(filter.connector(), owner, RETRYING).and(notIn(all));
    if (idle.equals(IDLE)) {
      runs.add(fresh);
      runs.add(retrying);
      return;
    }
    List<Lane> lanes = lanes(handle, tenant, filter.connector());
    if (lanes.size() > MOST_LANES) {
      addOfManyLanes(runs, fresh, retrying, idle);
      return;
    }
    for (Lane lane : lanes) {
      String sending = notIn(sendingNow.getOrDefault(lane.connector(), Set.of()));
      addOfLane(runs, tenant, lane, sending, idle);
    }
  }

  private void addOfLane(
      List<Run> runs, long tenant, Lane lane, String sending, Set<DeliveryState> idle) {
    String owner = owner(tenant, lane.connector());
    Run fresh = fresh(owner).and(sending);
    Run retrying = exceptions(lane.connector(), owner, RETRYING).and(sending);
    if (!lane.runs()) {
      if (idle.contains(DeliveryState.HELD)) {
        runs.add(fresh);
        runs.add(retrying);
      }
      return;
    }
    if (idle.contains(DeliveryState.HELD)) {
      String parked = "connector = %d AND due_at = %d".formatted(lane.connector(), Claims.PARKED);
      runs.add(new Run("pending", parked).and(sending));
    }
    if (idle.contains(DeliveryState.WAITING)) {
      runs.add(fresh.fitting(" AND " + DUE_HERE));
    }
    if (idle.contains(DeliveryState.RETRYING)) {
      runs.add(retrying.fitting(" AND NOT " + PARKED));
    }
  }

  /// Where each of a tenant's many connectors can't be asked, what is unfinished is looked through.
  private static void addOfManyLanes(
      List<Run> runs, Run fresh, Run retrying, Set<DeliveryState> idle) {
    String runsHere = RUNNING.formatted("pending");
    String runsThere = RUNNING.formatted("delivery");
    if (idle.contains(DeliveryState.WAITING)) {
      runs.add(fresh.fitting(" AND %s AND %s".formatted(DUE_HERE, runsHere)));
    }
    if (idle.contains(DeliveryState.RETRYING)) {
      runs.add(retrying.fitting(" AND %s AND NOT %s".formatted(runsThere, PARKED)));
    }
    if (idle.contains(DeliveryState.HELD)) {
      runs.add(fresh.fitting(" AND NOT (%s AND %s)".formatted(DUE_HERE, runsHere)));
      runs.add(retrying.fitting(" AND (%s OR NOT %s)".formatted(PARKED, runsThere)));
    }
  }

  /// Which of the deliveries being sent are this tenant's, by connector.
  private static Map<Long, Set<Long>> byConnector(
      Handle handle, long tenant, @Nullable Long connector, Set<Long> now) {
    if (now.isEmpty()) {
      return Map.of();
    }
    var mine = new LinkedHashMap<Long, Set<Long>>();
    String where = connector == null ? "" : " AND connector = " + connector;
    handle
        .createQuery(
            "SELECT id, connector FROM pending WHERE id IN (<ids>) AND tenant = :tenant" + where)
        .bindList("ids", padded(now))
        .bind("tenant", tenant)
        .map((row, _) -> Map.entry(row.getLong("connector"), row.getLong("id")))
        .forEach(entry ->
            mine.computeIfAbsent(entry.getKey(), _ -> new HashSet<>()).add(entry.getValue()));
    return mine;
  }

  /// So many that it is seen when there are too many.
  private static List<Lane> lanes(Handle handle, long tenant, @Nullable Long connector) {
    String where = connector == null ? "" : " AND c.id = " + connector;
    return handle
        .createQuery(
            "SELECT c.id, %s FROM connector c WHERE c.tenant = :tenant%s LIMIT :most"
                .formatted(RUNS, where))
        .bind("tenant", tenant)
        .bind("most", MOST_LANES + 1)
        .map((row, _) -> new Lane(row.getLong("id"), row.getInt("runs") == 1))
        .list();
  }

  private static String notIn(Set<Long> ids) {
    return ids.isEmpty() ? "" : " AND id NOT IN " + list(ids);
  }

  private static String list(Set<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  /// The first ids within reach, merged from all runs.
  private static List<Long> ids(Handle handle, List<Run> runs, Reach reach, Slice slice, int limit)
      throws SQLException {
    Comparator<Long> order =
        slice.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    var ids = new TreeSet<>(order);
    for (Run run : runs) {
      String sql =
          "SELECT id FROM %s WHERE %s%s AND id >= ? AND id < ? ORDER BY id %s LIMIT %d"
              .formatted(run.from(), run.where(), run.fits(), slice.order(), limit);
      try (PreparedStatement select = handle.getConnection().prepareStatement(sql)) {
        run.bind(select, reach.low(), reach.high());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            ids.add(row.getLong(1));
          }
        }
      }
    }
    return ids.stream().limit(limit).toList();
  }

  private static int count(Handle handle, List<Run> runs, Reach reach) throws SQLException {
    int total = 0;
    for (Run run : runs) {
      if (total == Page.MOST_COUNTED) {
        break;
      }
      String sql =
          """
          SELECT COUNT(*) FROM (
            SELECT 1 FROM %s WHERE %s%s AND id >= ? AND id < ? LIMIT %d) AS counted
          """
              .formatted(run.from(), run.where(), run.fits(), Page.MOST_COUNTED - total);
      try (PreparedStatement select = handle.getConnection().prepareStatement(sql)) {
        run.bind(select, reach.low(), reach.high());
        try (ResultSet row = select.executeQuery()) {
          total += row.next() ? row.getInt(1) : 0;
        }
      }
    }
    return total;
  }

  /// Deliveries by number, in the order asked; those of other tenants are not found.
  Map<Long, LoggedDelivery> load(Handle handle, long tenant, List<Long> ids) {
    return load(handle, tenant, ids, sending.get());
  }

  private static Map<Long, LoggedDelivery> load(
      Handle handle, long tenant, List<Long> ids, Set<Long> now) {
    var found = new LinkedHashMap<Long, LoggedDelivery>();
    if (ids.isEmpty()) {
      return found;
    }
    var byId = new LinkedHashMap<Long, LoggedDelivery>();
    for (String sql : List.of(LOGGED, FRESH)) {
      handle
          .createQuery(sql)
          .bindList("ids", padded(ids))
          .bind("tenant", tenant)
          .map((row, _) -> delivery(row, now))
          .forEach(delivery -> byId.putIfAbsent(delivery.id(), delivery));
    }
    for (Long id : ids) {
      LoggedDelivery delivery = byId.get(id);
      if (delivery != null) {
        found.put(id, delivery);
      }
    }
    return found;
  }

  /// Filled up to a power of two, so that there are only a few different statements.
  private static List<Long> padded(Collection<Long> ids) {
    var padded = new ArrayList<>(ids);
    int size = Math.max(1, Integer.highestOneBit(2 * ids.size() - 1));
    padded.addAll(Collections.nCopies(size - ids.size(), padded.getLast()));
    return padded;
  }

  private static LoggedDelivery delivery(ResultSet row, Set<Long> now) throws SQLException {
    long id = row.getLong("id");
    Long dueAt = number(row, "due_at");
    int attempts = row.getInt("attempts");
    DeliveryState state = state(row, now);
    boolean planned = state == DeliveryState.WAITING || state == DeliveryState.RETRYING;
    Long status = number(row, "last_status");
    return new LoggedDelivery(
        id,
        row.getLong("event"),
        row.getString("type"),
        row.getLong("connector"),
        row.getString("name"),
        state,
        attempts,
        planned ? dueAt : null,
        number(row, "ended_at"),
        status == null ? null : status.intValue(),
        errorClass(row, "last_class"),
        row.getString("last_error"),
        row.getString("last_result"),
        row.getInt("test") == 1,
        row.getString("subject"),
        lastAttempt(row));
  }

  private static DeliveryState state(ResultSet row, Set<Long> now) throws SQLException {
    Long dueAt = number(row, "due_at");
    return dueAt == null
        ? DeliveryState.ofCode(row.getInt("state"))
        : unfinished(
            now.contains(row.getLong("id")),
            row.getInt("runs") == 1,
            dueAt,
            row.getInt("attempts"));
  }

  /// The first attempt stands in the delivery's own row, and has its number.
  private static LoggedDelivery.@Nullable LastAttempt lastAttempt(ResultSet row)
      throws SQLException {
    Long latest = number(row, "latest");
    Long started = number(row, "started_at");
    if (latest == null) {
      return started == null
          ? null
          : new LoggedDelivery.LastAttempt(row.getLong("id"), row.getLong("micros"));
    }
    return new LoggedDelivery.LastAttempt(latest, row.getLong("latest_micros"));
  }

  private static DeliveryState unfinished(boolean sending, boolean runs, long dueAt, int attempts) {
    if (sending) {
      return DeliveryState.SENDING;
    }
    if (!runs || dueAt == Claims.PARKED) {
      return DeliveryState.HELD;
    }
    return attempts == 0 ? DeliveryState.WAITING : DeliveryState.RETRYING;
  }

  /// The attempts of a tenant's delivery in order; of more than {@link #MOST_ATTEMPTS} the latest.
  public List<LoggedAttempt> attempts(long tenant, long delivery) {
    return database.read(handle -> {
      var attempts =
          new ArrayList<>(
              handle
                  .createQuery(
                      """
                      SELECT id, number, %s FROM attempt
                      WHERE delivery = :delivery AND tenant = :tenant
                      ORDER BY number DESC LIMIT :most
                      """
                          .formatted(SUMMARY))
                  .bind("delivery", delivery)
                  .bind("tenant", tenant)
                  .bind("most", MOST_ATTEMPTS)
                  .map((row, _) -> attempt(row))
                  .list());
      if (attempts.size() < MOST_ATTEMPTS) {
        first(handle, tenant, delivery).ifPresent(attempts::add);
      }
      return attempts.reversed();
    });
  }

  private static Optional<LoggedAttempt> first(Handle handle, long tenant, long delivery) {
    return handle
        .createQuery(
            """
            SELECT id, 1 AS number, %s FROM delivery
            WHERE id = :id AND tenant = :tenant AND started_at IS NOT NULL
            """
                .formatted(SUMMARY))
        .bind("id", delivery)
        .bind("tenant", tenant)
        .map((row, _) -> attempt(row))
        .findOne();
  }

  /// A tenant's attempt with what was sent and what came back. The first attempt of a delivery has
  /// the delivery's number.
  public Optional<LoggedAttempt.Exchange> exchange(long tenant, long id) {
    return database.read(handle ->
        exchange(handle, FIRST_EXCHANGE, tenant, id)
            .or(() -> exchange(handle, OTHER_EXCHANGE, tenant, id)));
  }

  private static Optional<LoggedAttempt.Exchange> exchange(
      Handle handle, String sql, long tenant, long id) {
    return handle
        .createQuery(sql)
        .bind("id", id)
        .bind("tenant", tenant)
        .map((row, _) -> exchange(row))
        .findOne();
  }

  private static LoggedAttempt.Exchange exchange(ResultSet row) throws SQLException {
    String repeated = row.getString("repeated_head");
    var sent =
        new Sent(
            repeated == null ? row.getString("head_text") : repeated,
            repeated != null,
            BodyKind.values()[row.getInt("body_kind")],
            row.getLong("body_size"),
            row.getBytes("body"));
    LoggedAttempt attempt = attempt(row);
    var source =
        new LoggedAttempt.Source(
            row.getLong("event"),
            row.getString("type"),
            row.getLong("occurred_at"),
            row.getBytes("data"));
    return new LoggedAttempt.Exchange(
        attempt,
        row.getLong("delivery"),
        row.getLong("connector"),
        source,
        sent,
        answer(row, attempt.status()));
  }

  private static @Nullable Answer answer(ResultSet row, @Nullable Integer status)
      throws SQLException {
    String head = row.getString("answer_head");
    byte[] body = row.getBytes("answer");
    return status == null || head == null
        ? null
        : new Answer(status, head, row.getLong("answer_size"), body == null ? new byte[0] : body);
  }

  private static LoggedAttempt attempt(ResultSet row) throws SQLException {
    Long status = number(row, "status");
    return new LoggedAttempt(
        row.getLong("id"),
        row.getInt("number"),
        row.getLong("started_at"),
        row.getLong("micros"),
        Outcome.values()[row.getInt("outcome")],
        row.getInt("revision"),
        status == null ? null : status.intValue(),
        errorClass(row, "class"),
        row.getString("error"),
        result(row.getString("result")));
  }

  private static @Nullable Result result(@Nullable String stored) {
    return stored == null ? null : Result.ofText(stored);
  }

  private static @Nullable ErrorClass errorClass(ResultSet row, String column) throws SQLException {
    Long code = number(row, column);
    return code == null ? null : ErrorClass.values()[code.intValue()];
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
