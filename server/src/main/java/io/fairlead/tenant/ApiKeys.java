package io.fairlead.tenant;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The API keys of tenants: their rows, and what they mean for the {@link KeyRing}.
public final class ApiKeys {
  private static final String MARK = "flk_";
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int SECRET_BYTES = 32;
  private static final int HINT_LENGTH = MARK.length() + 6;

  private static final RowMapper<ApiKey> ROW = (row, _) -> apiKey(row);

  /// A key that was just made.
  ///
  /// @param text the key itself, which nobody can find out again
  public record Made(ApiKey key, String text) {
    @Override
    public String toString() {
      return "Made[" + key.hint() + "]";
    }
  }

  private record Hashed(ApiKey key, KeyHash hash) {}

  private final Database database;
  private final Tenants tenants;
  private final KeyRing ring;
  private final Ids ids;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, Long> flushed = new HashMap<>();

  /// The ring has only the operator's key until {@link #load}.
  public ApiKeys(Database database, Tenants tenants, KeyRing ring, Ids ids, Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.ring = ring;
    this.ids = ids;
    this.clock = clock;
  }

  /// Puts every key that may be used on the ring; at start, after the tenants.
  public void load() {
    database
        .read(handle ->
            handle
                .createQuery("SELECT * FROM api_key WHERE revoked_at IS NULL")
                .map((row, _) -> new Hashed(apiKey(row), KeyHash.of(row.getBytes("hash"))))
                .list())
        .forEach(hashed -> putOnRing(hashed.key(), hashed.hash()));
  }

  private void putOnRing(ApiKey key, KeyHash hash) {
    Tenant tenant = tenants.numbered(key.tenant());
    if (tenant != null) {
      ring.put(key, hash, tenant);
    }
  }

  /// Makes a key.
  ///
  /// @param email whose it is, or null
  /// @param expiresAt epoch milliseconds, or null for never
  public Made create(
      Tenant tenant, String name, Role role, @Nullable String email, @Nullable Long expiresAt) {
    String text = newKey();
    KeyHash hash = KeyHash.of(text);
    ApiKey made =
        database.write(
            handle -> insert(handle, tenant, hash, text, name, role, email, expiresAt),
            key -> ring.put(key, hash, tenant));
    return new Made(made, text);
  }

  private ApiKey insert(
      Handle handle,
      Tenant tenant,
      KeyHash hash,
      String text,
      String name,
      Role role,
      @Nullable String email,
      @Nullable Long expiresAt) {
    var key =
        new ApiKey(
            ids.next(),
            tenant.id(),
            text.substring(0, HINT_LENGTH),
            name,
            role,
            email,
            clock.millis(),
            expiresAt,
            null,
            null);
    handle
        .createUpdate(
            """
            INSERT INTO api_key
              (id, tenant, hash, hint, name, role, email, created_at, expires_at)
            VALUES (:id, :tenant, :hash, :hint, :name, :role, :email, :createdAt, :expiresAt)
            """)
        .bind("id", key.id())
        .bind("tenant", key.tenant())
        .bind("hash", hash.bytes())
        .bind("hint", key.hint())
        .bind("name", name)
        .bind("role", role.text())
        .bindByType("email", email, String.class)
        .bind("createdAt", key.createdAt())
        .bindByType("expiresAt", expiresAt, Long.class)
        .execute();
    return key;
  }

  /// 256 random bits in Crockford's base32.
  private String newKey() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var text = new StringBuilder(MARK);
    int bits = 0;
    int held = 0;
    for (byte b : secret) {
      held = held << 8 | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(held >> bits & 31));
      }
      held &= (1 << bits) - 1;
    }
    return text.append(ALPHABET.charAt(held << (5 - bits) & 31)).toString();
  }

  /// A tenant's key, revoked or not.
  public Optional<ApiKey> get(long tenant, long id) {
    return database.read(handle -> find(handle, tenant, id));
  }

  private Optional<ApiKey> find(Handle handle, long tenant, long id) {
    return handle
        .createQuery("SELECT * FROM api_key WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .map(ROW)
        .findOne()
        .map(this::withUse);
  }

  /// One page of a tenant's keys.
  public Page<ApiKey> list(long tenant, Slice slice) {
    return database
        .read(handle -> {
          var rows =
              handle
                  .createQuery(
                      """
                      SELECT * FROM api_key WHERE tenant = :tenant AND id >= :low AND id < :high
                      ORDER BY id %s LIMIT :limit
                      """
                          .formatted(slice.order()))
                  .bind("tenant", tenant)
                  .bind("low", slice.low())
                  .bind("high", slice.high())
                  .bind("limit", slice.probe())
                  .map(ROW)
                  .list();
          return Page.of(rows, slice, count(handle, tenant));
        })
        .map(this::withUse);
  }

  private static int count(Handle handle, long tenant) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM api_key WHERE tenant = :tenant LIMIT :most) AS counted
            """)
        .bind("tenant", tenant)
        .bind("most", Page.MOST_COUNTED)
        .mapTo(Integer.class)
        .one();
  }

  private ApiKey withUse(ApiKey key) {
    return key.usedAt(ring.usedAt(key.id()));
  }

  /// Revokes a key: from the return on no call is let in with it. Revoking it again changes
  /// nothing.
  public void revoke(long tenant, long id) {
    var _ =
        database.write(
            handle -> writeRevoked(handle, tenant, id),
            revoked -> {
              if (revoked) {
                ring.remove(id);
              }
            });
  }

  private boolean writeRevoked(Handle handle, long tenant, long id) {
    int revoked =
        handle
            .createUpdate(
                """
                UPDATE api_key SET revoked_at = :now, last_used_at = COALESCE(:used, last_used_at)
                WHERE id = :id AND tenant = :tenant AND revoked_at IS NULL
                """)
            .bind("now", clock.millis())
            .bindByType("used", ring.usedAt(id), Long.class)
            .bind("id", id)
            .bind("tenant", tenant)
            .execute();
    return revoked == 1;
  }

  /// Writes down when keys were last used. To be called about once a minute, and before the end.
  public synchronized void flushUses() {
    Map<Long, Long> uses = ring.uses();
    uses.entrySet().removeIf(use -> use.getValue().equals(flushed.get(use.getKey())));
    if (uses.isEmpty()) {
      return;
    }
    var _ = database.write(handle -> writeUses(handle, uses));
    flushed.putAll(uses);
  }

  private static int writeUses(Handle handle, Map<Long, Long> uses) {
    var batch = handle.prepareBatch("UPDATE api_key SET last_used_at = :used WHERE id = :id");
    uses.forEach((id, used) -> batch.bind("used", used).bind("id", id).add());
    return batch.execute().length;
  }

  private static ApiKey apiKey(ResultSet row) throws SQLException {
    Role role = Role.ofTenants(row.getString("role"));
    if (role == null) {
      throw new SQLException("an API key has a role that this version does not know");
    }
    return new ApiKey(
        row.getLong("id"),
        row.getLong("tenant"),
        row.getString("hint"),
        row.getString("name"),
        role,
        row.getString("email"),
        row.getLong("created_at"),
        number(row, "expires_at"),
        number(row, "last_used_at"),
        number(row, "revoked_at"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
