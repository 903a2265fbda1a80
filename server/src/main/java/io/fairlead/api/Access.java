package io.fairlead.api;

import io.fairlead.tenant.Role;
import java.util.List;
import java.util.stream.Collectors;

/// Who may use a route; the operator may use all. The same as `x-roles` in the contract.
enum Access {
  /// Anybody, without a key.
  OPEN,
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
      case OPEN, OPERATOR -> List.of();
    };
  }

  boolean allows(Role role) {
    return role == Role.OPERATOR || roles().contains(role);
  }

  /// The roles for a sentence: `power_user or admin`.
  String text() {
    return this == OPERATOR
        ? "the operator's key"
        : roles().stream().map(Role::text).collect(Collectors.joining(" or "));
  }
}
