package io.fairlead.audit;

import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The rows of the audit log. They are only added to, and only read.
public final class AuditLog {
  private final Database database;
  private final Ids ids;

  /// Writes and reads this database.
  public AuditLog(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// What to add; the log gives it its number.
  ///
  /// @see AuditEntry
  public record Draft(
      @Nullable Long tenant,
      AuditEntry.Actor actor,
      String action,
      String noun,
      @Nullable String subject,
      String address,
      String changes) {}

  /// Which entries are wanted.
  ///
  /// @param tenant whose
  /// @param hub whether those of the whole hub too
  /// @param kind of actors, or null for all
  /// @param actor the actor's number, or null for any
  /// @param subject the public id of what something was done to, or null for any
  public record Filter(
      long tenant,
      boolean hub,
      AuditEntry.Actor.@Nullable Kind kind,
      @Nullable Long actor,
      @Nullable String subject) {}

  /// Adds entries, all in one commit.
  public void add(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    var _ = database.write(handle -> insert(handle, drafts));
  }

  private int insert(Handle handle, List<Draft> drafts) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO audit
              (id, tenant, actor_kind, actor, actor_name, action, noun, subject, address, changes)
            VALUES
              (:id, :tenant, :kind, :actor, :name, :action, :noun, :subject, :address, :changes)
            """);
    for (Draft draft : drafts) {
      batch
          .bind("id", ids.next())
          .bindByType("tenant", draft.tenant(), Long.class)
          .bind("kind", draft.actor().kind().name())
          .bindByType("actor", draft.actor().number(), Long.class)
          .bind("name", draft.actor().name())
          .bind("action", draft.action())
          .bind("noun", draft.noun())
          .bind("subject", draft.subject())
          .bind("address", draft.address())
          .bind("changes", draft.changes())
          .add();
    }
    return batch.execute().length;
  }

  /// One page of the entries that a filter lets through.
  public Page<AuditEntry> list(Filter filter, Slice slice) {
    return database.read(handle -> {
      String page = each(filter, "*", "ORDER BY id %s LIMIT :limit".formatted(slice.order()));
      var rows =
          bound(
                  handle.createQuery(
                      "SELECT * FROM (%s) AS entries ORDER BY id %s LIMIT :limit"
                          .formatted(page, slice.order())),
                  filter)
              .bind("low", slice.low())
              .bind("high", slice.high())
              .bind("limit", slice.probe())
              .map((row, _) -> entry(row))
              .list();
      int total =
          bound(
                  handle.createQuery(
                      "SELECT COUNT(*) FROM (%s) AS counted"
                          .formatted(each(filter, "1", "LIMIT :most"))),
                  filter)
              .bind("low", slice.from())
              .bind("high", slice.to())
              .bind("most", Page.MOST_COUNTED)
              .mapTo(Integer.class)
              .one();
      return Page.of(rows, slice, Math.min(total, Page.MOST_COUNTED));
    });
  }

  /// Those of the tenant and those of the hub are each in order in the index; together they are
  /// not.
  private static String each(Filter filter, String columns, String end) {
    String ofTenant = one(filter, "tenant = :tenant", columns, end);
    return filter.hub()
        ? ofTenant + " UNION ALL " + one(filter, "tenant IS NULL", columns, end)
        : ofTenant;
  }

  private static String one(Filter filter, String whose, String columns, String end) {
    return """
    SELECT * FROM (
      SELECT %s FROM audit WHERE %s%s AND id >= :low AND id < :high %s) AS entries
    """
        .formatted(columns, whose, condition(filter), end);
  }

  private static String condition(Filter filter) {
    var condition = new StringBuilder();
    if (filter.kind() != null) {
      condition.append(" AND actor_kind = :kind");
    }
    if (filter.actor() != null) {
      condition.append(" AND actor = :actor");
    }
    if (filter.subject() != null) {
      condition.append(" AND subject = :subject");
    }
    return condition.toString();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Filter filter) {
    S bound = statement.bind("tenant", filter.tenant());
    if (filter.kind() != null) {
      bound = bound.bind("kind", filter.kind().name());
    }
    if (filter.actor() != null) {
      bound = bound.bind("actor", filter.actor());
    }
    return filter.subject() == null ? bound : bound.bind("subject", filter.subject());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        number(row, "tenant"),
        new AuditEntry.Actor(
            AuditEntry.Actor.Kind.valueOf(row.getString("actor_kind")),
            number(row, "actor"),
            row.getString("actor_name")),
        row.getString("action"),
        row.getString("noun"),
        row.getString("subject"),
        row.getString("address"),
        row.getString("changes"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
