package io.fairlead.command;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.AuthorizationDraft;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.connector.AuthorizationUsers;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Home;
import io.fairlead.json.Faults;
import io.fairlead.storage.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What relies on an authorization, an adaptor, a connector or a command: connectors and bindings.
/// They change with it, or keep it from going. What takes a handle, and what holds a change up,
/// runs inside a transaction on the writer's thread, where nothing else changes meanwhile.
public final class Dependents {
  private static final int MOST_NAMED = 5;

  private final AuthorizationUsers users;
  private final CommandCatalog commands;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;

  /// @param users the connectors among them
  public Dependents(
      AuthorizationUsers users,
      CommandCatalog commands,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors) {
    this.users = users;
    this.commands = commands;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
  }

  /// What a change makes of an authorization, and of the connectors and bindings that use it.
  public record Change(AuthorizationUsers.Change connectors, List<Binding> bindings) {
    public Change {
      bindings = List.copyOf(bindings);
    }

    /// What became of the authorization itself.
    public Saved<Authorization> saved() {
      return connectors.saved();
    }
  }

  /// The connectors that use an authorization, in the order of ids.
  public List<Connector> connectors(Authorization authorization) {
    return users.of(authorization);
  }

  /// The names of the commands whose bindings use an authorization.
  public List<String> commands(Authorization authorization) {
    return commands(authorization.tenant(), binding -> binding.uses(authorization));
  }

  /// The names of the commands whose bindings use an adaptor.
  public List<String> commandsWithAdaptor(long tenant, long adaptor) {
    return commands(tenant, binding -> binding.usesAdaptor(adaptor));
  }

  /// The names of the commands whose bindings ask a connector.
  public List<String> commands(Connector connector) {
    return commands(connector.tenant(), binding -> binding.names(connector.id()));
  }

  private List<String> commands(long tenant, Predicate<Binding> which) {
    return commands.of(tenant).stream().filter(which).map(Binding::command).sorted().toList();
  }

  /// Writes an authorization's new settings.
  ///
  /// @throws Refused with 409 when a connector or a binding that uses it does not fit
  public Change update(Handle handle, Authorization before, AuthorizationDraft draft) {
    AuthorizationUsers.Change change = users.update(handle, before, draft);
    var changed = new ArrayList<Binding>();
    if (change.saved() instanceof Saved.Done<Authorization>(Authorization after)) {
      for (Binding binding : commands.of(after.tenant())) {
        if (binding.uses(after)) {
          changed.add(changed(binding, after));
        }
      }
    }
    return new Change(change, changed);
  }

  private static Binding changed(Binding binding, Authorization after) {
    var targets = new ArrayList<Target>();
    for (int i = 0; i < binding.targets().size(); i++) {
      Target target = binding.targets().get(i);
      targets.add(
          target instanceof Target.Own own && own.connector().auth().uses(after.id())
              ? new Target.Own(changed(binding, i, own.connector(), after), own.notFound())
              : target);
    }
    return binding.with(targets);
  }

  private static Connector changed(Binding binding, int place, Connector own, Authorization after) {
    var faults = new Faults();
    Connector changed = ConnectorDocument.with(own.auth().with(after), own, faults);
    if (changed == null) {
      Fault first = faults.list().getFirst();
      throw conflict(
          "The binding of the command %s uses it and does not fit the change. At /targets/%d%s: %s"
              .formatted(binding.command(), place, first.at(), first.detail()));
    }
    return changed;
  }

  /// Makes a committed change what runs; on the writer's thread right after the commit.
  public void apply(Change change) {
    users.apply(change.connectors());
    change.bindings().forEach(commands::put);
  }

  /// Deletes an authorization that nobody uses; whether there was one.
  ///
  /// @throws Refused with 409 when connectors or bindings use it, naming them
  public boolean delete(Handle handle, Authorization before) {
    hold(commands(before), "It is used by %s. Give the binding another authorization first.");
    return users.delete(handle, before);
  }

  /// Keeps an adaptor that bindings use as it is.
  ///
  /// @param what must not happen to it: `deleted`
  /// @throws Refused with 409, naming the commands
  public void holdAdaptor(long tenant, long adaptor, String what) {
    hold(
        commandsWithAdaptor(tenant, adaptor),
        "It is used by %s. An adaptor can be " + what + " when no binding uses it.");
  }

  /// Keeps a connector that bindings ask.
  ///
  /// @throws Refused with 409, naming the commands
  public void hold(Connector connector) {
    hold(commands(connector), "It is asked by %s. Take it out of the binding first.");
  }

  private static void hold(List<String> names, String sentence) {
    if (!names.isEmpty()) {
      String more =
          names.size() > MOST_NAMED ? " and %d more".formatted(names.size() - MOST_NAMED) : "";
      String list = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
      throw conflict(
          sentence.formatted(
              "the %s %s%s".formatted(names.size() == 1 ? "command" : "commands", list, more)));
    }
  }

  /// Keeps a command from a change that bindings would not survive, or from going while there are
  /// any.
  ///
  /// @param after null: it is to go
  /// @throws Refused with 409, saying how many tenants it concerns
  public void hold(Command before, @Nullable Definition after) {
    List<Binding> bindings = commands.of(before);
    if (after == null) {
      holdFor(bindings, "is bound by %s. The command can be deleted when no tenant binds it.", "");
      return;
    }
    holdFor(
        bindings.stream().filter(binding -> !after.isFor(binding.tenantName())).toList(),
        "is bound by %s that may not use it any more. Their bindings go first.",
        "/tenants");
    holdFor(
        bindings.stream()
            .filter(binding -> !BindingDocument.fits(binding, after, home(binding)))
            .toList(),
        "is bound by %s with tokens that it would not have any more. Their bindings change first.",
        "/inputs");
  }

  private Home home(Binding binding) {
    return new Home(binding.tenant(), binding.tenantName(), authorizations, adaptors);
  }

  private static void holdFor(List<Binding> bindings, String sentence, String pointer) {
    if (!bindings.isEmpty()) {
      String detail = "It " + sentence.formatted(tenants(bindings));
      throw pointer.isEmpty()
          ? conflict(detail)
          : new Refused(
              new Problem(Kind.CONFLICT, detail, List.of(Fault.at(pointer, "is relied on")), null));
    }
  }

  /// How many tenants some bindings are of, and which, for the operator.
  private static String tenants(List<Binding> bindings) {
    String names =
        bindings.stream()
            .limit(MOST_NAMED)
            .map(Binding::tenantName)
            .collect(Collectors.joining(", "));
    int more = bindings.size() - MOST_NAMED;
    return "%d %s (%s%s)"
        .formatted(
            bindings.size(),
            bindings.size() == 1 ? "tenant" : "tenants",
            names,
            more > 0 ? " and %d more".formatted(more) : "");
  }

  private static Refused conflict(String detail) {
    return new Refused(Problem.of(Kind.CONFLICT, detail));
  }
}
