package io.fairlead.command;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Home;
import io.fairlead.json.Faults;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.RevisedRows;
import io.fairlead.storage.Saved;
import io.fairlead.storage.StoreRefused;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// The rows of bindings. Everything but {@link #load} runs inside a transaction on the writer's
/// thread; what it gives back goes into the catalog after the commit.
public final class Bindings {
  private static final RevisedRows ROWS = new RevisedRows("binding");

  private final SecretBox secrets;
  private final Ids ids;
  private final Clock clock;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final Catalog connectors;
  private final CommandCatalog commands;
  private final JsonReader reader = new JsonReader();

  /// Puts together what rows are written with.
  ///
  /// @param authorizations what bindings refer to, as the other catalogs
  public Bindings(
      SecretBox secrets,
      Ids ids,
      Clock clock,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors,
      Catalog connectors,
      CommandCatalog commands) {
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
    this.connectors = connectors;
    this.commands = commands;
  }

  /// Every binding of every tenant, decrypted and compiled, in the order of ids; at start.
  ///
  /// @throws StoreRefused when a row cannot be read, with the command's name and the tenant's
  public List<Binding> load(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT b.id, b.tenant, t.name AS tenant_name, b.command, b.doc, b.secrets, b.revision,
                   b.created_at, b.updated_at
            FROM binding b JOIN tenant t ON t.id = b.tenant
            ORDER BY b.id
            """)
        .reduceRows(
            new ArrayList<Binding>(),
            (all, row) -> {
              all.add(binding(row));
              return all;
            });
  }

  private Binding binding(RowView row) {
    long id = row.getColumn("id", Long.class);
    long tenant = row.getColumn("tenant", Long.class);
    String tenantName = row.getColumn("tenant_name", String.class);
    String command = row.getColumn("command", String.class);
    byte[] sealed = row.getColumn("secrets", byte[].class);
    var faults = new Faults();
    BindingSpec spec = null;
    if (reader.read(row.getColumn("doc", String.class))
        instanceof JsonReader.Result.Read(JsonObject document)) {
      JsonObject secret = sealed == null ? JsonObject.EMPTY : opened(row, sealed, tenant, id);
      var home = new Home(tenant, tenantName, authorizations, adaptors);
      spec = BindingDocument.fromStored(document, secret, home, faults);
    }
    if (spec == null) {
      throw unreadable(row, faults.list().toString());
    }
    return new Binding(
        id,
        tenant,
        tenantName,
        command,
        spec,
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  private JsonObject opened(RowView row, byte[] sealed, long tenant, long id) {
    byte[] plain =
        secrets.open(sealed, tenant, id).orRefuse("another binding", why -> unreadable(row, why));
    return reader.readTrusted(plain) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static StoreRefused unreadable(RowView row, String why) {
    return new StoreRefused(
        "The binding of command %s for tenant %s cannot be read from the database: %s"
            .formatted(
                row.getColumn("command", String.class),
                row.getColumn("tenant_name", String.class),
                why));
  }

  /// Writes the first binding of a tenant's to a command.
  public Saved<Binding> insert(Handle handle, long tenant, String tenantName, BindingDraft draft) {
    if (!isCurrent(tenant, draft)) {
      return new Saved.Stale<>();
    }
    long id = ids.next();
    long now = clock.millis();
    String command = draft.command().name();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO binding
                  (id, tenant, command, doc, secrets, revision, created_at, updated_at)
                VALUES (:id, :tenant, :command, :doc, :secrets, 1, :now, :now)
                ON CONFLICT (tenant, command) DO NOTHING
                """)
            .bind("id", id)
            .bind("tenant", tenant)
            .bind("command", command)
            .bind("doc", JsonWriter.text(BindingDocument.settings(draft.spec())))
            .bindByType("secrets", sealed(draft.spec(), tenant, id), byte[].class)
            .bind("now", now)
            .execute();
    return written == 1
        ? new Saved.Done<>(new Binding(id, tenant, tenantName, command, draft.spec(), 1, now, now))
        : new Saved.Stale<>();
  }

  /// Writes a binding's new settings, as the next revision of `before`.
  public Saved<Binding> update(Handle handle, Binding before, BindingDraft draft) {
    if (!isCurrent(before.tenant(), draft)) {
      return new Saved.Stale<>();
    }
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                UPDATE binding
                SET doc = :doc, secrets = :secrets, revision = revision + 1, updated_at = :now
                WHERE id = :id AND tenant = :tenant AND revision = :revision
                """)
            .bind("doc", JsonWriter.text(BindingDocument.settings(draft.spec())))
            .bindByType("secrets", sealed(draft.spec(), before.tenant(), before.id()), byte[].class)
            .bind("now", now)
            .bind("id", before.id())
            .bind("tenant", before.tenant())
            .bind("revision", (long) before.revision())
            .execute();
    if (written == 1) {
      return new Saved.Done<>(
          new Binding(
              before.id(),
              before.tenant(),
              before.tenantName(),
              before.command(),
              draft.spec(),
              before.revision() + 1,
              before.createdAt(),
              now));
    }
    return ROWS.revision(handle, before.tenant(), before.id()) == null
        ? new Saved.Missing<>()
        : new Saved.Stale<>();
  }

  /// Deletes the row, whatever its revision; whether there was one.
  public boolean delete(Handle handle, Binding binding) {
    return ROWS.delete(handle, binding.tenant(), binding.id());
  }

  /// Whether what a draft refers to is still as it was when the draft was read.
  private boolean isCurrent(long tenant, BindingDraft draft) {
    return commands.isCurrent(draft.command())
        && draft.spec().targets().stream()
            .allMatch(target ->
                switch (target) {
                  case Target.Own own -> isCurrent(own.connector());
                  case Target.Shared shared -> {
                    Connector connector = connectors.get(shared.connector());
                    yield connector != null && connector.tenant() == tenant;
                  }
                });
  }

  private boolean isCurrent(Connector own) {
    SharedAdaptor adaptor = own.spec().adaptor();
    return own.auth().isCurrent(authorizations) && (adaptor == null || adaptor.isChoosable());
  }

  private byte @Nullable [] sealed(BindingSpec spec, long tenant, long id) {
    JsonObject secret = BindingDocument.secrets(spec);
    return secret.members().isEmpty() ? null : secrets.seal(JsonWriter.bytes(secret), tenant, id);
  }
}
