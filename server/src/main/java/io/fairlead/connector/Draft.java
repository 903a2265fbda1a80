package io.fairlead.connector;

import io.fairlead.render.RequestPlan;
import java.util.List;

/// A connector that may be saved: read, checked and compiled.
///
/// @param notes what was left out of what was sent, in sentences for the author; not saved
public record Draft(
    ConnectorSpec spec,
    Credential credential,
    boolean active,
    RequestPlan plan,
    List<String> notes) {
  public Draft {
    notes = List.copyOf(notes);
  }
}
