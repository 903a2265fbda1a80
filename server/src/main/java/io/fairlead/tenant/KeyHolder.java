package io.fairlead.tenant;

import org.jspecify.annotations.Nullable;

/// Who makes a call, by the API key it came with.
///
/// @param role what they may do
/// @param tenant whose key it is; null for the operator's, who may act for any
/// @param key the API key's number; null for the operator's
/// @param name what people call the API key, or `operator`
public record KeyHolder(Role role, @Nullable Tenant tenant, @Nullable Long key, String name) {
  /// Whoever has the operator's key.
  public static final KeyHolder OPERATOR = new KeyHolder(Role.OPERATOR, null, null, "operator");
}
