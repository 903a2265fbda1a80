package io.fairlead.audit;

import org.jspecify.annotations.Nullable;

/// One line of the audit log.
///
/// @param id its number, which also says when it was; public with the prefix `aud_`
/// @param tenant whose it is; null for what concerns the whole hub
/// @param actor who did it
/// @param action what they did, in a word or two: `create`, `change`, `sign in`
/// @param noun what it was done to: `connector`, `API key`, `session`
/// @param subject the public id of that; null when it has none
/// @param address from where, as far as the hub can tell
/// @param changes a JSON array, without secrets and payloads
public record AuditEntry(
    long id,
    @Nullable Long tenant,
    Actor actor,
    String action,
    String noun,
    @Nullable String subject,
    String address,
    String changes) {
  /// The prefix of public ids.
  public static final String PREFIX = "aud_";

  /// Who did something.
  ///
  /// @param number of the user or API key; null for the others
  /// @param name as it was then: the user's, the API key's, `operator`, or what somebody who did
  ///   not come in said to be
  public record Actor(Kind kind, @Nullable Long number, String name) {
    /// What kind of actor it is.
    public enum Kind {
      /// A user who was signed in.
      USER,
      /// An API key of a tenant.
      API_KEY,
      /// Whoever had the operator's key.
      OPERATOR,
      /// Somebody who did not come in.
      NOBODY
    }
  }
}
