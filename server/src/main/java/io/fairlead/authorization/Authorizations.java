package io.fairlead.authorization;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.json.Faults;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.RevisedRows;
import io.fairlead.storage.Saved;
import io.fairlead.storage.StoreRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The rows of authorizations. Everything but {@link #load} runs inside a transaction on the
/// writer's thread; what it gives back goes into the catalog after the commit.
public final class Authorizations {
  private static final RevisedRows ROWS = new RevisedRows("authorizations");

  private final SecretBox secrets;
  private final Ids ids;
  private final Clock clock;
  private final JsonReader reader = new JsonReader();

  /// Puts together what rows are written with.
  public Authorizations(SecretBox secrets, Ids ids, Clock clock) {
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  /// Every authorization of every tenant, decrypted, in the order of ids; at start.
  ///
  /// @throws StoreRefused when a row cannot be read, with the authorization's id
  public List<Authorization> load(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, tenant, doc, secrets, revision, created_at, updated_at
            FROM authorizations ORDER BY id
            """)
        .reduceRows(
            new ArrayList<Authorization>(),
            (all, row) -> {
              all.add(authorization(row));
              return all;
            });
  }

  private Authorization authorization(RowView row) {
    long id = row.getColumn("id", Long.class);
    long tenant = row.getColumn("tenant", Long.class);
    String secret = opened(row.getColumn("secrets", byte[].class), tenant, id);
    var faults = new Faults();
    AuthorizationDraft draft = null;
    if (reader.read(row.getColumn("doc", String.class))
            instanceof JsonReader.Result.Read(JsonObject document)
        && reader.read(secret) instanceof JsonReader.Result.Read(JsonObject clear)) {
      draft = AuthorizationDocument.fromStored(document, clear, faults);
    }
    if (draft == null) {
      throw unreadable(id, faults.list().toString());
    }
    return of(
        id,
        tenant,
        draft,
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  /// Writes a new authorization.
  public Saved<Authorization> insert(Handle handle, long tenant, AuthorizationDraft draft) {
    long id = ids.next();
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO authorizations
                  (id, tenant, name, doc, secrets, revision, created_at, updated_at)
                VALUES (:id, :tenant, :name, :doc, :secrets, 1, :now, :now)
                ON CONFLICT (tenant, name) DO NOTHING
                """)
            .bind("id", id)
            .bind("tenant", tenant)
            .bind("name", draft.name())
            .bind("doc", JsonWriter.text(AuthorizationDocument.settings(draft)))
            .bind("secrets", sealed(draft.proof(), tenant, id))
            .bind("now", now)
            .execute();
    return written == 1
        ? new Saved.Done<>(of(id, tenant, draft, 1, now, now))
        : new Saved.NameTaken<>(draft.name());
  }

  /// Writes an authorization's new settings, as the next revision of `before`.
  public Saved<Authorization> update(
      Handle handle, Authorization before, AuthorizationDraft draft) {
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                UPDATE authorizations
                SET name = :name, doc = :doc, secrets = :secrets, revision = revision + 1,
                    updated_at = :now
                WHERE id = :id AND tenant = :tenant AND revision = :revision
                  AND NOT EXISTS (SELECT 1 FROM authorizations other
                                  WHERE other.tenant = :tenant AND other.name = :name
                                    AND other.id <> :id)
                """)
            .bind("name", draft.name())
            .bind("doc", JsonWriter.text(AuthorizationDocument.settings(draft)))
            .bind("secrets", sealed(draft.proof(), before.tenant(), before.id()))
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
  public boolean delete(Handle handle, Authorization authorization) {
    return ROWS.delete(handle, authorization.tenant(), authorization.id());
  }

  private byte[] sealed(Proof proof, long tenant, long id) {
    String secret = JsonWriter.text(AuthorizationDocument.secret(proof));
    return secrets.seal(secret.getBytes(StandardCharsets.UTF_8), tenant, id);
  }

  private String opened(byte[] sealed, long tenant, long id) {
    byte[] plain =
        secrets
            .open(sealed, tenant, id)
            .orRefuse("another authorization", why -> unreadable(id, why));
    return new String(plain, StandardCharsets.UTF_8);
  }

  private static StoreRefused unreadable(long id, String why) {
    return new StoreRefused(
        "Authorization %s cannot be read from the database: %s"
            .formatted(Ids.text(Authorization.PREFIX, id), why));
  }

  private static Authorization of(
      long id,
      long tenant,
      AuthorizationDraft draft,
      int revision,
      long createdAt,
      long updatedAt) {
    return new Authorization(
        id, tenant, draft.name(), draft.proof(), draft.hosts(), revision, createdAt, updatedAt);
  }
}
