package io.fairlead.connector;

import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Credential;
import io.fairlead.render.RequestPlan;
import java.util.List;

/// A connector that may be saved: read, checked and compiled.
///
/// @param notes what was left out of what was sent, in sentences for the author; not saved
/// @param goesOn whether it was said in so many words that it is active, which sets one going again
///   that a third party has halted
public record Draft(
    ConnectorSpec spec,
    Auth auth,
    boolean active,
    RequestPlan plan,
    List<String> notes,
    boolean goesOn) {
  public Draft {
    notes = List.copyOf(notes);
  }

  /// Who it calls as.
  public Credential credential() {
    return auth.credential();
  }

  Draft goingOn(boolean said) {
    return new Draft(spec, auth, active, plan, notes, said);
  }
}
