package io.fairlead.tenant;

import org.jspecify.annotations.Nullable;

/// An API key of a tenant, without the key itself: the hub keeps its SHA-256.
///
/// @param id its number; public with the prefix `key_`
/// @param tenant its tenant's number
/// @param hint its first characters, to tell keys apart
/// @param name what people call it
/// @param email whose it is, which the one-connector API asks for beside the key; null for nobody's
/// @param createdAt epoch milliseconds
/// @param expiresAt epoch milliseconds, or null for never
/// @param lastUsedAt epoch milliseconds, to the minute, or null when it was not used yet
/// @param revokedAt epoch milliseconds, or null while it is not revoked
public record ApiKey(
    long id,
    long tenant,
    String hint,
    String name,
    Role role,
    @Nullable String email,
    long createdAt,
    @Nullable Long expiresAt,
    @Nullable Long lastUsedAt,
    @Nullable Long revokedAt) {
  /// The prefix of public ids.
  public static final String PREFIX = "key_";

  ApiKey usedAt(@Nullable Long time) {
    return time == null
        ? this
        : new ApiKey(id, tenant, hint, name, role, email, createdAt, expiresAt, time, revokedAt);
  }
}
