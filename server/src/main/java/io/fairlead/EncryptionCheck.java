package io.fairlead;

import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.Database;
import io.fairlead.storage.StoreRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A value in the database that only the right encryption key opens: a wrong key is told at start,
/// and not when a secret is needed.
final class EncryptionCheck {
  private static final String NAME = "encryption_check";
  private static final byte[] PLAIN = "fairlead".getBytes(StandardCharsets.UTF_8);

  private EncryptionCheck() {}

  /// Compares the key with the database's, or leaves its mark in a new database.
  ///
  /// @throws StoreRefused when the secrets in the database were encrypted with another key
  static void hold(Database database, SecretBox secrets) {
    Optional<String> sealed = database.read(EncryptionCheck::find);
    if (sealed.isEmpty()) {
      database.write(handle -> leave(handle, secrets));
    } else if (!(secrets.open(Base64.getDecoder().decode(sealed.get()), 0, 0)
        instanceof SecretBox.Opened.Plain)) {
      throw new StoreRefused(
          "The encryption key is not the one that the secrets in this database were encrypted with."
              + " Set FAIRLEAD_ENCRYPTION_KEY to that one, or bring the file encryption.key back.");
    }
  }

  private static Optional<String> find(Handle handle) {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = :name")
        .bind("name", NAME)
        .mapTo(String.class)
        .findOne();
  }

  private static int leave(Handle handle, SecretBox secrets) {
    return handle
        .createUpdate("INSERT INTO meta (name, value) VALUES (:name, :value)")
        .bind("name", NAME)
        .bind("value", Base64.getEncoder().encodeToString(secrets.seal(PLAIN, 0, 0)))
        .execute();
  }
}
