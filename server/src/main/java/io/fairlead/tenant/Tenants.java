package io.fairlead.tenant;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The tenants: their rows, and all of them in memory by name, which every call of the operator's
/// needs.
public final class Tenants {
  private static final RowMapper<Tenant> ROW =
      (row, _) ->
          new Tenant(
              row.getLong("id"),
              row.getString("name"),
              row.getString("label"),
              row.getLong("created_at"),
              new RunLimits(
                  row.getInt("run_concurrency"), Duration.ofSeconds(row.getLong("run_deadline"))),
              row.getInt("revision"));

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final Map<String, Tenant> byName = new ConcurrentHashMap<>();
  private final Map<Long, Tenant> byId = new ConcurrentHashMap<>();

  /// Knows no tenant until {@link #load}.
  public Tenants(Database database, Ids ids, Clock clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /// Reads all tenants, and makes `default` if it is not there; at start.
  public void load() {
    database
        .read(handle -> handle.createQuery("SELECT * FROM tenant").map(ROW).list())
        .forEach(this::remember);
    if (named(Tenant.DEFAULT) == null) {
      var _ = create(Tenant.DEFAULT, Tenant.DEFAULT);
    }
  }

  private void remember(Tenant tenant) {
    byName.put(tenant.name(), tenant);
    byId.put(tenant.id(), tenant);
  }

  /// The tenant of that name, or null. From any thread.
  public @Nullable Tenant named(String name) {
    return byName.get(name);
  }

  /// The tenant of that number, or null. From any thread.
  public @Nullable Tenant numbered(long id) {
    return byId.get(id);
  }

  /// All tenants, by name.
  public List<Tenant> all() {
    return byName.values().stream().sorted(Comparator.comparing(Tenant::name)).toList();
  }

  /// Makes a tenant; empty when there is one of that name.
  public Optional<Tenant> create(String name, String label) {
    return database.write(
        handle -> insert(handle, name, label), made -> made.ifPresent(this::remember));
  }

  private Optional<Tenant> insert(Handle handle, String name, String label) {
    var tenant = new Tenant(ids.next(), name, label, clock.millis(), RunLimits.DEFAULT, 1);
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO tenant
                  (id, name, label, created_at, run_concurrency, run_deadline, revision)
                VALUES (:id, :name, :label, :createdAt, :concurrency, :deadline, 1)
                ON CONFLICT (name) DO NOTHING
                """)
            .bind("id", tenant.id())
            .bind("name", name)
            .bind("label", label)
            .bind("createdAt", tenant.createdAt())
            .bind("concurrency", tenant.runs().concurrency())
            .bind("deadline", tenant.runs().deadline().toSeconds())
            .execute();
    return inserted == 1 ? Optional.of(tenant) : Optional.empty();
  }

  /// Changes a tenant's name and limits, if it is still the revision that was looked at; empty when
  /// it is not.
  public Optional<Tenant> change(Tenant seen, String label, RunLimits runs) {
    var changed =
        new Tenant(seen.id(), seen.name(), label, seen.createdAt(), runs, seen.revision() + 1);
    return database.write(
        handle -> update(handle, changed) == 1 ? Optional.of(changed) : Optional.empty(),
        written -> written.ifPresent(this::remember));
  }

  private static int update(Handle handle, Tenant changed) {
    return handle
        .createUpdate(
            """
            UPDATE tenant SET label = :label, run_concurrency = :concurrency,
              run_deadline = :deadline, revision = :revision
            WHERE id = :id AND revision = :before
            """)
        .bind("label", changed.label())
        .bind("concurrency", changed.runs().concurrency())
        .bind("deadline", changed.runs().deadline().toSeconds())
        .bind("revision", changed.revision())
        .bind("id", changed.id())
        .bind("before", changed.revision() - 1)
        .execute();
  }

  /// One page of all tenants.
  public Page<Tenant> list(Slice slice) {
    return database.read(handle -> {
      var rows =
          handle
              .createQuery(
                  """
                  SELECT * FROM tenant WHERE id >= :low AND id < :high
                  ORDER BY id %s LIMIT :limit
                  """
                      .formatted(slice.order()))
              .bind("low", slice.low())
              .bind("high", slice.high())
              .bind("limit", slice.probe())
              .map(ROW)
              .list();
      int total =
          handle
              .createQuery("SELECT COUNT(*) FROM (SELECT 1 FROM tenant LIMIT :most) AS counted")
              .bind("most", Page.MOST_COUNTED)
              .mapTo(Integer.class)
              .one();
      return Page.of(rows, slice, total);
    });
  }
}
