package io.fairlead.connector;

import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Credential;
import io.fairlead.render.RequestPlan;
import io.fairlead.response.OutcomeRules;
import org.jspecify.annotations.Nullable;

/// A connector as the hub runs it.
///
/// @param id its number; public with the prefix `con_`
/// @param tenant its tenant's number
/// @param tenantName its tenant's public id
/// @param auth who it calls as and how it signs, resolved
/// @param active whether people want it called
/// @param halt what stops it all the same; null while it runs
/// @param revision 1, and one more with every change of its settings
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
/// @param plan the compiled request of this revision
public record Connector(
    long id,
    long tenant,
    String tenantName,
    ConnectorSpec spec,
    Auth auth,
    boolean active,
    @Nullable Halt halt,
    int revision,
    long createdAt,
    long updatedAt,
    RequestPlan plan) {
  /// The prefix of public ids.
  public static final String PREFIX = "con_";

  /// A draft as it would run, unsaved.
  ///
  /// @param id of the connector that it would replace, or 0
  public static Connector unsaved(long id, Home home, Draft draft) {
    return new Connector(
        id,
        home.tenant(),
        home.tenantName(),
        draft.spec(),
        draft.auth(),
        draft.active(),
        null,
        0,
        0,
        0,
        draft.plan());
  }

  /// Whether an event of that type may be meant, whatever its data.
  public boolean means(String eventType) {
    return spec.triggers().stream().anyMatch(trigger -> trigger.matches(eventType));
  }

  /// Whether an event is meant, whenever it comes.
  ///
  /// @param data JSON in UTF-8
  public boolean means(String eventType, byte[] data) {
    TenantConnectors alone = TenantConnectors.EMPTY.with(this);
    return !Selection.of(alone, eventType, data).wanted().isEmpty();
  }

  /// Whether its deliveries are sent; else they are held.
  public boolean runs() {
    return active && halt == null;
  }

  /// The same connector, stopped or going again.
  public Connector with(@Nullable Halt other) {
    return new Connector(
        id, tenant, tenantName, spec, auth, active, other, revision, createdAt, updatedAt, plan);
  }

  /// Whether it runs, and if not, why.
  public ConnectorState state() {
    if (!active) {
      return ConnectorState.INACTIVE;
    }
    return switch (halt == null ? null : halt.cause()) {
      case null -> ConnectorState.ACTIVE;
      case NEEDS_AUTH -> ConnectorState.NEEDS_AUTH;
      case DISABLED -> ConnectorState.DISABLED;
    };
  }

  /// The same with other rules for what its replies come to.
  public Connector judgedBy(OutcomeRules rules) {
    var changed =
        new ConnectorSpec(
            spec.name(),
            spec.request(),
            spec.adaptor(),
            spec.response(),
            rules,
            spec.triggers(),
            spec.policy());
    return new Connector(
        id, tenant, tenantName, changed, auth, active, halt, revision, createdAt, updatedAt, plan);
  }

  /// Who it calls as.
  public Credential credential() {
    return auth.credential();
  }

  /// The same revision with a later version of what authorizes it.
  public Connector with(Auth later, RequestPlan compiled) {
    return new Connector(
        id,
        tenant,
        tenantName,
        spec,
        later,
        active,
        halt,
        revision,
        createdAt,
        updatedAt,
        compiled);
  }
}
