package io.fairlead.adaptor;

import io.fairlead.json.Json;

/// A named mapping from an event's data to a third party's fields, used by any number of
/// connectors.
///
/// @param id its number; public with the prefix `adp_`
/// @param tenant its tenant's number
/// @param name unique in the tenant, at most 200 characters
/// @param active whether connectors may choose it; one that is used stays active
/// @param revision 1, and one more with every change
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
public record Adaptor(
    long id,
    long tenant,
    String name,
    boolean active,
    Mapping mapping,
    int revision,
    long createdAt,
    long updatedAt) {
  /// The prefix of public ids.
  public static final String PREFIX = "adp_";

  /// Makes the third party's fields of an event's data. Pure: the same data and time make the same.
  ///
  /// @param now for what depends on today, such as an age; epoch milliseconds
  public Adapted apply(Json data, long now) {
    return mapping.apply(data, now);
  }
}
