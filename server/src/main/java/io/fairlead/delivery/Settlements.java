package io.fairlead.delivery;

import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Halt;
import io.fairlead.response.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The verb *settle*: an attempt and the delivery's new state in one commit.
///
/// Writing a settlement twice is harmless, since a commit whose answer was lost is written again.
/// One that comes after a committed end (its delivery was called off meanwhile) records the attempt
/// and changes no state.
final class Settlements {
  private static final String END_PENDING = "DELETE FROM pending WHERE id = ? AND attempts = ?";
  private static final String AGAIN_PENDING =
      "UPDATE pending SET due_at = ?, attempts = ? WHERE id = ? AND attempts = ?";
  static final String INSERT_HEAD =
      "INSERT INTO request_head (hash, text) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING";
  private static final String INSERT_DELIVERY =
      """
      INSERT INTO delivery (id, tenant, connector, event, state, attempts, ended_at, last_status,
        last_class, last_error, last_result, %s)
      VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, %s)
      """
          .formatted(AttemptColumns.NAMES, AttemptColumns.MARKS);
  private static final String INSERT_ATTEMPT =
      """
      INSERT INTO attempt (id, tenant, delivery, number, %s) VALUES (?, ?, ?, ?, %s)
      ON CONFLICT (id) DO NOTHING
      """
          .formatted(AttemptColumns.NAMES, AttemptColumns.MARKS);
  private static final String UPDATE_DELIVERY =
      """
      UPDATE delivery SET state = ?, attempts = ?, ended_at = ?, last_status = ?, last_class = ?,
        last_error = ?, last_result = ?
      WHERE id = ?
      """;
  private static final String LATE_FIRST =
      """
      UPDATE delivery SET attempts = 1, last_status = ?, last_class = ?, last_error = ?,
        last_result = ?, %s
      WHERE id = ? AND attempts = 0
      """
          .formatted(AttemptColumns.ASSIGNMENTS);
  private static final String LATE_OTHER =
      """
      UPDATE delivery SET attempts = ?, last_status = ?, last_class = ?, last_error = ?,
        last_result = ?
      WHERE id = ? AND attempts < ?
      """;

  private static final String HALT =
      """
      UPDATE connector SET halt = ?, halt_reason = ? WHERE id = ? AND revision = ? AND active = 1
      """;

  private final Catalog catalog;
  private final Statements statements;
  private final HourlyCounts counts;
  private final AttemptColumns columns = new AttemptColumns();

  Settlements(Catalog catalog, Statements statements) {
    this.catalog = catalog;
    this.statements = statements;
    this.counts = new HourlyCounts(statements);
  }

  /// Writes settlements in an open transaction.
  ///
  /// @return by settlement the connectors that they have halted, as they are after the commit
  Map<Settlement, Connector> write(Connection connection, List<Settlement> settlements)
      throws SQLException {
    if (settlements.isEmpty()) {
      return Map.of();
    }
    writeHeads(connection, settlements);
    var ended = new ArrayList<Settlement>();
    var again = new ArrayList<Settlement>();
    for (Settlement settlement : settlements) {
      switch (settlement.next()) {
        case Next.Ended end -> ended.add(settlement);
        case Next.Again later -> again.add(settlement);
      }
    }
    var logged = new ArrayList<Settlement>(settlements.size());
    log(connection, ended, endPending(connection, ended), logged);
    log(connection, again, againPending(connection, again), logged);
    counts.add(connection, logged);
    return halt(connection, settlements);
  }

  /// A halt is of the revision that the attempt was made with: what people have changed since may
  /// be what helps. The first of several holds.
  private Map<Settlement, Connector> halt(Connection connection, List<Settlement> settlements)
      throws SQLException {
    var halted = new HashMap<Settlement, Connector>();
    var done = new HashSet<Long>();
    for (Settlement settlement : settlements) {
      Halt halt = settlement.halt();
      Connector connector = halt == null ? null : catalog.get(settlement.delivery().connector());
      if (halt != null
          && connector != null
          && connector.runs()
          && connector.revision() == settlement.attempt().revision()
          && !done.contains(connector.id())
          && halt(connection, connector, halt)) {
        done.add(connector.id());
        halted.put(settlement, connector.with(halt));
      }
    }
    return halted;
  }

  private boolean halt(Connection connection, Connector connector, Halt halt) throws SQLException {
    PreparedStatement update = statements.on(connection, HALT);
    update.setInt(1, halt.cause().ordinal());
    update.setString(2, AttemptColumns.clean(halt.reason()));
    update.setLong(3, connector.id());
    update.setInt(4, connector.revision());
    return update.executeUpdate() == 1;
  }

  private void writeHeads(Connection connection, List<Settlement> settlements) throws SQLException {
    Map<Long, String> heads = new HashMap<>();
    for (Settlement settlement : settlements) {
      Sent sent = settlement.attempt().sent();
      Long hash = columns.hash(sent);
      if (hash != null && sent.head() != null) {
        heads.put(hash, sent.head());
      }
    }
    if (heads.isEmpty()) {
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_HEAD);
    for (var head : heads.entrySet()) {
      insert.setLong(1, head.getKey());
      insert.setString(2, AttemptColumns.clean(head.getValue()));
      insert.addBatch();
    }
    var _ = insert.executeBatch();
  }

  private int[] endPending(Connection connection, List<Settlement> ended) throws SQLException {
    if (ended.isEmpty()) {
      return new int[0];
    }
    PreparedStatement delete = statements.on(connection, END_PENDING);
    for (Settlement settlement : ended) {
      delete.setLong(1, settlement.delivery().id());
      delete.setInt(2, settlement.delivery().attempts());
      delete.addBatch();
    }
    return delete.executeBatch();
  }

  private int[] againPending(Connection connection, List<Settlement> again) throws SQLException {
    if (again.isEmpty()) {
      return new int[0];
    }
    PreparedStatement update = statements.on(connection, AGAIN_PENDING);
    for (Settlement settlement : again) {
      update.setLong(1, ((Next.Again) settlement.next()).dueAt());
      update.setInt(2, settlement.number());
      update.setLong(3, settlement.delivery().id());
      update.setInt(4, settlement.delivery().attempts());
      update.addBatch();
    }
    return update.executeBatch();
  }

  /// @param changed for each settlement whether its delivery was still pending as it had been
  /// @param logged takes those that were logged for the first time
  private void log(
      Connection connection, List<Settlement> settlements, int[] changed, List<Settlement> logged)
      throws SQLException {
    var firsts = new ArrayList<Settlement>();
    var others = new ArrayList<Settlement>();
    var late = new ArrayList<Settlement>();
    for (int i = 0; i < changed.length; i++) {
      Settlement settlement = settlements.get(i);
      if (changed[i] == 0) {
        late.add(settlement);
      } else if (settlement.isFirst()) {
        firsts.add(settlement);
      } else {
        others.add(settlement);
      }
    }
    logFirsts(connection, firsts);
    logOthers(connection, others);
    logged.addAll(firsts);
    logged.addAll(others);
    for (Settlement settlement : late) {
      logLate(connection, settlement);
    }
  }

  private void logFirsts(Connection connection, List<Settlement> firsts) throws SQLException {
    if (firsts.isEmpty()) {
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_DELIVERY);
    for (Settlement settlement : firsts) {
      addFirst(insert, settlement);
    }
    var _ = insert.executeBatch();
  }

  private void logOthers(Connection connection, List<Settlement> others) throws SQLException {
    if (others.isEmpty()) {
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_ATTEMPT);
    PreparedStatement update = statements.on(connection, UPDATE_DELIVERY);
    for (Settlement settlement : others) {
      bindOther(insert, settlement);
      insert.addBatch();
      addUpdate(update, settlement);
    }
    var _ = insert.executeBatch();
    var _ = update.executeBatch();
  }

  private void addFirst(PreparedStatement row, Settlement settlement) throws SQLException {
    Delivery delivery = settlement.delivery();
    row.setLong(1, delivery.id());
    row.setLong(2, delivery.tenant());
    row.setLong(3, delivery.connector());
    row.setLong(4, delivery.event());
    row.setInt(5, settlement.state().code());
    AttemptColumns.setLong(row, 6, endedAt(settlement));
    bindLast(row, 7, settlement.attempt());
    columns.bind(row, 11, settlement.attempt());
    row.addBatch();
  }

  private void bindOther(PreparedStatement row, Settlement settlement) throws SQLException {
    row.setLong(1, settlement.id());
    row.setLong(2, settlement.delivery().tenant());
    row.setLong(3, settlement.delivery().id());
    row.setInt(4, settlement.number());
    columns.bind(row, 5, settlement.attempt());
  }

  private static void addUpdate(PreparedStatement row, Settlement settlement) throws SQLException {
    row.setInt(1, settlement.state().code());
    row.setInt(2, settlement.number());
    AttemptColumns.setLong(row, 3, endedAt(settlement));
    bindLast(row, 4, settlement.attempt());
    row.setLong(8, settlement.delivery().id());
    row.addBatch();
  }

  private void logLate(Connection connection, Settlement settlement) throws SQLException {
    Attempt attempt = settlement.attempt();
    if (settlement.isFirst()) {
      PreparedStatement update = statements.on(connection, LATE_FIRST);
      bindLast(update, 1, attempt);
      columns.bind(update, 5, attempt);
      update.setLong(5 + AttemptColumns.COUNT, settlement.delivery().id());
      update.executeUpdate();
      return;
    }
    PreparedStatement insert = statements.on(connection, INSERT_ATTEMPT);
    bindOther(insert, settlement);
    insert.executeUpdate();
    PreparedStatement update = statements.on(connection, LATE_OTHER);
    update.setInt(1, settlement.number());
    bindLast(update, 2, attempt);
    update.setLong(6, settlement.delivery().id());
    update.setInt(7, settlement.number());
    update.executeUpdate();
  }

  static void bindLast(PreparedStatement row, int first, Attempt attempt) throws SQLException {
    Answer answer = attempt.answer();
    AttemptColumns.setInt(row, first, answer == null ? null : answer.status());
    AttemptColumns.setInt(row, first + 1, AttemptColumns.code(attempt.errorClass()));
    row.setString(first + 2, AttemptColumns.clean(attempt.error()));
    Result result = attempt.result();
    row.setString(first + 3, result == null ? null : result.valueText());
  }

  private static @Nullable Long endedAt(Settlement settlement) {
    return switch (settlement.next()) {
      case Next.Ended ended -> settlement.endedAt();
      case Next.Again again -> null;
    };
  }
}
