package io.fairlead.connector;

import io.fairlead.render.RequestPlan;

/// A connector as the hub runs it.
///
/// @param id its number; public with the prefix `con_`
/// @param tenant its tenant's number
/// @param tenantName its tenant's public id
/// @param active whether people want it called
/// @param revision 1, and one more with every change of its settings
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds
/// @param plan the compiled request of this revision
public record Connector(
    long id,
    long tenant,
    String tenantName,
    ConnectorSpec spec,
    Credential credential,
    boolean active,
    int revision,
    long createdAt,
    long updatedAt,
    RequestPlan plan) {
  /// The prefix of public ids.
  public static final String PREFIX = "con_";
}
