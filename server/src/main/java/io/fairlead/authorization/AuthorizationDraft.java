package io.fairlead.authorization;

/// An authorization that may be saved: read and checked.
public record AuthorizationDraft(String name, Proof proof, Hosts hosts) {}
