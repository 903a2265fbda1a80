package io.fairlead.command;

import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.command.LoggedRun.AskedTarget;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judgement;
import io.fairlead.response.Outcome;
import io.fairlead.response.Result;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The rows of the log of runs.
public final class RunRows {
  private static final RunOutcome[] OUTCOMES = RunOutcome.values();
  private static final Asker.Kind[] ASKERS = Asker.Kind.values();
  private static final Outcome[] ATTEMPT_OUTCOMES = Outcome.values();
  private static final ErrorClass[] CLASSES = ErrorClass.values();
  private static final Sent.BodyKind[] BODIES = Sent.BodyKind.values();

  /// A row that is there already is the same one: a commit's answer was lost.
  private static final String INSERT_RUN =
      """
      INSERT INTO run (id, tenant, command, outcome, asked_by, asked_key, asked_name, started_at,
        micros, status, content_type, size, error)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String INSERT_ATTEMPT =
      """
      INSERT INTO run_attempt (id, tenant, number, target, connector, started_at, micros, outcome,
        revision, status, class, error, head, body_kind, body_size, body, answer_head, answer_size,
        answer, result)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id, number) DO NOTHING
      """;

  /// What a list may be narrowed to.
  ///
  /// @param command its name, or null for all
  /// @param outcome or null for all
  public record Filter(@Nullable String command, @Nullable RunOutcome outcome) {}

  /// Writes runs.
  ///
  /// @return how many
  int insert(Handle handle, List<LoggedRun> runs) throws SQLException {
    try (PreparedStatement run = handle.getConnection().prepareStatement(INSERT_RUN);
        PreparedStatement attempt = handle.getConnection().prepareStatement(INSERT_ATTEMPT)) {
      for (LoggedRun one : runs) {
        bind(run, one);
        run.addBatch();
        for (int i = 0; i < one.asked().size(); i++) {
          bind(attempt, one, i + 1, one.asked().get(i));
          attempt.addBatch();
        }
      }
      run.executeBatch();
      attempt.executeBatch();
      return runs.size();
    }
  }

  private static void bind(PreparedStatement row, LoggedRun run) throws SQLException {
    row.setLong(1, run.id());
    row.setLong(2, run.tenant());
    row.setString(3, run.command());
    row.setInt(4, run.outcome().ordinal());
    row.setInt(5, run.asker().kind().ordinal());
    setNumber(row, 6, run.asker().key());
    row.setString(7, clean(run.asker().name()));
    row.setLong(8, run.startedAt());
    row.setLong(9, run.micros());
    setNumber(row, 10, run.status() == null ? null : run.status().longValue());
    row.setString(11, clean(run.contentType()));
    setNumber(row, 12, run.size());
    row.setString(13, clean(run.error()));
  }

  private static void bind(PreparedStatement row, LoggedRun run, int number, AskedTarget asked)
      throws SQLException {
    Attempt attempt = asked.attempt();
    Sent sent = attempt.sent();
    Answer answer = attempt.answer();
    ErrorClass error = attempt.errorClass();
    Result result = attempt.result();
    row.setLong(1, run.id());
    row.setLong(2, run.tenant());
    row.setInt(3, number);
    row.setString(4, clean(asked.target()));
    setNumber(row, 5, asked.connector());
    row.setLong(6, attempt.startedAt());
    row.setLong(7, attempt.micros());
    row.setInt(8, attempt.outcome().ordinal());
    row.setInt(9, attempt.revision());
    setNumber(row, 10, answer == null ? null : (long) answer.status());
    setNumber(row, 11, error == null ? null : (long) error.ordinal());
    row.setString(12, clean(attempt.error()));
    row.setString(13, clean(sent.head()));
    row.setInt(14, sent.bodyKind().ordinal());
    row.setLong(15, sent.bodySize());
    row.setBytes(16, sent.body());
    row.setString(17, answer == null ? null : clean(answer.head()));
    setNumber(row, 18, answer == null ? null : answer.bodySize());
    row.setBytes(19, answer == null ? null : answer.body());
    row.setString(20, result == null ? null : clean(result.text()));
  }

  private static void setNumber(PreparedStatement row, int at, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      row.setNull(at, Types.BIGINT);
    } else {
      row.setLong(at, value);
    }
  }

  /// PostgreSQL takes no NUL in a text, and a third party may send anything.
  private static @Nullable String clean(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
  }

  /// One page of a tenant's runs, without what was asked and answered.
  public Page<LoggedRun> list(Handle handle, long tenant, Filter filter, Slice slice) {
    String where = where(filter);
    List<LoggedRun> rows =
        bound(
                handle.createQuery(
                    "SELECT * FROM run WHERE %s ORDER BY id %s LIMIT :limit"
                        .formatted(where, slice.order())),
                tenant,
                filter,
                slice.low(),
                slice.high())
            .bind("limit", slice.probe())
            .map(RUN)
            .list();
    int total =
        bound(
                handle.createQuery(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM run WHERE %s LIMIT :most) AS counted"
                        .formatted(where)),
                tenant,
                filter,
                slice.from(),
                slice.to())
            .bind("most", Page.MOST_COUNTED)
            .mapTo(Integer.class)
            .one();
    return Page.of(rows, slice, total);
  }

  private static String where(Filter filter) {
    String where = "tenant = :tenant AND id >= :low AND id < :high";
    if (filter.command() != null) {
      where += " AND command = :command";
    }
    return filter.outcome() == null
        ? where
        // As the partial index has it.
        : filter.outcome() == RunOutcome.ANSWERED
            ? where + " AND outcome = 0"
            : where + " AND outcome = :outcome AND outcome <> 0";
  }

  private static Query bound(Query query, long tenant, Filter filter, long low, long high) {
    query.bind("tenant", tenant).bind("low", low).bind("high", high);
    if (filter.command() != null) {
      query.bind("command", filter.command());
    }
    RunOutcome outcome = filter.outcome();
    if (outcome != null && outcome != RunOutcome.ANSWERED) {
      query.bind("outcome", outcome.ordinal());
    }
    return query;
  }

  /// A tenant's run, with what each target was asked and answered.
  public Optional<LoggedRun> get(Handle handle, long tenant, long id) {
    return handle
        .createQuery("SELECT * FROM run WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .map(RUN)
        .findOne()
        .map(run -> run.with(asked(handle, id)));
  }

  private static List<AskedTarget> asked(Handle handle, long run) {
    return handle
        .createQuery("SELECT * FROM run_attempt WHERE id = :run ORDER BY number")
        .bind("run", run)
        .map(ASKED)
        .list();
  }

  private static final RowMapper<LoggedRun> RUN =
      (row, _) ->
          new LoggedRun(
              row.getLong("id"),
              row.getLong("tenant"),
              row.getString("command"),
              OUTCOMES[row.getInt("outcome")],
              new Asker(
                  ASKERS[row.getInt("asked_by")],
                  number(row, "asked_key"),
                  row.getString("asked_name")),
              row.getLong("started_at"),
              row.getLong("micros"),
              small(row, "status"),
              row.getString("content_type"),
              number(row, "size"),
              row.getString("error"),
              List.of());

  private static final RowMapper<AskedTarget> ASKED =
      (row, _) -> new AskedTarget(row.getString("target"), number(row, "connector"), attempt(row));

  private static Attempt attempt(ResultSet row) throws SQLException {
    Integer error = small(row, "class");
    String result = row.getString("result");
    return new Attempt(
        row.getLong("started_at"),
        row.getLong("micros"),
        row.getInt("revision"),
        new Sent(
            row.getString("head"),
            false,
            BODIES[row.getInt("body_kind")],
            row.getLong("body_size"),
            row.getBytes("body")),
        answer(row),
        new Judgement(
            ATTEMPT_OUTCOMES[row.getInt("outcome")],
            error == null ? null : CLASSES[error],
            row.getString("error"),
            null,
            null,
            result == null ? null : Result.ofText(result)));
  }

  private static @Nullable Answer answer(ResultSet row) throws SQLException {
    Integer status = small(row, "status");
    String head = row.getString("answer_head");
    byte[] body = row.getBytes("answer");
    return status == null
        ? null
        : new Answer(
            status,
            head == null ? "" : head,
            row.getLong("answer_size"),
            body == null ? new byte[0] : body);
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Integer small(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
