package io.fairlead.connector;

import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.AuthorizationDraft;
import io.fairlead.authorization.Authorizations;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.json.Faults;
import io.fairlead.storage.Saved;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The connectors that use authorizations: they change with them. What takes a handle runs inside a
/// transaction on the writer's thread, where no connector changes meanwhile.
public final class AuthorizationUsers {
  private static final int MOST_NAMED = 5;

  private final Authorizations authorizations;
  private final AuthorizationCatalog catalog;
  private final Catalog connectors;

  /// Puts together what a change of an authorization concerns.
  public AuthorizationUsers(
      Authorizations authorizations, AuthorizationCatalog catalog, Catalog connectors) {
    this.authorizations = authorizations;
    this.catalog = catalog;
    this.connectors = connectors;
  }

  /// What a change makes of an authorization and of the connectors that use it.
  public record Change(Saved<Authorization> saved, List<Connector> users) {
    public Change {
      users = List.copyOf(users);
    }
  }

  /// The connectors that use it, in the order of ids.
  public List<Connector> of(Authorization authorization) {
    return connectors.of(authorization.tenant()).all().stream()
        .filter(connector -> connector.auth().uses(authorization.id()))
        .toList();
  }

  /// Writes an authorization's new settings.
  ///
  /// @throws Refused with 409 when a connector that uses it does not fit
  public Change update(Handle handle, Authorization before, AuthorizationDraft draft) {
    Saved<Authorization> saved = authorizations.update(handle, before, draft);
    var users = new ArrayList<Connector>();
    if (saved instanceof Saved.Done<Authorization>(Authorization after)) {
      for (Connector user : of(after)) {
        users.add(goingOn(handle, user, changed(user, after)));
      }
    }
    return new Change(saved, users);
  }

  /// A new credential may be what a connector waits for.
  private static Connector goingOn(Handle handle, Connector before, Connector changed) {
    Halt halt = changed.halt();
    if (halt == null
        || halt.cause() != Halt.Cause.NEEDS_AUTH
        || changed.credential().equals(before.credential())) {
      return changed;
    }
    handle
        .createUpdate("UPDATE connector SET halt = NULL, halt_reason = NULL WHERE id = :id")
        .bind("id", changed.id())
        .execute();
    return changed.with(null);
  }

  private static Connector changed(Connector user, Authorization after) {
    var faults = new Faults();
    Connector changed = ConnectorDocument.with(user.auth().with(after), user, faults);
    if (changed == null) {
      Fault first = faults.list().getFirst();
      throw new Refused(
          Problem.of(
              Kind.CONFLICT,
              "The connector %s uses it and does not fit the change. At %s: %s"
                  .formatted(named(user), first.at(), first.detail())));
    }
    return changed;
  }

  /// Makes a committed change what runs; on the writer's thread right after the commit.
  public void apply(Change change) {
    if (change.saved() instanceof Saved.Done<Authorization>(Authorization after)) {
      catalog.put(after);
      change.users().forEach(connectors::put);
    }
  }

  /// Deletes an authorization that nobody uses; whether there was one.
  ///
  /// @throws Refused with 409 when connectors use it, naming them
  public boolean delete(Handle handle, Authorization before) {
    List<Connector> users = of(before);
    if (!users.isEmpty()) {
      List<String> names = users.stream().limit(MOST_NAMED).map(AuthorizationUsers::named).toList();
      int more = users.size() - names.size();
      throw new Refused(
          Problem.of(
              Kind.CONFLICT,
              "It is used by %s%s. Give them another authorization first."
                  .formatted(
                      String.join(", ", names), more == 0 ? "" : " and %d more".formatted(more))));
    }
    return authorizations.delete(handle, before);
  }

  private static String named(Connector connector) {
    return "\"%s\" (%s)"
        .formatted(connector.spec().name(), Ids.text(Connector.PREFIX, connector.id()));
  }
}
