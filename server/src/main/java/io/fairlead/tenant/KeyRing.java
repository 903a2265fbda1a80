package io.fairlead.tenant;

import io.fairlead.base.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every key that may be used now, in memory, by its hash: a call is let in without asking the
/// database. It is changed right after the commit of the change.
public final class KeyRing {
  private static final long USE_NOTED_EVERY_MILLIS = 60_000;

  /// Stands where there is no email: no text has this hash.
  private static final KeyHash NOBODY = new KeyHash(0, 0, 0, 0);

  private static final class Entry {
    private final long id;
    private final KeyHolder holder;
    private final KeyHash email;
    private final long expiresAt;
    private volatile long usedAt;

    private Entry(long id, KeyHolder holder, KeyHash email, long expiresAt) {
      this.id = id;
      this.holder = holder;
      this.email = email;
      this.expiresAt = expiresAt;
    }
  }

  private final KeyHash operator;
  private final Clock clock;
  private final Map<KeyHash, Entry> byHash = new ConcurrentHashMap<>();
  private final Map<Long, KeyHash> byId = new ConcurrentHashMap<>();

  /// @param operatorKey the operator's own key, which is in no database
  public KeyRing(String operatorKey, Clock clock) {
    this.operator = KeyHash.of(operatorKey);
    this.clock = clock;
  }

  /// Who holds a presented key; null when it is unknown, expired or revoked. From any thread.
  public @Nullable KeyHolder find(String key) {
    KeyHash hash = KeyHash.of(key);
    if (operator.isSame(hash)) {
      return KeyHolder.OPERATOR;
    }
    Entry entry = usable(hash);
    return entry == null ? null : used(entry);
  }

  /// Who holds a presented key that has that email, in any case; null when the two do not belong
  /// together, whichever of them is wrong, and after the same work. The operator's key has no
  /// email. From any thread.
  public @Nullable KeyHolder find(String key, String email) {
    Entry entry = usable(KeyHash.of(key));
    boolean isTheirs = hashOf(email).isSame(entry == null ? NOBODY : entry.email);
    return entry == null || !isTheirs ? null : used(entry);
  }

  private static KeyHash hashOf(@Nullable String email) {
    return email == null ? NOBODY : KeyHash.of(email.strip().toLowerCase(Locale.ROOT));
  }

  private @Nullable Entry usable(KeyHash hash) {
    Entry entry = byHash.get(hash);
    return entry == null || entry.expiresAt <= clock.millis() ? null : entry;
  }

  private KeyHolder used(Entry entry) {
    long now = clock.millis();
    if (now - entry.usedAt >= USE_NOTED_EVERY_MILLIS) {
      entry.usedAt = now;
    }
    return entry.holder;
  }

  void put(ApiKey key, KeyHash hash, Tenant tenant) {
    long expiresAt = key.expiresAt() == null ? Long.MAX_VALUE : key.expiresAt();
    var holder = new KeyHolder(key.role(), tenant, key.id(), key.name());
    byHash.put(hash, new Entry(key.id(), holder, hashOf(key.email()), expiresAt));
    byId.put(key.id(), hash);
  }

  void remove(long id) {
    KeyHash hash = byId.remove(id);
    if (hash != null) {
      byHash.remove(hash);
    }
  }

  /// When a key was last used since the hub started, or null.
  @Nullable Long usedAt(long id) {
    KeyHash hash = byId.get(id);
    Entry entry = hash == null ? null : byHash.get(hash);
    return entry == null || entry.usedAt == 0 ? null : entry.usedAt;
  }

  /// When each key that was used since the hub started was last used.
  Map<Long, Long> uses() {
    var uses = new HashMap<Long, Long>();
    for (Entry entry : byHash.values()) {
      if (entry.usedAt != 0) {
        uses.put(entry.id, entry.usedAt);
      }
    }
    return uses;
  }
}
