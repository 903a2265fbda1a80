package io.fairlead;

import io.fairlead.base.Clock;
import io.fairlead.storage.FolderLock;
import io.fairlead.storage.PostgresqlStore;
import io.fairlead.storage.SqliteStore;
import io.fairlead.storage.Store;
import io.fairlead.storage.StoreUnavailable;
import java.io.IOException;
import java.sql.SQLException;

/// What the hub stands on: its data folder, its keys and its database, opened and checked.
///
/// @param operatorKey the operator's API key
/// @param encryptionKey what secrets are encrypted with
record Ground(FolderLock lock, Store store, String operatorKey, String encryptionKey)
    implements AutoCloseable {

  static Ground open(Config config, Clock clock, int readers) {
    try {
      var lock = FolderLock.take(config.data());
      try {
        var keys = new KeyFiles(config.data());
        String operator = config.operatorKey();
        String encryption = config.encryptionKey();
        return new Ground(
            lock,
            store(config, clock, readers),
            operator == null ? keys.readOrMake("operator.key") : operator,
            encryption == null ? keys.readOrMake("encryption.key") : encryption);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new Config.Wrong(
          "The data folder %s can't be used: %s".formatted(config.data().toAbsolutePath(), e));
    } catch (SQLException e) {
      throw new StoreUnavailable("The database can't be opened: " + e.getMessage(), e);
    }
  }

  private static Store store(Config config, Clock clock, int readers)
      throws IOException, SQLException {
    String url = config.database();
    return url == null
        ? SqliteStore.open(config.data(), readers)
        : PostgresqlStore.open(url, readers, clock);
  }

  @Override
  public void close() {
    store.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of the data folder can't be let go", e);
    }
  }
}
