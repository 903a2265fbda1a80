package io.fairlead.storage;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of a table of named things with revisions: `id`, `tenant`, `name`, `revision`.
///
/// @param table its name in the schema
public record RevisedRows(String table) {
  /// The revision that is stored, or null when there is no such row.
  public @Nullable Long revision(Handle handle, long tenant, long id) {
    return handle
        .createQuery("SELECT revision FROM " + table + " WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  /// Why an update of a revision wrote nothing.
  ///
  /// @param name what the row was to be called
  public <T> Saved<T> refused(Handle handle, long tenant, long id, int before, String name) {
    Long revision = revision(handle, tenant, id);
    if (revision == null) {
      return new Saved.Missing<>();
    }
    return revision == before ? new Saved.NameTaken<>(name) : new Saved.Stale<>();
  }

  /// Deletes a row, whatever its revision; whether there was one.
  public boolean delete(Handle handle, long tenant, long id) {
    return handle
            .createUpdate("DELETE FROM " + table + " WHERE id = :id AND tenant = :tenant")
            .bind("id", id)
            .bind("tenant", tenant)
            .execute()
        == 1;
  }
}
