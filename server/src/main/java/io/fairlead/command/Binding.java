package io.fairlead.command;

import io.fairlead.authorization.Authorization;
import io.fairlead.connector.Connector;
import java.util.List;
import java.util.function.Predicate;

/// How a tenant has bound a command. Identity is the version.
///
/// @param id its number, which is never shown
/// @param tenant its tenant's number
/// @param tenantName its tenant's public id
/// @param command the command's name
/// @param revision 1, and one more with every change of its settings
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
public record Binding(
    long id,
    long tenant,
    String tenantName,
    String command,
    BindingSpec spec,
    int revision,
    long createdAt,
    long updatedAt) {
  /// A draft as it would run, unsaved.
  public static Binding unsaved(long tenant, String tenantName, BindingDraft draft) {
    return new Binding(0, tenant, tenantName, draft.command().name(), draft.spec(), 0, 0, 0);
  }

  /// Whom it asks, in order.
  public List<Target> targets() {
    return spec.targets();
  }

  /// Whether one of its own requests calls or signs as an authorization.
  public boolean uses(Authorization authorization) {
    return anyOwn(own -> own.auth().uses(authorization.id()));
  }

  /// Whether one of its own requests has its data from an adaptor.
  ///
  /// @param adaptor its number
  public boolean usesAdaptor(long adaptor) {
    return anyOwn(own -> own.spec().adaptor() != null && own.spec().adaptor().id() == adaptor);
  }

  /// Whether it asks a connector.
  ///
  /// @param connector its number
  public boolean names(long connector) {
    return targets().stream()
        .anyMatch(
            target -> target instanceof Target.Shared shared && shared.connector() == connector);
  }

  private boolean anyOwn(Predicate<Connector> question) {
    return targets().stream()
        .anyMatch(target -> target instanceof Target.Own own && question.test(own.connector()));
  }

  /// The same revision with other targets: what authorizes them has changed.
  Binding with(List<Target> later) {
    return new Binding(
        id,
        tenant,
        tenantName,
        command,
        new BindingSpec(spec.active(), later, spec.deadline(), spec.keepDocuments()),
        revision,
        createdAt,
        updatedAt);
  }
}
