package io.fairlead.command;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.json.Faults;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.storage.Saved;
import io.fairlead.storage.StoreRefused;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The rows of commands. Everything but {@link #load} runs inside a transaction on the writer's
/// thread; what it gives back goes into the catalog after the commit.
public final class Commands {
  private final Ids ids;
  private final Clock clock;
  private final JsonReader reader = new JsonReader();

  /// Puts together what rows are written with.
  public Commands(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// Every command, in the order of ids; at start.
  ///
  /// @throws StoreRefused when a row cannot be read, with the command's name
  public List<Command> load(Handle handle) {
    return handle
        .createQuery(
            "SELECT id, name, doc, revision, created_at, updated_at FROM command ORDER BY id")
        .reduceRows(
            new ArrayList<Command>(),
            (all, row) -> {
              all.add(command(row));
              return all;
            });
  }

  private Command command(RowView row) {
    var faults = new Faults();
    Definition definition =
        reader.read(row.getColumn("doc", String.class)) instanceof JsonReader.Result.Read read
            ? CommandDocument.create(read.value(), faults)
            : null;
    if (definition == null) {
      throw new StoreRefused(
          "Command %s cannot be read from the database: %s"
              .formatted(row.getColumn("name", String.class), faults.list()));
    }
    return new Command(
        row.getColumn("id", Long.class),
        definition,
        row.getColumn("revision", Long.class).intValue(),
        row.getColumn("created_at", Long.class),
        row.getColumn("updated_at", Long.class));
  }

  /// Writes a new command.
  public Saved<Command> insert(Handle handle, Definition definition) {
    long id = ids.next();
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO command (id, name, doc, revision, created_at, updated_at)
                VALUES (:id, :name, :doc, 1, :now, :now)
                ON CONFLICT (name) DO NOTHING
                """)
            .bind("id", id)
            .bind("name", definition.name())
            .bind("doc", JsonWriter.text(CommandDocument.settings(definition)))
            .bind("now", now)
            .execute();
    return written == 1
        ? new Saved.Done<>(new Command(id, definition, 1, now, now))
        : new Saved.NameTaken<>(definition.name());
  }

  /// Writes what a command shall be now, as the next revision of `before`.
  public Saved<Command> update(Handle handle, Command before, Definition definition) {
    long now = clock.millis();
    int written =
        handle
            .createUpdate(
                """
                UPDATE command SET doc = :doc, revision = revision + 1, updated_at = :now
                WHERE id = :id AND revision = :revision
                """)
            .bind("doc", JsonWriter.text(CommandDocument.settings(definition)))
            .bind("now", now)
            .bind("id", before.id())
            .bind("revision", (long) before.revision())
            .execute();
    if (written == 1) {
      return new Saved.Done<>(
          new Command(before.id(), definition, before.revision() + 1, before.createdAt(), now));
    }
    return isThere(handle, before) ? new Saved.Stale<>() : new Saved.Missing<>();
  }

  private static boolean isThere(Handle handle, Command command) {
    return handle
            .createQuery("SELECT COUNT(*) FROM command WHERE id = :id")
            .bind("id", command.id())
            .mapTo(Integer.class)
            .one()
        == 1;
  }

  /// Deletes the row, whatever its revision; whether there was one.
  public boolean delete(Handle handle, Command command) {
    return handle
            .createUpdate("DELETE FROM command WHERE id = :id")
            .bind("id", command.id())
            .execute()
        == 1;
  }
}
