package io.fairlead.command;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operator writes about a command.
///
/// @param name in the manual's style, `GetInvoiceImage`; unique in the hub, and never changed
/// @param sentence what it is for, for people
/// @param inputs in the order people see them; at most 50
/// @param answer what must come back
/// @param deadline for a whole run, where a binding has none of its own; 1 second to 2 minutes
/// @param tenants the public ids of those that may use it; null: all
public record Definition(
    String name,
    String sentence,
    List<Input> inputs,
    Wanted answer,
    Duration deadline,
    @Nullable Set<String> tenants) {
  public Definition {
    inputs = List.copyOf(inputs);
    tenants = tenants == null ? null : Set.copyOf(tenants);
  }

  /// The names of its inputs, in order.
  public Set<String> inputNames() {
    var names = new LinkedHashSet<String>();
    inputs.forEach(input -> names.add(input.name()));
    return names;
  }

  /// Whether a tenant may use it.
  ///
  /// @param tenant its public id
  public boolean isFor(String tenant) {
    return tenants == null || tenants.contains(tenant);
  }

  /// Reads the inputs of a run: what tokens look into. `null` is as good as absent.
  ///
  /// @param given an object of values by name
  /// @param pointer where it stands in the request
  /// @return the right ones, in the definition's order; look at the faults before it is used
  public JsonObject read(Json given, String pointer, Faults faults) {
    Members members = Members.of(given, pointer, faults);
    Json.Builder read = Json.object();
    for (Input input : inputs) {
      Json value = members.get(input.name());
      if (value == null || value instanceof Json.JsonNull) {
        if (input.required()) {
          members.missing(input.name());
        }
        continue;
      }
      String wrong = input.fault(value);
      if (wrong == null) {
        read.put(input.name(), value);
      } else {
        members.fault(input.name(), wrong);
      }
    }
    members.refuseOthers();
    return read.build();
  }

  @Override
  public String toString() {
    return Quote.of(name);
  }
}
