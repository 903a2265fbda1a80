package io.fairlead.api;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.command.Binding;
import io.fairlead.command.BindingDocument;
import io.fairlead.command.BindingDraft;
import io.fairlead.command.Bindings;
import io.fairlead.command.Command;
import io.fairlead.command.CommandCatalog;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Home;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.storage.Database;
import io.fairlead.storage.Saved;
import io.fairlead.storage.Sql;
import io.fairlead.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/v1/commands/{name}/binding`: whom a tenant asks when a command is run. Reads come from the
/// catalog, which is what runs.
public final class BindingResource {
  private final Database database;
  private final Bindings bindings;
  private final CommandCatalog catalog;
  private final Catalog connectors;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;

  /// @param bindings writes the rows
  /// @param connectors what bindings may refer to, as the catalogs after it
  public BindingResource(
      Database database,
      Bindings bindings,
      CommandCatalog catalog,
      Catalog connectors,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors) {
    this.database = database;
    this.bindings = bindings;
    this.catalog = catalog;
    this.connectors = connectors;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
  }

  Response get(Call call) {
    Command command = CommandResource.findUsable(catalog, call);
    Binding binding = find(call, command);
    return Answers.resource(200, json(call, command, binding, List.of()), etag(binding));
  }

  Response replace(Call call) {
    Json document = call.body();
    return save(
        call,
        (command, before) ->
            BindingDocument.read(
                document, command, before, home(call.tenant()), connectors, call.faults()),
        false);
  }

  Response patch(Call call) {
    Json document = call.body();
    return save(
        call,
        (command, before) ->
            before == null
                ? null
                : BindingDocument.patch(
                    document, command, before, home(call.tenant()), connectors, call.faults()),
        true);
  }

  /// Reads what a binding shall be.
  private interface Drafting {
    @Nullable BindingDraft read(Command command, @Nullable Binding before);
  }

  /// @param onlyChange whether there has to be a binding already
  private Response save(Call call, Drafting drafting, boolean onlyChange) {
    Tenant tenant = call.tenant();
    var notes = new ArrayList<String>();
    var isNew = new AtomicBoolean();
    Binding saved =
        Changes.done(
            Changes.retried(() -> {
              Command command = CommandResource.findUsable(catalog, call);
              Binding before =
                  onlyChange ? find(call, command) : catalog.binding(tenant.id(), command.name());
              checkIfMatch(call, before);
              BindingDraft draft = call.right(drafting.read(command, before));
              notes.clear();
              notes.addAll(draft.notes());
              isNew.set(before == null);
              return before == null
                  ? write(handle -> bindings.insert(handle, tenant.id(), tenant.name(), draft))
                  : write(handle -> bindings.update(handle, before, draft));
            }),
            "a binding");
    Command command = CommandResource.findUsable(catalog, call);
    Json json = json(call, command, saved, notes);
    return isNew.get()
        ? Answers.created("/v1/commands/" + command.name() + "/binding", json, etag(saved))
        : Answers.resource(200, json, etag(saved));
  }

  /// Where there is nothing yet, no tag fits.
  private static void checkIfMatch(Call call, @Nullable Binding before) {
    if (before != null) {
      call.checkIfMatch(etag(before));
    } else if (call.request().header("If-Match") != null) {
      throw Call.stale();
    }
  }

  private Saved<Binding> write(Sql<Saved<Binding>> change) {
    return database.write(
        change,
        saved -> {
          if (saved instanceof Saved.Done<Binding>(Binding binding)) {
            catalog.put(binding);
          }
        });
  }

  Response delete(Call call) {
    Command command = CommandResource.findUsable(catalog, call);
    Binding before = find(call, command);
    call.checkIfMatch(etag(before));
    boolean deleted =
        database.write(
            handle -> bindings.delete(handle, before),
            done -> {
              if (done) {
                catalog.remove(before);
              }
            });
    if (!deleted) {
      throw unbound(command);
    }
    return Answers.noContent();
  }

  private Binding find(Call call, Command command) {
    Binding found = catalog.binding(call.tenant().id(), command.name());
    if (found == null) {
      throw unbound(command);
    }
    return found;
  }

  private static Refused unbound(Command command) {
    return new Refused(
        Problem.of(Kind.NOT_FOUND, "The command %s is not bound.".formatted(command.name())));
  }

  private static String etag(Binding binding) {
    return Answers.etag(binding.revision());
  }

  private Home home(Tenant tenant) {
    return new Home(tenant.id(), tenant.name(), authorizations, adaptors);
  }

  /// @param said notes on what was left out of what was sent
  private Json json(Call call, Command command, Binding binding, List<String> said) {
    List<String> notes = BindingDocument.notes(binding, command, home(call.tenant()), connectors);
    return Json.object()
        .put("command", binding.command())
        .putAll(BindingDocument.settings(binding))
        .put("revision", binding.revision())
        .put("createdAt", Answers.time(binding.createdAt()))
        .put("updatedAt", Answers.time(binding.updatedAt()))
        .put(
            "notes",
            Json.array(Stream.concat(said.stream(), notes.stream()).map(Json::of).toList()))
        .build();
  }
}
