package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The saves of connectors, without their secrets: these are as they are now, or gone.
public final class Revisions {
  private static final String COLUMNS = "revision, doc, active, made_at, made_by, made_by_name";

  private final Database database;
  private final JsonReader reader;

  /// Puts together what reads them.
  public Revisions(Database database, JsonReader reader) {
    this.database = database;
    this.reader = reader;
  }

  /// Writes a save, in the transaction of the save itself.
  static void write(Handle handle, Connector saved, Author author) {
    handle
        .createUpdate(
            """
            INSERT INTO connector_revision
              (connector, revision, tenant, doc, active, made_at, made_by, made_by_name)
            VALUES (:connector, :revision, :tenant, :doc, :active, :at, :by, :name)
            """)
        .bind("connector", saved.id())
        .bind("revision", (long) saved.revision())
        .bind("tenant", saved.tenant())
        .bind("doc", JsonWriter.text(ConnectorDocument.settings(saved)))
        .bind("active", saved.active() ? 1L : 0L)
        .bind("at", saved.updatedAt())
        .bind("by", author.key())
        .bind("name", author.name())
        .execute();
  }

  /// Takes the saves of a connector away with it.
  static void delete(Handle handle, Connector connector) {
    handle
        .createUpdate("DELETE FROM connector_revision WHERE connector = :connector")
        .bind("connector", connector.id())
        .execute();
  }

  /// One page of a connector's saves; a slice is of their numbers.
  public Page<Revision> list(Connector connector, Slice slice) {
    return database.read(handle -> {
      List<Revision> probed =
          handle
              .createQuery(
                  """
                  SELECT %s FROM connector_revision
                  WHERE connector = :connector AND revision >= :low AND revision < :high
                  ORDER BY revision %s LIMIT :probe
                  """
                      .formatted(COLUMNS, slice.order()))
              .bind("connector", connector.id())
              .bind("low", slice.low())
              .bind("high", slice.high())
              .bind("probe", slice.probe())
              .map((row, _) -> revision(row))
              .list();
      return Page.of(probed, slice, count(handle, connector.id()));
    });
  }

  private static int count(Handle handle, long connector) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM connector_revision WHERE connector = :connector LIMIT :most) AS counted
            """)
        .bind("connector", connector)
        .bind("most", Page.MOST_COUNTED)
        .mapTo(Integer.class)
        .one();
  }

  /// One save of a connector.
  public Optional<Revision> get(Connector connector, int number) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT %s FROM connector_revision WHERE connector = :connector AND revision = :number"
                    .formatted(COLUMNS))
            .bind("connector", connector.id())
            .bind("number", (long) number)
            .map((row, _) -> revision(row))
            .findOne());
  }

  /// The number of the save before one, or 0 when it was the first.
  public int before(Connector connector, int number) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COALESCE(MAX(revision), 0) FROM connector_revision
                WHERE connector = :connector AND revision < :number
                """)
            .bind("connector", connector.id())
            .bind("number", (long) number)
            .mapTo(Integer.class)
            .one());
  }

  private Revision revision(ResultSet row) throws SQLException {
    return new Revision(
        row.getInt("revision"),
        Json.object()
            .putAll(document(row.getString("doc")))
            .put("active", row.getInt("active") == 1)
            .build(),
        row.getLong("made_at"),
        author(row));
  }

  private JsonObject document(String text) {
    return switch (reader.read(text.getBytes(StandardCharsets.UTF_8))) {
      case JsonReader.Result.Read(JsonObject document) -> document;
      case JsonReader.Result.Read other ->
          throw new IllegalStateException("a revision that is no object");
      case JsonReader.Result.Malformed malformed ->
          throw new IllegalStateException("a revision that is no JSON: " + malformed.detail());
    };
  }

  private static @Nullable Author author(ResultSet row) throws SQLException {
    String name = row.getString("made_by_name");
    if (name == null) {
      return null;
    }
    long key = row.getLong("made_by");
    return new Author(row.wasNull() ? null : key, name);
  }
}
