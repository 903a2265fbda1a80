package io.fairlead.user;

import io.fairlead.tenant.Role;

/// What a user is in one tenant.
///
/// @param tenant its number
/// @param role OWNER, ADMIN, POWER_USER or VIEWER
/// @param payloads whether a VIEWER sees what events and calls hold; every other role does
/// @param joined false until the invitation has been taken up: till then it allows nothing
/// @param revision counts its changes, from 1
/// @param createdAt epoch milliseconds
public record Membership(
    long tenant, Role role, boolean payloads, boolean joined, int revision, long createdAt) {}
