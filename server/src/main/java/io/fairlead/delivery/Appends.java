package io.fairlead.delivery;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.LeastDelay.Mark;
import io.fairlead.connector.Meant;
import io.fairlead.connector.Selection;
import io.fairlead.connector.Selection.Wanted;
import io.fairlead.connector.TenantConnectors;
import io.fairlead.delivery.QueueItem.Append;
import io.fairlead.event.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The verb *append*: an event and its deliveries.
///
/// An event's deliveries take the numbers right after its own, so that "the deliveries of an event"
/// is a range and needs no index.
final class Appends {
  private static final String INSERT_EVENT =
      """
      INSERT INTO event (id, tenant, type, subject, client_id, occurred_at, deliveries, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_PENDING =
      """
      INSERT INTO pending (id, tenant, connector, event, node, due_at, attempts, round)
      VALUES (?, ?, ?, ?, ?, ?, 0, 0)
      """;

  private static final String INSERT_SEARCH =
      """
      INSERT INTO event_search (tenant, value, event) VALUES (?, ?, ?)
      ON CONFLICT (tenant, value, event) DO NOTHING
      """;

  private static final String INSERT_SUPPRESSED =
      """
      INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at, last_error)
      VALUES (?, ?, ?, ?, ?, 0, ?, ?)
      """;

  /// Not `VALUES`, which the PostgreSQL driver would rewrite into one statement without a count for
  /// each row.
  private static final String INSERT_NAME =
      """
      INSERT INTO idempotency (tenant, kind, value, event, deliveries, fingerprint)
      SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (
        SELECT 1 FROM idempotency WHERE tenant = ? AND kind = ? AND value = ?)
      """;

  private static final String FIND_NAME =
      """
      SELECT event, deliveries, fingerprint FROM idempotency
      WHERE tenant = ? AND kind = ? AND value = ?
      """;
  private static final String DELETE_OLD_NAME =
      """
      DELETE FROM idempotency WHERE tenant = ? AND kind = ? AND value = ? AND event < ?
      """;

  private static final int BY_ID = 0;
  private static final int BY_HEADER = 1;
  private static final long HEADER_KEPT_MILLIS = 24 * 60 * 60 * 1000L;

  private final Catalog catalog;
  private final Ids ids;
  private final Clock clock;
  private final int node;
  private final Statements statements;
  private final CoolDowns coolDowns;

  Appends(Catalog catalog, Ids ids, Clock clock, int node, Statements statements) {
    this.catalog = catalog;
    this.ids = ids;
    this.clock = clock;
    this.node = node;
    this.statements = statements;
    this.coolDowns = new CoolDowns(statements);
  }

  /// Writes events in an open transaction and says what each came to, in order.
  List<List<Appended>> write(Connection connection, List<Append> appends) throws SQLException {
    if (appends.isEmpty()) {
      return List.of();
    }
    List<List<Arrival>> arrivals = arrivals(appends);
    coolDowns.begin(connection, marks(arrivals));
    var results = new ArrayList<List<Appended>>(appends.size());
    PreparedStatement events = statements.on(connection, INSERT_EVENT);
    PreparedStatement pending = statements.on(connection, INSERT_PENDING);
    int suppressed = 0;
    boolean searched = false;
    for (List<Arrival> together : arrivals) {
      var appended = new ArrayList<Appended>(together.size());
      for (Arrival arrival : together) {
        Appended one = add(connection, arrival, events, pending);
        appended.add(one);
        searched |= one instanceof Appended.Stored && !arrival.event().texts().isEmpty();
        suppressed += one instanceof Appended.Stored stored ? stored.suppressed().size() : 0;
      }
      results.add(appended);
    }
    var _ = events.executeBatch();
    var _ = pending.executeBatch();
    if (searched) {
      var _ = statements.on(connection, INSERT_SEARCH).executeBatch();
    }
    if (suppressed > 0) {
      var _ = statements.on(connection, INSERT_SUPPRESSED).executeBatch();
    }
    coolDowns.end(connection);
    return results;
  }

  /// An event and who wants it.
  ///
  /// @param selection null where its type decides alone
  private record Arrival(NewEvent event, List<Connector> meant, @Nullable Selection selection) {}

  private List<List<Arrival>> arrivals(List<Append> appends) {
    var arrivals = new ArrayList<List<Arrival>>(appends.size());
    for (Append append : appends) {
      var together = new ArrayList<Arrival>(append.events().size());
      for (int i = 0; i < append.events().size(); i++) {
        together.add(arrival(append.events().get(i), append.selection(i)));
      }
      arrivals.add(together);
    }
    return arrivals;
  }

  private Arrival arrival(NewEvent event, @Nullable Selection before) {
    TenantConnectors connectors = catalog.of(event.tenant());
    Meant meant = connectors.meant(event.type());
    if (meant.isPlain()) {
      return new Arrival(event, meant.connectors(), null);
    }
    // What was selected before a change that has been answered must not decide.
    Selection selection =
        before != null && before.isOf(connectors)
            ? before
            : Selection.of(connectors, event.type(), event.data());
    return new Arrival(event, meant.connectors(), selection);
  }

  private static SortedSet<Mark> marks(List<List<Arrival>> arrivals) {
    var marks = new TreeSet<Mark>();
    for (List<Arrival> together : arrivals) {
      for (Arrival arrival : together) {
        Selection selection = arrival.selection();
        if (selection != null) {
          selection.addMarksTo(marks);
        }
      }
    }
    return marks;
  }

  private Appended add(
      Connection connection, Arrival arrival, PreparedStatement events, PreparedStatement pending)
      throws SQLException {
    var used = new ArrayList<Timing.Used>(0);
    NewEvent event = arrival.event();
    Appended appended = name(connection, stored(arrival, used), event);
    if (appended instanceof Appended.Stored stored) {
      used.forEach(coolDowns::use);
      addEvent(events, stored, event);
      addTexts(connection, stored, event);
      addPending(pending, stored);
      addSuppressed(connection, stored);
    }
    return appended;
  }

  /// @param used takes the least delays that begin anew if the event is no repeat
  private Appended.Stored stored(Arrival arrival, List<Timing.Used> used) {
    Selection selection = arrival.selection();
    return selection == null
        ? allDue(arrival.event(), arrival.meant())
        : timed(arrival.event(), selection.wanted(), used);
  }

  private Appended.Stored allDue(NewEvent event, List<Connector> targets) {
    long id = ids.block(1 + targets.size());
    var deliveries = new ArrayList<Delivery>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      deliveries.add(delivery(event, id, i, targets.get(i)));
    }
    return new Appended.Stored(id, deliveries, List.of(), List.of());
  }

  private Appended.Stored timed(NewEvent event, List<Wanted> wanted, List<Timing.Used> used) {
    long now = clock.millis();
    long id = ids.block(1 + wanted.size());
    var due = new ArrayList<Delivery>();
    var later = new ArrayList<Appended.Later>();
    var suppressed = new ArrayList<Appended.Suppressed>();
    for (int i = 0; i < wanted.size(); i++) {
      Delivery delivery = delivery(event, id, i, wanted.get(i).connector());
      switch (Timing.decide(wanted.get(i), now, coolDowns::last)) {
        case Timing.Fate.Suppressed(String why) ->
            suppressed.add(new Appended.Suppressed(delivery, why));
        case Timing.Fate.Due(long at, var uses) -> {
          if (uses != null) {
            used.add(uses);
          }
          if (at == now) {
            due.add(delivery);
          } else {
            later.add(new Appended.Later(delivery, at));
          }
        }
      }
    }
    return new Appended.Stored(id, due, later, suppressed);
  }

  private static Delivery delivery(NewEvent event, long id, int place, Connector connector) {
    return new Delivery(
        id + 1 + place,
        event.tenant(),
        connector.id(),
        id,
        event.type(),
        event.occurredAt(),
        event.data(),
        0,
        0);
  }

  private void addEvent(PreparedStatement insert, Appended.Stored stored, NewEvent event)
      throws SQLException {
    insert.setLong(1, stored.event());
    insert.setLong(2, event.tenant());
    insert.setString(3, event.type());
    insert.setString(4, event.subject());
    insert.setString(5, event.clientId());
    insert.setLong(6, event.occurredAt());
    insert.setInt(7, stored.count());
    insert.setBytes(8, event.data());
    insert.addBatch();
  }

  private void addTexts(Connection connection, Appended.Stored stored, NewEvent event)
      throws SQLException {
    if (event.texts().isEmpty()) {
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_SEARCH);
    for (String text : event.texts()) {
      insert.setLong(1, event.tenant());
      insert.setString(2, text);
      insert.setLong(3, stored.event());
      insert.addBatch();
    }
  }

  private void addPending(PreparedStatement insert, Appended.Stored stored) throws SQLException {
    long now = clock.millis();
    for (Delivery delivery : stored.deliveries()) {
      addPending(insert, delivery, now);
    }
    for (Appended.Later later : stored.later()) {
      addPending(insert, later.delivery(), later.dueAt());
    }
  }

  private void addPending(PreparedStatement insert, Delivery delivery, long dueAt)
      throws SQLException {
    insert.setLong(1, delivery.id());
    insert.setLong(2, delivery.tenant());
    insert.setLong(3, delivery.connector());
    insert.setLong(4, delivery.event());
    insert.setInt(5, node);
    insert.setLong(6, dueAt);
    insert.addBatch();
  }

  private void addSuppressed(Connection connection, Appended.Stored stored) throws SQLException {
    if (stored.suppressed().isEmpty()) {
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_SUPPRESSED);
    for (Appended.Suppressed suppressed : stored.suppressed()) {
      Delivery delivery = suppressed.delivery();
      insert.setLong(1, delivery.id());
      insert.setLong(2, delivery.tenant());
      insert.setLong(3, delivery.connector());
      insert.setLong(4, delivery.event());
      insert.setInt(5, DeliveryState.SUPPRESSED.code());
      insert.setLong(6, clock.millis());
      insert.setString(7, AttemptColumns.clean(suppressed.why()));
      insert.addBatch();
    }
  }

  /// Takes the names that the sender gave the event. One that is taken already makes it a repeat or
  /// a conflict, and the other is given back.
  private Appended name(Connection connection, Appended.Stored stored, NewEvent event)
      throws SQLException {
    if (!event.isNamed()) {
      return stored;
    }
    Appended first = name(connection, stored, event, BY_HEADER, event.idempotencyKey());
    if (!(first instanceof Appended.Stored)) {
      return first;
    }
    Appended second = name(connection, stored, event, BY_ID, event.clientId());
    if (!(second instanceof Appended.Stored) && event.idempotencyKey() != null) {
      forget(connection, event, event.idempotencyKey(), Long.MAX_VALUE);
    }
    return second;
  }

  private Appended name(
      Connection connection,
      Appended.Stored stored,
      NewEvent event,
      int kind,
      @Nullable String value)
      throws SQLException {
    byte[] fingerprint = event.fingerprint();
    if (value == null || fingerprint == null) {
      return stored;
    }
    if (kind == BY_HEADER) {
      long oldest = Ids.firstAt(clock.millis() - HEADER_KEPT_MILLIS);
      forget(connection, event, value, oldest);
    }
    return insertName(connection, stored, event.tenant(), kind, value, fingerprint) == 1
        ? stored
        : earlier(connection, event.tenant(), kind, value, fingerprint);
  }

  private int insertName(
      Connection connection,
      Appended.Stored stored,
      long tenant,
      int kind,
      String value,
      byte[] fingerprint)
      throws SQLException {
    PreparedStatement insert = statements.on(connection, INSERT_NAME);
    insert.setLong(1, tenant);
    insert.setInt(2, kind);
    insert.setString(3, value);
    insert.setLong(4, stored.event());
    insert.setInt(5, stored.count());
    insert.setBytes(6, fingerprint);
    insert.setLong(7, tenant);
    insert.setInt(8, kind);
    insert.setString(9, value);
    return insert.executeUpdate();
  }

  private Appended earlier(
      Connection connection, long tenant, int kind, String value, byte[] fingerprint)
      throws SQLException {
    PreparedStatement find = statements.on(connection, FIND_NAME);
    find.setLong(1, tenant);
    find.setInt(2, kind);
    find.setString(3, value);
    try (ResultSet row = find.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("a name that is taken is not there");
      }
      return Arrays.equals(row.getBytes(3), fingerprint)
          ? new Appended.Repeated(row.getLong(1), row.getInt(2))
          : new Appended.Taken(row.getLong(1));
    }
  }

  private void forget(Connection connection, NewEvent event, String key, long olderThan)
      throws SQLException {
    PreparedStatement delete = statements.on(connection, DELETE_OLD_NAME);
    delete.setLong(1, event.tenant());
    delete.setInt(2, BY_HEADER);
    delete.setString(3, key);
    delete.setLong(4, olderThan);
    delete.executeUpdate();
  }
}
