package io.fairlead.authorization;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Members;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a new secret in the place of the old one: `{"secret","overlap"}`. Where both can be used,
/// the old one is until the overlap ends.
public final class Rotation {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration USUAL = Duration.ofHours(24);

  private Rotation() {}

  /// Reads a rotation; null when something is wrong.
  ///
  /// @param nowMillis when the overlap begins, epoch milliseconds
  public static @Nullable AuthorizationDraft read(
      Json document, Authorization before, long nowMillis, Faults faults) {
    Members members = Members.of(document, "", faults);
    Proof proof =
        switch (before.proof()) {
          case Signing signing -> signing(members, signing, nowMillis);
          case Credential credential -> credential(members, credential);
        };
    members.refuseOthers();
    return faults.isEmpty() ? new AuthorizationDraft(before.name(), proof, before.hosts()) : null;
  }

  private static Signing signing(Members members, Signing before, long nowMillis) {
    boolean both =
        before instanceof Signing.StandardWebhooks
            || (before instanceof Signing.Hmac hmac && hmac.separator() != null);
    String secret = members.text("secret", ProofDocument.secretRule(before));
    Duration overlap = Duration.ZERO;
    if (both) {
      overlap = members.duration("overlap", Duration.ZERO, LONGEST, USUAL);
    } else if (members.has("overlap")) {
      members.fault(
          "overlap",
          "Without a separator there is one signature in the header, so two secrets cannot be used"
              + " side by side. Leave overlap out, or give the authorization a separator first.");
    }
    Signing.Keys keys = before.signingKeys();
    long until = overlap.isZero() ? 0 : nowMillis + overlap.toMillis();
    return keys == null ? before : before.with(keys.rotated(secret, until));
  }

  private static Credential credential(Members members, Credential before) {
    if (members.has("overlap")) {
      members.fault(
          "overlap",
          "A request carries one secret, so the old one cannot be used beside the new one. Leave"
              + " overlap out, and rotate when the third party takes the new one.");
    }
    String secret = members.text("secret", ProofDocument.secretRule(before));
    return switch (before) {
      case Credential.None none -> none;
      case Credential.Basic(String username, var _) -> new Credential.Basic(username, secret);
      case Credential.Bearer bearer -> new Credential.Bearer(secret);
      case Credential.ApiKey key ->
          new Credential.ApiKey(key.in(), key.name(), key.prefix(), secret);
      case Credential.Custom(List<Credential.Parameter> parameters) -> {
        if (parameters.size() != 1) {
          members.fault(
              "secret",
              "This authorization has %d values; send the new ones by PATCH."
                  .formatted(parameters.size()));
        }
        Credential.Parameter only = parameters.getFirst();
        if (only.in() == Place.HEADER && !ProofDocument.isHeaderValue(secret)) {
          members.fault("secret", ProofDocument.NO_HEADER_VALUE);
        }
        yield new Credential.Custom(
            List.of(new Credential.Parameter(only.in(), only.name(), secret)));
      }
    };
  }
}
