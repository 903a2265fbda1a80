package io.fairlead.tenant;

import org.jspecify.annotations.Nullable;

/// Who makes a call, by the API key it came with.
///
/// @param role what they may do
/// @param tenant whose key it is; null for the operator's, who may act for any
public record KeyHolder(Role role, @Nullable Tenant tenant) {}
