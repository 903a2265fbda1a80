package io.fairlead.connector;

import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.Saved;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Which connector of a tenant the one-connector API shows: its rows. A row goes with its
/// connector. Everything but {@link #find} runs inside a transaction on the writer's thread; the
/// connectors that come back go into the catalog after the commit.
public final class OneConnectors {
  private final Connectors connectors;
  private final SecretBox secrets;

  /// @param connectors writes the connectors themselves
  public OneConnectors(Connectors connectors, SecretBox secrets) {
    this.connectors = connectors;
    this.secrets = secrets;
  }

  /// The tenant's, if there is one.
  public Optional<OneConnector> find(Handle handle, long tenant) {
    return handle
        .createQuery(
            """
            SELECT connector, number, auth, method, parameters FROM one_connector
            WHERE tenant = :tenant
            """)
        .bind("tenant", tenant)
        .reduceRows(Optional.empty(), (_, row) -> Optional.of(one(row, tenant)));
  }

  private OneConnector one(RowView row, long tenant) {
    long connector = row.getColumn("connector", Long.class);
    return new OneConnector(
        connector,
        row.getColumn("number", Long.class).intValue(),
        row.getColumn("auth", String.class),
        row.getColumn("method", String.class),
        opened(row.getColumn("parameters", byte[].class), tenant, connector));
  }

  /// Empty where it cannot be opened: the connector has the same in its own words.
  private String opened(byte[] sealed, long tenant, long connector) {
    return switch (secrets.open(sealed, tenant, row(connector))) {
      case SecretBox.Opened.Plain(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case SecretBox.Opened.KeyMissing missing -> "";
      case SecretBox.Opened.Broken broken -> "";
    };
  }

  /// Another number than the one that the connector's own secrets are sealed for, so that neither
  /// text opens in the other's place.
  private static long row(long connector) {
    return ~connector;
  }

  /// A connector that was saved, and how it is given back.
  public record Kept(Connector connector, OneConnector as) {}

  /// Makes the tenant's; stale when it has one by now.
  public Saved<Kept> insert(
      Handle handle, long tenant, String tenantName, Draft draft, OneDraft sent, Author author) {
    if (find(handle, tenant).isPresent()) {
      return new Saved.Stale<>();
    }
    Saved<Connector> saved = connectors.insert(handle, tenant, tenantName, draft, author);
    return kept(
        saved,
        handle,
        """
        INSERT INTO one_connector (tenant, connector, number, auth, method, parameters)
        VALUES (:tenant, :connector, :number, :auth, :method, :parameters)
        """,
        sent,
        null);
  }

  /// Changes the tenant's; stale when it has been changed or deleted by now.
  public Saved<Kept> update(Handle handle, Kept before, Draft draft, OneDraft sent, Author author) {
    return kept(
        connectors.update(handle, before.connector(), draft, author),
        handle,
        """
        UPDATE one_connector
        SET number = :number, auth = :auth, method = :method, parameters = :parameters
        WHERE tenant = :tenant AND connector = :connector
        """,
        sent,
        before.as());
  }

  private Saved<Kept> kept(
      Saved<Connector> saved,
      Handle handle,
      String sql,
      OneDraft sent,
      @Nullable OneConnector before) {
    return switch (saved) {
      case Saved.Done<Connector>(Connector connector) -> {
        OneConnector as = sent.as(connector.id(), before);
        write(handle, sql, connector.tenant(), as);
        yield new Saved.Done<>(new Kept(connector, as));
      }
      case Saved.Missing<Connector> missing -> new Saved.Stale<>();
      case Saved.Stale<Connector> stale -> new Saved.Stale<>();
      case Saved.NameTaken<Connector>(String name) -> new Saved.NameTaken<>(name);
    };
  }

  private void write(Handle handle, String sql, long tenant, OneConnector one) {
    byte[] parameters = one.parameters().getBytes(StandardCharsets.UTF_8);
    var _ =
        handle
            .createUpdate(sql)
            .bind("tenant", tenant)
            .bind("connector", one.connector())
            .bind("number", (long) one.number())
            .bind("auth", one.auth())
            .bind("method", one.method())
            .bind("parameters", secrets.seal(parameters, tenant, row(one.connector())))
            .execute();
  }

  /// Takes the row away with its connector, if it has one.
  static void delete(Handle handle, Connector connector) {
    var _ =
        handle
            .createUpdate(
                "DELETE FROM one_connector WHERE tenant = :tenant AND connector = :connector")
            .bind("tenant", connector.tenant())
            .bind("connector", connector.id())
            .execute();
  }
}
