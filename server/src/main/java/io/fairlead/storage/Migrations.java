package io.fairlead.storage;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings a database's schema up to this version's; never back.
public final class Migrations {
  private static final String LOCATION = "classpath:io/fairlead/storage/migrations";

  private Migrations() {}

  /// Runs what is missing.
  ///
  /// @throws StoreRefused when the database comes from a newer version, or its migrations are not
  ///   those of this version
  public static void migrate(DataSource source, Dialect dialect) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations(LOCATION)
            .table("schema_history")
            .placeholders(dialect.words())
            .load();
    try {
      refuseNewer(flyway);
      var _ = flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new StoreRefused(
          "The database's schema is not the one that this version made: " + e.getMessage());
    } catch (FlywayException e) {
      throw new StoreUnavailable(
          "The database's schema can't be brought up to this version's: " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway) {
    boolean newer =
        Arrays.stream(flyway.info().all())
            .anyMatch(migration ->
                migration.getState() == MigrationState.FUTURE_SUCCESS
                    || migration.getState() == MigrationState.FUTURE_FAILED);
    if (newer) {
      throw new StoreRefused(
          "The database was written by a newer version of Fairlead. Run that version or a newer"
              + " one.");
    }
  }
}
