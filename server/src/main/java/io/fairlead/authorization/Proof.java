package io.fairlead.authorization;

/// What proves who calls: something secret that is sent, or a signature made with something secret
/// that is not.
public sealed interface Proof permits Credential, Signing {}
