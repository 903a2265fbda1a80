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
import io.fairlead.user.Membership;
import io.fairlead.user.Session;
import io.fairlead.user.Sessions;
import io.fairlead.user.User;
import org.jspecify.annotations.Nullable;

/// Lets calls in, or not: the one place for authentication, roles and tenants. It asks memory only,
/// and sees nothing but the head of a request.
///
/// A call that has an `Authorization` is an API key's; else one with the session's cookie is its
/// user's. What changes something needs more than the cookie, which browsers send by themselves:
/// the session's `Fairlead-Csrf`, and no sign that a page of another origin makes the call.
public final class Doorkeeper {
  private static final String TENANT = "Fairlead-Tenant";
  private static final String CSRF = "Fairlead-Csrf";
  private static final String SCHEME = "Bearer ";

  /// What became of a call at the door.
  sealed interface Verdict {
    /// It may go on.
    ///
    /// @param tenant whom it is for; null when the route is for no tenant
    /// @param caller whose call it is; null when anybody may make it
    record LetIn(@Nullable Tenant tenant, @Nullable Principal caller) implements Verdict {
      /// Whether the caller may see what events and calls hold.
      boolean seesPayloads() {
        return caller == null || caller.seesPayloads();
      }
    }

    /// It may not.
    record TurnedAway(Problem problem) implements Verdict {}
  }

  private final KeyRing keys;
  private final Tenants tenants;
  private final Sessions sessions;
  private final SameOrigin origin;

  /// @param origin tells calls of other sites' pages
  public Doorkeeper(KeyRing keys, Tenants tenants, Sessions sessions, SameOrigin origin) {
    this.keys = keys;
    this.tenants = tenants;
    this.sessions = sessions;
    this.origin = origin;
  }

  Verdict judge(Head head, Route route) {
    return switch (route.access()) {
      case OPEN -> new Verdict.LetIn(null, null);
      case FRONT_DOOR -> origin.holds(head) ? new Verdict.LetIn(null, null) : fromElsewhere();
      case SIGNED_IN, INGEST, READ, CHANGE, ADMIN, OPERATOR ->
          switch (route.credentials()) {
            case BEARER -> judgeBearer(head, route);
            case EMAIL_AND_KEY -> judgeEmailAndKey(head, route);
          };
    };
  }

  private Verdict judgeBearer(Head head, Route route) {
    String authorization = head.header("Authorization");
    if (authorization == null) {
      return judgeSession(head, route);
    }
    boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    KeyHolder holder = bearer ? keys.find(authorization.substring(SCHEME.length()).strip()) : null;
    return judgeKey(
        head, route, holder, "This API key is unknown, has expired or has been revoked.");
  }

  /// One answer for whatever is wrong: which emails have keys is nobody's to find out.
  private Verdict judgeEmailAndKey(Head head, Route route) {
    String email = head.header("x-bealder-key");
    String key = head.header("x-bealder-token");
    return judgeKey(
        head,
        route,
        keys.find(key == null ? "" : key.strip(), email == null ? "" : email),
        "Send your email as x-bealder-key and an API key that was made with this email as"
            + " x-bealder-token: these are none that belong together.");
  }

  /// @param unknown what is said when there is no such key
  private Verdict judgeKey(Head head, Route route, @Nullable KeyHolder holder, String unknown) {
    if (holder == null) {
      return turnedAway(Kind.UNAUTHORIZED, unknown);
    }
    if (route.access() == Access.SIGNED_IN) {
      return turnedAway(Kind.FORBIDDEN, "This is for people who sign in; an API key can't.");
    }
    if (!route.access().allows(holder.role())) {
      return turnedAway(
          Kind.FORBIDDEN,
          "A key with the role %s may not do this. It takes %s."
              .formatted(holder.role().text(), route.access().text()));
    }
    var caller = Principal.of(holder);
    return route.isOfTenant() ? tenant(head, holder, caller) : new Verdict.LetIn(null, caller);
  }

  private Verdict tenant(Head head, KeyHolder holder, Principal caller) {
    String named = head.header(TENANT);
    Tenant own = holder.tenant();
    if (own != null) {
      return named == null || named.equals(own.name())
          ? new Verdict.LetIn(own, caller)
          : new Verdict.TurnedAway(
              Answers.problem(
                  Kind.FORBIDDEN,
                  "This API key belongs to another tenant than the call names.",
                  Fault.inHeader(TENANT, "is not the key's tenant")));
    }
    if (holder.role() != Role.OPERATOR) {
      throw new IllegalStateException("a key without a tenant");
    }
    return operators(named == null ? Tenant.DEFAULT : named, caller);
  }

  private Verdict operators(String name, Principal caller) {
    Tenant tenant = tenants.named(name);
    return tenant != null
        ? new Verdict.LetIn(tenant, caller)
        : new Verdict.TurnedAway(
            Answers.problem(
                Kind.NOT_FOUND,
                "There is no tenant \"%s\". Make it with POST /v1/tenants."
                    .formatted(Answers.shown(name)),
                Fault.inHeader(TENANT, "names no tenant")));
  }

  private Verdict judgeSession(Head head, Route route) {
    String cookie = SessionCookie.in(head);
    if (cookie == null) {
      return turnedAway(
          Kind.UNAUTHORIZED, "Sign in, or send an API key: Authorization: Bearer <key>.");
    }
    Session session = sessions.find(cookie);
    if (session == null) {
      return turnedAway(Kind.UNAUTHORIZED, "The session is over. Sign in again.");
    }
    if (!head.method().equals("GET")) {
      if (!origin.holds(head)) {
        return fromElsewhere();
      }
      String csrf = head.header(CSRF);
      if (csrf == null || !session.token().isCsrf(csrf)) {
        return new Verdict.TurnedAway(
            Answers.problem(
                Kind.FORBIDDEN,
                "With a session, a change needs the csrf of GET /v1/session in the header %s."
                    .formatted(CSRF),
                Fault.inHeader(CSRF, "is not the session's")));
      }
    }
    return judge(head, route, session);
  }

  private Verdict judge(Head head, Route route, Session session) {
    User user = session.user();
    if (!route.isOfTenant()) {
      boolean may = route.access() == Access.SIGNED_IN || user.operator();
      return may
          ? new Verdict.LetIn(
              null, Principal.of(session, user.operator() ? Role.OPERATOR : Role.VIEWER, true))
          : turnedAway(Kind.FORBIDDEN, "This is for operators.");
    }
    String named = head.header(TENANT);
    Tenant tenant = named == null ? first(user) : tenants.named(named);
    if (user.operator()) {
      String name = tenant != null ? tenant.name() : named == null ? Tenant.DEFAULT : named;
      return operators(name, Principal.of(session, Role.OPERATOR, true));
    }
    Membership membership = tenant == null ? null : user.in(tenant.id());
    if (tenant == null || membership == null || !membership.joined()) {
      return new Verdict.TurnedAway(
          Answers.problem(
              Kind.FORBIDDEN,
              "You are not in the tenant that the call is for.",
              Fault.inHeader(TENANT, "names no tenant of yours")));
    }
    if (!route.access().allows(membership.role())) {
      return turnedAway(
          Kind.FORBIDDEN,
          "Your role here is %s, which may not do this. It takes %s."
              .formatted(membership.role().text(), route.access().text()));
    }
    boolean sees = membership.role() != Role.VIEWER || membership.payloads();
    return new Verdict.LetIn(tenant, Principal.of(session, membership.role(), sees));
  }

  private @Nullable Tenant first(User user) {
    return user.joined().isEmpty() ? null : tenants.numbered(user.joined().getFirst().tenant());
  }

  private static Verdict fromElsewhere() {
    return turnedAway(Kind.FORBIDDEN, "A page of another site may not do this.");
  }

  private static Verdict turnedAway(Kind kind, String detail) {
    return new Verdict.TurnedAway(Problem.of(kind, detail));
  }
}
