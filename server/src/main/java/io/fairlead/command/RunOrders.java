package io.fairlead.command;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Quote;
import io.fairlead.base.Refused;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Says whether a command may be run, before anything is asked of anybody. From any thread.
public final class RunOrders {
  private final CommandCatalog commands;
  private final Catalog connectors;

  /// Looks things up in these.
  public RunOrders(CommandCatalog commands, Catalog connectors) {
    this.commands = commands;
    this.connectors = connectors;
  }

  /// Loads what the first run would have to wait for.
  public static void warmUp() {
    DocumentType.load();
  }

  /// A run that may begin.
  ///
  /// @param inputs as they were sent
  /// @param pointer where they stand in the request
  /// @throws Refused when there is no such command (404), it cannot be run now (409), or the inputs
  ///   are wrong (422)
  public RunOrder order(Tenant tenant, String name, Json inputs, String pointer, Asker asker) {
    Command command = command(tenant, name);
    Binding binding = binding(tenant, command);
    var faults = new Faults();
    JsonObject read = command.definition().read(inputs, pointer, faults);
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(Kind.INVALID_INPUTS, faults.list().getFirst().detail(), faults.list(), null));
    }
    return new RunOrder(
        tenant.id(),
        command,
        read,
        asks(binding),
        deadline(tenant, command, binding),
        binding.spec().keepDocuments(),
        tenant.runs().concurrency(),
        asker);
  }

  private Command command(Tenant tenant, String name) {
    Command command = commands.named(name, tenant.name());
    if (command == null) {
      throw new Refused(
          Problem.of(Kind.NOT_FOUND, "There is no command %s.".formatted(Quote.of(name))));
    }
    return command;
  }

  private Binding binding(Tenant tenant, Command command) {
    Binding binding = commands.binding(tenant.id(), command.name());
    if (binding == null) {
      throw conflict(
          "%s is not bound to anything. Bind it with PUT /v1/commands/%s/binding."
              .formatted(command.name(), command.name()));
    }
    if (!binding.spec().active()) {
      throw conflict("%s is disabled: its binding is not active.".formatted(command.name()));
    }
    return binding;
  }

  private List<RunOrder.Ask> asks(Binding binding) {
    var asks = new ArrayList<RunOrder.Ask>();
    for (Target target : binding.targets()) {
      asks.add(
          switch (target) {
            case Target.Own own ->
                new RunOrder.Ask(own.name(), null, own.connector(), own.notFound());
            case Target.Shared(long id, var notFound) -> {
              Connector connector = connector(binding, id);
              yield new RunOrder.Ask(connector.spec().name(), id, connector, notFound);
            }
          });
    }
    return asks;
  }

  private Connector connector(Binding binding, long id) {
    Connector connector = connectors.get(id);
    if (connector == null || connector.tenant() != binding.tenant()) {
      throw conflict(
          "%s is bound to a connector that has been deleted.".formatted(binding.command()));
    }
    if (!connector.runs()) {
      throw conflict(
          "%s is bound to the connector %s, which is %s. Activate it first."
              .formatted(
                  binding.command(), Quote.of(connector.spec().name()), connector.state().name()));
    }
    return connector;
  }

  private static Duration deadline(Tenant tenant, Command command, Binding binding) {
    Duration own = binding.spec().deadline();
    Duration wished = own == null ? command.deadline() : own;
    Duration longest = tenant.runs().deadline();
    return wished.compareTo(longest) < 0 ? wished : longest;
  }

  private static Refused conflict(String sentence) {
    return new Refused(Problem.of(Kind.CONFLICT, sentence));
  }
}
