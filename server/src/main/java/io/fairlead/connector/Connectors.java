package io.fairlead.connector;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.authorization.Auth;
import io.fairlead.authorization.AuthorizationCatalog;
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
import org.jspecify.annotations.Nullable;

/// The rows of connectors. Everything but {@link #load} runs inside a transaction on the writer's
/// thread; what it gives back goes into the catalog after the commit.
public final class Connectors {
  private static final RevisedRows ROWS = new RevisedRows("connector");

  private final SecretBox secrets;
  private final Ids ids;
  private final Clock clock;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final JsonReader reader = new JsonReader();

  /// Puts together what rows are written with.
  ///
  /// @param authorizations what connectors refer to
  /// @param adaptors the same
  public Connectors(
      SecretBox secrets,
      Ids ids,
      Clock clock,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors) {
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
  }

  /// Every connector of every tenant, decrypted and compiled, in the order of ids; at start.
  ///
  /// @throws StoreRefused when a row cannot be read, with the connector's id
  public List<Connector> load(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT c.id, c.tenant, t.name AS tenant_name, c.doc, c.secrets, c.active, c.halt,
                   c.halt_reason, c.revision, c.created_at, c.updated_at
            FROM connector c JOIN tenant t ON t.id = c.tenant
            ORDER BY c.id
            """)
        .reduceRows(
            new ArrayList<Connector>(),
            (all, row) -> {
              all.add(connector(row));
              return all;
            });
  }

  private Connector connector(RowView row) {
    long id = row.getColumn("id", Long.class);
    long tenant = row.getColumn("tenant", Long.class);
    String tenantName = row.getColumn("tenant_name", String.class);
    boolean active = row.getColumn("active", Long.class) == 1;
    byte[] sealed = row.getColumn("secrets", byte[].class);
    String secret = sealed == null ? null : opened(sealed, tenant, id);
    var faults = new Faults();
    Draft draft = null;
    if (reader.read(row.getColumn("doc", String.class))
        instanceof JsonReader.Result.Read(JsonObject document)) {
      var home = new Home(tenant, tenantName, authorizations, adaptors);
      draft = ConnectorDocument.fromStored(document, secret, active, home, reader, faults);
    }
    if (draft == null) {
      throw unreadable(id, faults.list().toString());
    }
    return of(
        id,
        tenant,
        tenantName,
        draft,
        halt(row),
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  private static @Nullable Halt halt(RowView row) {
    Long cause = row.getColumn("halt", Long.class);
    String reason = row.getColumn("halt_reason", String.class);
    return cause == null || reason == null
        ? null
        : new Halt(Halt.Cause.values()[cause.intValue()], reason);
  }

  /// Writes a new connector, its first revision.
  public Saved<Connector> insert(
      Handle handle, long tenant, String tenantName, Draft draft, Author author) {
    if (!isCurrent(draft)) {
      return new Saved.Stale<>();
    }
    long id = ids.next();
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO connector
                  (id, tenant, name, doc, secrets, active, revision, created_at, updated_at)
                VALUES (:id, :tenant, :name, :doc, :secrets, :active, 1, :now, :now)
                ON CONFLICT (tenant, name) DO NOTHING
                """)
            .bind("id", id)
            .bind("tenant", tenant)
            .bind("name", draft.spec().name())
            .bind("doc", JsonWriter.text(ConnectorDocument.stored(draft)))
            .bindByType("secrets", sealed(draft.auth(), tenant, id), byte[].class)
            .bind("active", draft.active() ? 1L : 0L)
            .bind("now", now)
            .execute();
    return written == 1
        ? saved(handle, of(id, tenant, tenantName, draft, null, 1, now, now), author)
        : new Saved.NameTaken<>(draft.spec().name());
  }

  /// Writes a connector's new settings, as the next revision of `before`. One that is halted stays
  /// so, unless there is a new credential or the draft says to go on.
  public Saved<Connector> update(Handle handle, Connector before, Draft draft, Author author) {
    if (!isCurrent(draft)) {
      return new Saved.Stale<>();
    }
    long now = clock.millis();
    boolean goesOn =
        draft.goesOn() || !draft.active() || !draft.credential().equals(before.credential());
    Halt halt = goesOn ? null : halt(handle, before);
    int written =
        handle
            .createUpdate(
                """
                UPDATE connector
                SET name = :name, doc = :doc, secrets = :secrets, active = :active,
                    halt = :halt, halt_reason = :reason, revision = revision + 1,
                    updated_at = :now
                WHERE id = :id AND tenant = :tenant AND revision = :revision
                  AND NOT EXISTS (SELECT 1 FROM connector other
                                  WHERE other.tenant = :tenant AND other.name = :name
                                    AND other.id <> :id)
                """)
            .bind("name", draft.spec().name())
            .bind("doc", JsonWriter.text(ConnectorDocument.stored(draft)))
            .bindByType("secrets", sealed(draft.auth(), before.tenant(), before.id()), byte[].class)
            .bind("active", draft.active() ? 1L : 0L)
            .bind("halt", halt == null ? null : Long.valueOf(halt.cause().ordinal()))
            .bind("reason", halt == null ? null : halt.reason())
            .bind("now", now)
            .bind("id", before.id())
            .bind("tenant", before.tenant())
            .bind("revision", (long) before.revision())
            .execute();
    return written == 1
        ? saved(
            handle,
            of(
                before.id(),
                before.tenant(),
                before.tenantName(),
                draft,
                halt,
                before.revision() + 1,
                before.createdAt(),
                now),
            author)
        : refused(handle, before, draft.spec().name());
  }

  /// Writes whether it is active, as the next revision, and that nothing halts it any more; nothing
  /// is written when it is so already.
  public Saved<Connector> setActive(
      Handle handle, Connector before, boolean active, Author author) {
    if (!before.auth().isCurrent(authorizations)) {
      return new Saved.Stale<>();
    }
    if (before.active() == active && halt(handle, before) == null) {
      return isCurrent(handle, before)
          ? new Saved.Done<>(before.halt() == null ? before : before.with(null))
          : refused(handle, before, before.spec().name());
    }
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                UPDATE connector
                SET active = :active, halt = NULL, halt_reason = NULL, revision = revision + 1,
                    updated_at = :now
                WHERE id = :id AND tenant = :tenant AND revision = :revision
                """)
            .bind("active", active ? 1L : 0L)
            .bind("now", now)
            .bind("id", before.id())
            .bind("tenant", before.tenant())
            .bind("revision", (long) before.revision())
            .execute();
    return written == 1
        ? saved(
            handle,
            new Connector(
                before.id(),
                before.tenant(),
                before.tenantName(),
                before.spec(),
                before.auth(),
                active,
                null,
                before.revision() + 1,
                before.createdAt(),
                now,
                before.plan()),
            author)
        : refused(handle, before, before.spec().name());
  }

  private static Saved<Connector> saved(Handle handle, Connector connector, Author author) {
    Revisions.write(handle, connector, author);
    return new Saved.Done<>(connector);
  }

  /// Deletes the row, whatever its revision, and all its revisions; whether there was one.
  public boolean delete(Handle handle, Connector connector) {
    boolean deleted = ROWS.delete(handle, connector.tenant(), connector.id());
    if (deleted) {
      Revisions.delete(handle, connector);
      OneConnectors.delete(handle, connector);
    }
    return deleted;
  }

  /// Whether what a draft refers to is still as it was when the draft was read.
  private boolean isCurrent(Draft draft) {
    SharedAdaptor adaptor = draft.spec().adaptor();
    return draft.auth().isCurrent(authorizations) && (adaptor == null || adaptor.isChoosable());
  }

  /// Why a row was not written.
  private static Saved<Connector> refused(Handle handle, Connector before, String name) {
    return ROWS.refused(handle, before.tenant(), before.id(), before.revision(), name);
  }

  /// What halts it now: that changes without a revision.
  private static @Nullable Halt halt(Handle handle, Connector connector) {
    List<Halt> found = new ArrayList<>();
    var _ =
        handle
            .createQuery("SELECT halt, halt_reason FROM connector WHERE id = :id")
            .bind("id", connector.id())
            .reduceRows(found, Connectors::addHalt);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static List<Halt> addHalt(List<Halt> all, RowView row) {
    Halt halt = halt(row);
    if (halt != null) {
      all.add(halt);
    }
    return all;
  }

  private static boolean isCurrent(Handle handle, Connector connector) {
    Long revision = ROWS.revision(handle, connector.tenant(), connector.id());
    return revision != null && revision == connector.revision();
  }

  private byte @Nullable [] sealed(Auth auth, long tenant, long id) {
    String secret = AuthDocument.secret(auth);
    return secret == null
        ? null
        : secrets.seal(secret.getBytes(StandardCharsets.UTF_8), tenant, id);
  }

  private String opened(byte[] sealed, long tenant, long id) {
    byte[] plain =
        secrets.open(sealed, tenant, id).orRefuse("another connector", why -> unreadable(id, why));
    return new String(plain, StandardCharsets.UTF_8);
  }

  private static StoreRefused unreadable(long id, String why) {
    return new StoreRefused(
        "Connector %s cannot be read from the database: %s"
            .formatted(Ids.text(Connector.PREFIX, id), why));
  }

  private static Connector of(
      long id,
      long tenant,
      String tenantName,
      Draft draft,
      @Nullable Halt halt,
      int revision,
      long createdAt,
      long updatedAt) {
    return new Connector(
        id,
        tenant,
        tenantName,
        draft.spec(),
        draft.auth(),
        draft.active(),
        halt,
        revision,
        createdAt,
        updatedAt,
        draft.plan());
  }
}
