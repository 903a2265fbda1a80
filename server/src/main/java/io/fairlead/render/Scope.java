package io.fairlead.render;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a connector's tokens when it is saved.
///
/// @param tenant what `$tenant.id` gives
/// @param connector what `$connector.name` gives
/// @param secrets the names that `$secret.NAME` may have; null: there is no authorization
/// @param inputs the names that the data has at its top, when they are a closed set; null: any
/// @param events whether there is an event: `$event.id` and its kin, and `$attempt`
public record Scope(
    String tenant,
    String connector,
    @Nullable Set<String> secrets,
    @Nullable Set<String> inputs,
    boolean events) {
  public Scope {
    secrets = secrets == null ? null : Set.copyOf(secrets);
    inputs = inputs == null ? null : Set.copyOf(inputs);
  }

  /// A scope of events.
  public Scope(
      String tenant,
      String connector,
      @Nullable Set<String> secrets,
      @Nullable Set<String> inputs) {
    this(tenant, connector, secrets, inputs, true);
  }

  /// A scope without secrets, open to any data.
  public static Scope of(String tenant, String connector) {
    return new Scope(tenant, connector, null, null);
  }
}
