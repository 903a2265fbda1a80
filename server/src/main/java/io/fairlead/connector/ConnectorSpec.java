package io.fairlead.connector;

import io.fairlead.render.RequestText;
import io.fairlead.response.OutcomeRules;
import io.fairlead.response.ResponseSettings;
import java.util.List;

/// What people write about a connector, less its secrets and whether it is active.
///
/// @param name unique in the tenant, at most 200 characters
public record ConnectorSpec(
    String name,
    RequestText request,
    ResponseSettings response,
    OutcomeRules rules,
    List<Trigger> triggers,
    Policy policy) {
  public ConnectorSpec {
    triggers = List.copyOf(triggers);
  }

  /// One that says nothing of its answers.
  public static ConnectorSpec of(
      String name, RequestText request, List<Trigger> triggers, Policy policy) {
    return new ConnectorSpec(
        name, request, ResponseSettings.DEFAULT, OutcomeRules.NONE, triggers, policy);
  }
}
