package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.Role;
import io.fairlead.tenant.Tenant;
import io.fairlead.tenant.Tenants;
import io.fairlead.user.Membership;
import io.fairlead.user.Passwords;
import io.fairlead.user.Session;
import io.fairlead.user.Sessions;
import io.fairlead.user.SetupLinks;
import io.fairlead.user.SignIn;
import io.fairlead.user.User;
import io.fairlead.user.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/v1/setup`, `/v1/session`, `/v1/sessions`: how people come in, and go.
public final class SessionResource {
  /// An email address: anything with one `@` and no blanks. Whether it exists, only mail can tell.
  static final TextRule EMAIL =
      TextRule.matching(
          3,
          254,
          "\\s*[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+\\s*",
          "is an email address such as ana@example.com");

  private static final TextRule NAME = TextRule.line(1, 200);
  private static final TextRule TOKEN = TextRule.any(1, 100);

  /// What somebody typed for a password; that it is a good one matters only when it is set.
  private static final TextRule TYPED = TextRule.any(1, 256);

  private static final TextRule NEW_PASSWORD = TextRule.any(12, 256);

  /// To an operator every tenant is theirs; a list for a menu need not be longer.
  private static final int MOST_TENANTS = 1_000;

  private final Users users;
  private final SetupLinks links;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Passwords passwords;
  private final Tenants tenants;
  private final ClientAddress addresses;
  private final AuditTrail trail;
  private final SessionCookie cookie;

  /// @param links what brings people in
  /// @param addresses who calls, for the limits of signing in
  /// @param trail writes down who came, and who did not come in
  /// @param secure whether cookies are for HTTPS alone
  public SessionResource(
      Users users,
      SetupLinks links,
      Sessions sessions,
      SignIn signIn,
      Passwords passwords,
      Tenants tenants,
      ClientAddress addresses,
      AuditTrail trail,
      boolean secure) {
    this.users = users;
    this.links = links;
    this.sessions = sessions;
    this.signIn = signIn;
    this.passwords = passwords;
    this.tenants = tenants;
    this.addresses = addresses;
    this.trail = trail;
    this.cookie = new SessionCookie(secure);
  }

  Response setupNeeded(Call call) {
    call.refuse();
    return Answers.json(200, Json.object().put("needed", users.isEmpty()).build());
  }

  /// Takes up a setup link: the first owner's, an invitation, or one for a new password.
  Response setUp(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String token = members.text("token", TOKEN);
    String email = members.optionalText("email", EMAIL);
    String name = members.optionalText("name", NAME);
    String password = members.text("password", TYPED);
    members.refuseOthers();
    call.refuse();
    SetupLinks.Meant meant = links.look(token).orElseThrow(SessionResource::noLink);
    User invited = meant.user();
    String normal = email == null ? null : SignIn.normal(email);
    if (invited == null && normal == null) {
      members.missing("email");
    }
    if (invited != null && normal != null && !normal.equals(invited.email())) {
      members.fault("email", "The link is for another email address.");
    }
    String shown = name == null && invited != null ? invited.name() : name;
    if (shown == null) {
      members.missing("name");
    }
    boolean keeps = meant.needsOwnPassword();
    if (!keeps) {
      checkNew(members, "password", password, invited == null ? normal : invited.email());
    }
    call.refuse();
    if (keeps) {
      refuse(signIn.refusal(Objects.requireNonNull(invited), password, addresses.of(call.head())));
    }
    User user =
        links
            .use(
                token,
                Objects.requireNonNullElse(normal, ""),
                Objects.requireNonNull(shown),
                keeps ? null : passwords.hash(password),
                Objects.requireNonNull(tenants.named(Tenant.DEFAULT)).id())
            .orElseThrow(SessionResource::noLink);
    if (meant.resets()) {
      sessions.endAll(user.id());
    }
    trail.session(call.head(), meant.resets() ? "reset password" : "set up", user);
    return begun(201, call, sessions.begin(user));
  }

  private static Refused noLink() {
    return new Refused(
        Problem.invalid(
            List.of(
                Fault.at(
                    "/token",
                    "This link is unknown, has been used, or is older than an hour. Ask for a new"
                        + " one."))));
  }

  /// Notes what is wrong with a password that is to be set: it is long, and not the email address.
  private static void checkNew(
      Members members, String name, String password, @Nullable String email) {
    String wrong = NEW_PASSWORD.fault(password);
    if (!members.isFaulty(name) && wrong != null) {
      members.fault(name, name + " " + wrong + ".");
    } else if (email != null && SignIn.normal(password).equals(email)) {
      members.fault(name, name + " must not be the email address.");
    }
  }

  Response signIn(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String email = members.text("email", TextRule.any(1, 254));
    String password = members.text("password", TYPED);
    members.refuseOthers();
    call.refuse();
    return switch (signIn.attempt(email, password, addresses.of(call.head()))) {
      case SignIn.Outcome.Done(Session session) -> {
        trail.session(call.head(), "sign in", session.user());
        yield begun(200, call, session);
      }
      case SignIn.Outcome.Wrong wrong -> {
        trail.failed(call.head(), SignIn.normal(email));
        throw refused(wrong);
      }
      case SignIn.Outcome.TooMany many -> throw refused(many);
    };
  }

  private static void refuse(SignIn.@Nullable Outcome refusal) {
    if (refusal != null) {
      throw refused(refusal);
    }
  }

  private static Refused refused(SignIn.Outcome outcome) {
    return new Refused(
        switch (outcome) {
          case SignIn.Outcome.TooMany many ->
              new Problem(
                  Kind.TOO_MANY_REQUESTS,
                  "That was wrong too often. Wait, and try again.",
                  List.of(),
                  many.left());
          case SignIn.Outcome.Wrong wrong ->
              Problem.of(Kind.UNAUTHORIZED, "The email address or the password is wrong.");
          case SignIn.Outcome.Done done -> throw new IllegalStateException("it was right");
        });
  }

  /// Answers with a new session's cookie. One that the browser had is over, so that nobody can have
  /// put theirs there before.
  private Response begun(int status, Call call, Session session) {
    String before = SessionCookie.in(call.head());
    Session other = before == null ? null : sessions.find(before);
    if (other != null) {
      sessions.end(other);
    }
    return Answers.with(shown(status, session), cookie.set(session.token()));
  }

  Response get(Call call) {
    call.refuse();
    return shown(200, call.session());
  }

  private Response shown(int status, Session session) {
    User user = session.user();
    Json body =
        Json.object()
            .put(
                "user",
                Json.object()
                    .put("id", Ids.text(User.PREFIX, user.id()))
                    .put("email", user.email())
                    .put("name", user.shownName())
                    .put("operator", user.operator())
                    .build())
            .put("tenants", Json.array(tenantsOf(user)))
            .put("csrf", session.token().csrf())
            .build();
    return Answers.with(Answers.json(status, body), new Header("Cache-Control", "no-store"));
  }

  private List<Json> tenantsOf(User user) {
    var shown = new ArrayList<Json>();
    for (Membership membership : user.joined()) {
      Tenant tenant = tenants.numbered(membership.tenant());
      if (tenant != null) {
        shown.add(tenant(tenant, membership.role(), membership.payloads()));
      }
    }
    if (user.operator()) {
      tenants.all().stream()
          .filter(tenant -> user.in(tenant.id()) == null)
          .limit(MOST_TENANTS)
          .forEach(tenant -> shown.add(tenant(tenant, Role.OPERATOR, true)));
    }
    return shown;
  }

  private static Json tenant(Tenant tenant, Role role, boolean payloads) {
    return Json.object()
        .put("id", tenant.name())
        .put("name", tenant.label())
        .put("role", role.text())
        .put("payloads", role != Role.VIEWER || payloads)
        .build();
  }

  Response signOut(Call call) {
    call.refuse();
    sessions.end(call.session());
    trail.session(call.head(), "sign out", call.session().user());
    return Answers.with(Answers.noContent(), cookie.cleared());
  }

  Response signOutEverywhere(Call call) {
    call.refuse();
    sessions.endAll(call.session().user().id());
    trail.session(call.head(), "sign out everywhere", call.session().user());
    return Answers.with(Answers.noContent(), cookie.cleared());
  }

  /// Sets another password, which ends the user's other sessions.
  Response changePassword(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String current = members.text("current", TYPED);
    String password = members.text("password", TYPED);
    members.refuseOthers();
    Session session = call.session();
    checkNew(members, "password", password, session.user().email());
    call.refuse();
    SignIn.Outcome refusal = signIn.refusal(session.user(), current, addresses.of(call.head()));
    if (refusal instanceof SignIn.Outcome.Wrong) {
      members.fault("current", "current is not your password.");
      call.refuse();
    }
    refuse(refusal);
    users.setPassword(session.user(), passwords.hash(password));
    sessions.endOthers(session);
    trail.session(call.head(), "change password", session.user());
    return Answers.noContent();
  }
}
