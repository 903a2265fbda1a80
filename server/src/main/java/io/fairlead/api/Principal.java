package io.fairlead.api;

import io.fairlead.tenant.KeyHolder;
import io.fairlead.tenant.Role;
import io.fairlead.user.Session;
import org.jspecify.annotations.Nullable;

/// Who makes a call: whoever has an API key, or a user who is signed in.
///
/// @param role what they may do, for the tenant that the call is for
/// @param name what people call the API key or the user, or `operator`
/// @param key the API key's number; null for the operator's and for users
/// @param session the user's; null for API keys
/// @param seesPayloads whether they may see what events and calls hold
record Principal(
    Role role, String name, @Nullable Long key, @Nullable Session session, boolean seesPayloads) {

  static Principal of(KeyHolder holder) {
    return new Principal(holder.role(), holder.name(), holder.key(), null, true);
  }

  static Principal of(Session session, Role role, boolean seesPayloads) {
    return new Principal(role, session.user().shownName(), null, session, seesPayloads);
  }
}
