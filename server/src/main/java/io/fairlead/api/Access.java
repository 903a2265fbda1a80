package io.fairlead.api;

import io.fairlead.tenant.Role;
import java.util.List;
import java.util.stream.Collectors;

/// Who may use a route; the operator may use all, an owner what an admin may. The same as `x-roles`
/// in the contract.
enum Access {
  /// Anybody, without a key.
  OPEN,
  /// Anybody, but no page of another origin: signing in.
  FRONT_DOOR,
  /// People who are signed in, for themselves.
  SIGNED_IN,
  INGEST,
  READ,
  CHANGE,
  ADMIN,
  OPERATOR;

  /// The roles of tenants' keys that are let in.
  List<Role> roles() {
    return switch (this) {
      case INGEST -> List.of(Role.INGEST, Role.POWER_USER, Role.ADMIN);
      case READ -> List.of(Role.VIEWER, Role.POWER_USER, Role.ADMIN);
      case CHANGE -> List.of(Role.POWER_USER, Role.ADMIN);
      case ADMIN -> List.of(Role.ADMIN);
      case OPEN, FRONT_DOOR, SIGNED_IN, OPERATOR -> List.of();
    };
  }

  boolean allows(Role role) {
    return switch (role) {
      case OPERATOR -> true;
      case OWNER -> roles().contains(Role.ADMIN);
      case INGEST, VIEWER, POWER_USER, ADMIN -> roles().contains(role);
    };
  }

  /// The roles for a sentence: `power_user or admin`.
  String text() {
    return this == OPERATOR
        ? "an operator"
        : roles().stream().map(Role::text).collect(Collectors.joining(" or "));
  }
}
