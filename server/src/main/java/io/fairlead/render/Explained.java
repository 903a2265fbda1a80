package io.fairlead.render;

import java.util.List;

/// A request that was rendered to be looked at.
///
/// @param rendered what {@link RequestPlan#render} gives for the same facts
/// @param tokens every token that was filled, in the order of its places: URL, query, headers, body
public record Explained(Rendered rendered, List<TokenUse> tokens) {
  public Explained {
    tokens = List.copyOf(tokens);
  }
}
