package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.http.Head;
import io.fairlead.tenant.KeyHolder;
import io.fairlead.tenant.KeyRing;
import io.fairlead.tenant.Role;
import io.fairlead.tenant.Tenant;
import io.fairlead.tenant.Tenants;
import org.jspecify.annotations.Nullable;

/// Lets calls in, or not: the one place for authentication, roles and tenants. It asks memory only,
/// and sees nothing but the head of a request.
final class Doorkeeper {
  private static final String TENANT = "Fairlead-Tenant";
  private static final String SCHEME = "Bearer ";

  /// What became of a call at the door.
  sealed interface Verdict {
    /// It may go on.
    ///
    /// @param tenant whom it is for; null when the route is for no tenant
    /// @param caller whose call it is; null when anybody may make it
    record LetIn(@Nullable Tenant tenant, @Nullable KeyHolder caller) implements Verdict {}

    /// It may not.
    record TurnedAway(Problem problem) implements Verdict {}
  }

  private final KeyRing keys;
  private final Tenants tenants;

  Doorkeeper(KeyRing keys, Tenants tenants) {
    this.keys = keys;
    this.tenants = tenants;
  }

  Verdict judge(Head head, Route route) {
    if (route.access() == Access.OPEN) {
      return new Verdict.LetIn(null, null);
    }
    KeyHolder holder = holder(head, route.credentials());
    if (holder == null) {
      return turnedAway(Kind.UNAUTHORIZED, refusal(head, route.credentials()));
    }
    if (!route.access().allows(holder.role())) {
      return turnedAway(
          Kind.FORBIDDEN,
          "A key with the role %s may not do this. It takes %s."
              .formatted(holder.role().text(), route.access().text()));
    }
    return route.isOfTenant() ? tenant(head, holder) : new Verdict.LetIn(null, holder);
  }

  private @Nullable KeyHolder holder(Head head, Credentials credentials) {
    return switch (credentials) {
      case BEARER -> bearer(head.header("Authorization"));
      case EMAIL_AND_KEY ->
          emailAndKey(head.header("x-bealder-key"), head.header("x-bealder-token"));
    };
  }

  private static String refusal(Head head, Credentials credentials) {
    return switch (credentials) {
      case BEARER ->
          head.header("Authorization") == null
              ? "Send an API key: Authorization: Bearer <key>."
              : "This API key is unknown, has expired or has been revoked.";
      // The same for whatever is wrong: which emails have keys is nobody's to find out.
      case EMAIL_AND_KEY ->
          "Send your email as x-bealder-key and an API key that was made with this email as"
              + " x-bealder-token: these are none that belong together.";
    };
  }

  private @Nullable KeyHolder emailAndKey(@Nullable String email, @Nullable String key) {
    return keys.find(key == null ? "" : key.strip(), email == null ? "" : email);
  }

  private @Nullable KeyHolder bearer(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? keys.find(authorization.substring(SCHEME.length()).strip()) : null;
  }

  private Verdict tenant(Head head, KeyHolder holder) {
    String named = head.header(TENANT);
    Tenant own = holder.tenant();
    if (own != null) {
      return named == null || named.equals(own.name())
          ? new Verdict.LetIn(own, holder)
          : new Verdict.TurnedAway(
              Answers.problem(
                  Kind.FORBIDDEN,
                  "This API key belongs to another tenant than the call names.",
                  Fault.inHeader(TENANT, "is not the key's tenant")));
    }
    if (holder.role() != Role.OPERATOR) {
      throw new IllegalStateException("a key without a tenant");
    }
    String name = named == null ? Tenant.DEFAULT : named;
    Tenant tenant = tenants.named(name);
    return tenant != null
        ? new Verdict.LetIn(tenant, holder)
        : new Verdict.TurnedAway(
            Answers.problem(
                Kind.NOT_FOUND,
                "There is no tenant \"%s\". Make it with POST /v1/tenants."
                    .formatted(Answers.shown(name)),
                Fault.inHeader(TENANT, "names no tenant")));
  }

  private static Verdict turnedAway(Kind kind, String detail) {
    return new Verdict.TurnedAway(Problem.of(kind, detail));
  }
}
