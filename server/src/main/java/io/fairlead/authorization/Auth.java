package io.fairlead.authorization;

import io.fairlead.render.Origin;
import org.jspecify.annotations.Nullable;

/// Who a connector calls as and how it signs, resolved: each in place, or by an authorization of
/// its own.
///
/// @param credentialFrom whose the credential is; null when it stands in place, or is none
/// @param signingFrom whose the signing is; null when it stands in place, or is none
public record Auth(
    Credential credential,
    Signing signing,
    @Nullable Authorization credentialFrom,
    @Nullable Authorization signingFrom) {
  /// Nobody, and unsigned.
  public static final Auth NONE = of(Credential.None.NONE);

  /// In place, unsigned.
  public static Auth of(Credential credential) {
    return of(credential, Signing.None.NONE);
  }

  /// In place.
  public static Auth of(Credential credential, Signing signing) {
    return new Auth(credential, signing, null, null);
  }

  /// Whether that authorization is used.
  public boolean uses(long authorization) {
    return is(credentialFrom, authorization) || is(signingFrom, authorization);
  }

  private static boolean is(@Nullable Authorization one, long id) {
    return one != null && one.id() == id;
  }

  /// Whether what is used is what runs now.
  public boolean isCurrent(AuthorizationCatalog catalog) {
    return (credentialFrom == null || catalog.isCurrent(credentialFrom))
        && (signingFrom == null || catalog.isCurrent(signingFrom));
  }

  /// The same with a later version of an authorization, wherever it is used.
  public Auth with(Authorization later) {
    boolean forCredential = is(credentialFrom, later.id()) && later.proof() instanceof Credential;
    boolean forSigning = is(signingFrom, later.id()) && later.proof() instanceof Signing;
    return new Auth(
        forCredential ? (Credential) later.proof() : credential,
        forSigning ? (Signing) later.proof() : signing,
        forCredential ? later : credentialFrom,
        forSigning ? later : signingFrom);
  }

  /// Why nothing of it may be sent there, in a sentence that says what to do; null when it may.
  public @Nullable String refusal(Origin origin) {
    String refused = refusal(credentialFrom, origin);
    return refused == null ? refusal(signingFrom, origin) : refused;
  }

  /// The same for one authorization.
  public static @Nullable String refusal(@Nullable Authorization authorization, Origin origin) {
    return authorization == null || authorization.hosts().cover(origin)
        ? null
        : "The authorization \"%s\" may not be sent to %s. An admin can add \"%s\" to its hosts."
            .formatted(authorization.name(), origin, Hosts.text(origin));
  }
}
