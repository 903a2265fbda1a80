package io.fairlead.authorization;

/// An authorization of its own: who calls are made as, used by many connectors.
///
/// @param id its number; public with the prefix `aut_`
/// @param tenant its tenant's number
/// @param name unique in the tenant, at most 200 characters
/// @param proof with its secrets in the clear; never none
/// @param hosts where it may be sent
/// @param revision 1, and one more with every change
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
public record Authorization(
    long id,
    long tenant,
    String name,
    Proof proof,
    Hosts hosts,
    int revision,
    long createdAt,
    long updatedAt) {
  /// The prefix of public ids.
  public static final String PREFIX = "aut_";
}
