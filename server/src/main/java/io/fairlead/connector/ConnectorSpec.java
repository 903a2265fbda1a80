package io.fairlead.connector;

import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.render.RequestText;
import io.fairlead.response.OutcomeRules;
import io.fairlead.response.ResponseSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people write about a connector, less its secrets and whether it is active.
///
/// @param name unique in the tenant, at most 200 characters
/// @param adaptor makes what the tokens look into; null: that is the event's data itself
public record ConnectorSpec(
    String name,
    RequestText request,
    @Nullable SharedAdaptor adaptor,
    ResponseSettings response,
    OutcomeRules rules,
    List<Trigger> triggers,
    Policy policy) {
  public ConnectorSpec {
    triggers = List.copyOf(triggers);
  }

  /// One without an adaptor that says nothing of its answers.
  public static ConnectorSpec of(
      String name, RequestText request, List<Trigger> triggers, Policy policy) {
    return new ConnectorSpec(
        name, request, null, ResponseSettings.DEFAULT, OutcomeRules.NONE, triggers, policy);
  }
}
