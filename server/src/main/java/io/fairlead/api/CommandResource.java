package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.command.Command;
import io.fairlead.command.CommandCatalog;
import io.fairlead.command.CommandDocument;
import io.fairlead.command.Commands;
import io.fairlead.command.Definition;
import io.fairlead.command.Dependents;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Saved;
import io.fairlead.tenant.Tenants;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/v1/commands`: what can be asked for while somebody waits. Written by the operator; a tenant
/// sees those that it may use. Reads come from the catalog, which is what runs.
public final class CommandResource {
  private final Database database;
  private final Commands commands;
  private final CommandCatalog catalog;
  private final Dependents dependents;
  private final Tenants tenants;

  /// @param commands writes the rows
  /// @param dependents what relies on them
  /// @param tenants who may be let use them
  public CommandResource(
      Database database,
      Commands commands,
      CommandCatalog catalog,
      Dependents dependents,
      Tenants tenants) {
    this.database = database;
    this.commands = commands;
    this.catalog = catalog;
    this.dependents = dependents;
    this.tenants = tenants;
  }

  Response list(Call call) {
    List<Command> seen = catalog.all().stream().filter(command -> isSeen(call, command)).toList();
    return call.list(
        slice -> Page.ofAll(seen, slice, Command::id), one -> seen(call, one), Command::id);
  }

  Response create(Call call) {
    Definition definition = call.right(CommandDocument.create(call.body(), call.faults()));
    refuseUnknownTenants(call, definition);
    Command made =
        done(database.write(handle -> commands.insert(handle, definition), this::remember));
    return Answers.created("/v1/commands/" + made.name(), json(made).build(), etag(made));
  }

  Response get(Call call) {
    Command found = find(catalog, call);
    return Answers.resource(200, seen(call, found), etag(found));
  }

  Response replace(Call call) {
    Json document = call.body();
    return change(
        call, before -> CommandDocument.replace(document, before.definition(), call.faults()));
  }

  Response patch(Call call) {
    Json document = call.body();
    return change(
        call, before -> CommandDocument.patch(document, before.definition(), call.faults()));
  }

  private Response change(Call call, Function<Command, @Nullable Definition> definitions) {
    return answer(done(Changes.retried(() -> changed(call, definitions))));
  }

  private Saved<Command> changed(Call call, Function<Command, @Nullable Definition> definitions) {
    Command before = find(catalog, call);
    call.checkIfMatch(etag(before));
    Definition definition = call.right(definitions.apply(before));
    refuseUnknownTenants(call, definition);
    return database.write(
        handle -> {
          dependents.hold(before, definition);
          return commands.update(handle, before, definition);
        },
        this::remember);
  }

  private void refuseUnknownTenants(Call call, Definition definition) {
    if (definition.tenants() != null) {
      for (String name : definition.tenants()) {
        if (tenants.named(name) == null) {
          call.faults().at("/tenants", "There is no tenant %s.".formatted(Answers.shown(name)));
        }
      }
    }
    call.refuse();
  }

  private void remember(Saved<Command> saved) {
    if (saved instanceof Saved.Done<Command>(Command command)) {
      catalog.put(command);
    }
  }

  Response delete(Call call) {
    Command before = find(catalog, call);
    call.checkIfMatch(etag(before));
    boolean deleted =
        database.write(
            handle -> {
              dependents.hold(before, null);
              return commands.delete(handle, before);
            },
            done -> {
              if (done) {
                catalog.remove(before);
              }
            });
    if (!deleted) {
      throw notFound(catalog, call);
    }
    return Answers.noContent();
  }

  private static Command done(Saved<Command> saved) {
    return Changes.done(saved, "a command");
  }

  /// The command that the path names, if the caller may see it.
  ///
  /// @throws Refused with a 404 otherwise
  static Command find(CommandCatalog catalog, Call call) {
    call.refuse();
    Command found = catalog.named(call.id());
    if (found == null || !isSeen(call, found)) {
      throw notFound(catalog, call);
    }
    return found;
  }

  /// The command that the path names, if the tenant may use it.
  ///
  /// @throws Refused with a 404 otherwise
  static Command findUsable(CommandCatalog catalog, Call call) {
    Command found = find(catalog, call);
    if (!found.definition().isFor(call.tenant().name())) {
      throw notFound(catalog, call);
    }
    return found;
  }

  /// The operator sees all.
  private static boolean isSeen(Call call, Command command) {
    return call.may(Access.OPERATOR) || command.definition().isFor(call.tenant().name());
  }

  private static Refused notFound(CommandCatalog catalog, Call call) {
    List<String> seen =
        catalog.all().stream().filter(command -> isSeen(call, command)).map(Command::name).toList();
    return new Refused(
        Problem.of(
            Kind.NOT_FOUND,
            "There is no command %s.%s"
                .formatted(Answers.shown(call.id()), Members.didYouMean(call.id(), seen))));
  }

  private static Response answer(Command command) {
    return Answers.resource(200, json(command).build(), etag(command));
  }

  private static String etag(Command command) {
    return Answers.etag(command.revision());
  }

  /// As a tenant sees it, who sees no other; the operator sees whom it is for.
  private Json seen(Call call, Command command) {
    Json.Builder json =
        call.may(Access.OPERATOR)
            ? json(command)
            : with(CommandDocument.summary(command.definition()), command);
    return json.put("bound", catalog.binding(call.tenant().id(), command.name()) != null).build();
  }

  private static Json.Builder json(Command command) {
    return with(CommandDocument.settings(command.definition()), command);
  }

  private static Json.Builder with(JsonObject settings, Command command) {
    return Json.object()
        .putAll(settings)
        .put("revision", command.revision())
        .put("createdAt", Answers.time(command.createdAt()))
        .put("updatedAt", Answers.time(command.updatedAt()));
  }
}
