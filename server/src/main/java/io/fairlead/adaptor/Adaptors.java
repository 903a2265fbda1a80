package io.fairlead.adaptor;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.json.Faults;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.storage.RevisedRows;
import io.fairlead.storage.Saved;
import io.fairlead.storage.StoreRefused;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The rows of adaptors. Everything but {@link #load} runs inside a transaction on the writer's
/// thread; what it gives back goes into the catalog after the commit.
public final class Adaptors {
  private static final RevisedRows ROWS = new RevisedRows("adaptor");

  private final Ids ids;
  private final Clock clock;
  private final JsonReader reader = new JsonReader();

  /// Puts together what rows are written with.
  public Adaptors(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// Every adaptor of every tenant, in the order of ids; at start.
  ///
  /// @throws StoreRefused when a row cannot be read, with the adaptor's id
  public List<Adaptor> load(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, tenant, doc, revision, created_at, updated_at FROM adaptor ORDER BY id
            """)
        .reduceRows(
            new ArrayList<Adaptor>(),
            (all, row) -> {
              all.add(adaptor(row));
              return all;
            });
  }

  private Adaptor adaptor(RowView row) {
    long id = row.getColumn("id", Long.class);
    var faults = new Faults();
    AdaptorDraft draft =
        reader.read(row.getColumn("doc", String.class)) instanceof JsonReader.Result.Read read
            ? AdaptorDocument.read(read.value(), faults)
            : null;
    if (draft == null) {
      throw new StoreRefused(
          "Adaptor %s cannot be read from the database: %s"
              .formatted(Ids.text(Adaptor.PREFIX, id), faults.list()));
    }
    return of(
        id,
        row.getColumn("tenant", Long.class),
        draft,
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  /// Writes a new adaptor.
  public Saved<Adaptor> insert(Handle handle, long tenant, AdaptorDraft draft) {
    long id = ids.next();
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO adaptor (id, tenant, name, doc, revision, created_at, updated_at)
                VALUES (:id, :tenant, :name, :doc, 1, :now, :now)
                ON CONFLICT (tenant, name) DO NOTHING
                """)
            .bind("id", id)
            .bind("tenant", tenant)
            .bind("name", draft.name())
            .bind("doc", JsonWriter.text(AdaptorDocument.settings(draft)))
            .bind("now", now)
            .execute();
    return written == 1
        ? new Saved.Done<>(of(id, tenant, draft, 1, now, now))
        : new Saved.NameTaken<>(draft.name());
  }

  /// Writes what an adaptor shall be now, as the next revision of `before`.
  public Saved<Adaptor> update(Handle handle, Adaptor before, AdaptorDraft draft) {
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                UPDATE adaptor
                SET name = :name, doc = :doc, revision = revision + 1, updated_at = :now
                WHERE id = :id AND tenant = :tenant AND revision = :revision
                  AND NOT EXISTS (SELECT 1 FROM adaptor other
                                  WHERE other.tenant = :tenant AND other.name = :name
                                    AND other.id <> :id)
                """)
            .bind("name", draft.name())
            .bind("doc", JsonWriter.text(AdaptorDocument.settings(draft)))
            .bind("now", now)
            .bind("id", before.id())
            .bind("tenant", before.tenant())
            .bind("revision", (long) before.revision())
            .execute();
    return written == 1
        ? new Saved.Done<>(
            of(before.id(), before.tenant(), draft, before.revision() + 1, before.createdAt(), now))
        : ROWS.refused(handle, before.tenant(), before.id(), before.revision(), draft.name());
  }

  /// Deletes the row, whatever its revision; whether there was one.
  public boolean delete(Handle handle, Adaptor adaptor) {
    return ROWS.delete(handle, adaptor.tenant(), adaptor.id());
  }

  private static Adaptor of(
      long id, long tenant, AdaptorDraft draft, int revision, long createdAt, long updatedAt) {
    return new Adaptor(
        id, tenant, draft.name(), draft.active(), draft.mapping(), revision, createdAt, updatedAt);
  }
}
