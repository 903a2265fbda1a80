package io.fairlead.connector;

import java.util.List;

/// The connectors that events of one type are meant for, as far as the type says.
///
/// @param connectors each once, in the order of ids, active or not
/// @param candidates the same with what they ask besides
/// @param isPlain whether none of them asks more
/// @param asksData whether one of them has to look into the data
public record Meant(
    List<Connector> connectors, List<Candidate> candidates, boolean isPlain, boolean asksData) {
  /// A connector and those of its triggers that mean the type.
  ///
  /// @param triggers empty where one of them asks nothing more: it then decides alone
  public record Candidate(Connector connector, List<Trigger> triggers) {}

  static Meant of(List<Connector> connectors, String type) {
    List<Candidate> candidates =
        connectors.stream().map(connector -> candidate(connector, type)).toList();
    return new Meant(
        connectors,
        candidates,
        candidates.stream().allMatch(candidate -> candidate.triggers().isEmpty()),
        candidates.stream()
            .anyMatch(candidate -> candidate.triggers().stream().anyMatch(Trigger::asksData)));
  }

  static Candidate candidate(Connector connector, String type) {
    List<Trigger> triggers =
        connector.spec().triggers().stream().filter(trigger -> trigger.matches(type)).toList();
    return new Candidate(
        connector, triggers.stream().anyMatch(Trigger::isPlain) ? List.of() : triggers);
  }
}
