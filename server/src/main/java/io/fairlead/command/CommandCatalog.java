package io.fairlead.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every command and every binding, in memory: what runs. Read from any thread; changed only on the
/// writer's thread right after a commit, or at start.
public final class CommandCatalog {
  private final Map<String, Command> commands = new ConcurrentHashMap<>();
  private final Map<Long, Map<String, Binding>> bindings = new ConcurrentHashMap<>();

  /// The command of that name, whoever may use it, or null.
  public @Nullable Command named(String name) {
    return commands.get(name);
  }

  /// The command of that name if a tenant may use it, otherwise null.
  ///
  /// @param tenantName the tenant's public id
  public @Nullable Command named(String name, String tenantName) {
    Command found = commands.get(name);
    return found != null && found.definition().isFor(tenantName) ? found : null;
  }

  /// Every command, in the order of ids.
  public List<Command> all() {
    return commands.values().stream().sorted(Comparator.comparingLong(Command::id)).toList();
  }

  /// How a tenant has bound a command, or null.
  public @Nullable Binding binding(long tenant, String command) {
    Map<String, Binding> own = bindings.get(tenant);
    return own == null ? null : own.get(command);
  }

  /// A tenant's bindings, in the order of ids.
  public List<Binding> of(long tenant) {
    Map<String, Binding> own = bindings.getOrDefault(tenant, Map.of());
    return own.values().stream().sorted(Comparator.comparingLong(Binding::id)).toList();
  }

  /// Every tenant's binding of a command, in the order of ids.
  public List<Binding> of(Command command) {
    return bindings.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .filter(binding -> binding.command().equals(command.name()))
        .sorted(Comparator.comparingLong(Binding::id))
        .toList();
  }

  /// Whether it is what runs now.
  @SuppressWarnings("ReferenceEquality") // another object is another version
  public boolean isCurrent(Command command) {
    return commands.get(command.name()) == command;
  }

  /// Puts a command in the place of its former self, if any.
  public void put(Command command) {
    commands.put(command.name(), command);
  }

  /// Takes a command away.
  public void remove(Command command) {
    commands.remove(command.name());
  }

  /// Puts a binding in the place of its former self, if any.
  public void put(Binding binding) {
    bindings
        .computeIfAbsent(binding.tenant(), _ -> new ConcurrentHashMap<>())
        .put(binding.command(), binding);
  }

  /// Takes a binding away.
  public void remove(Binding binding) {
    Map<String, Binding> own = bindings.get(binding.tenant());
    if (own != null) {
      own.remove(binding.command());
    }
  }
}
