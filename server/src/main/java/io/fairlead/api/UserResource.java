package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Members;
import io.fairlead.storage.Page;
import io.fairlead.tenant.Role;
import io.fairlead.user.Membership;
import io.fairlead.user.Sessions;
import io.fairlead.user.SetupLinks;
import io.fairlead.user.SignIn;
import io.fairlead.user.User;
import io.fairlead.user.Users;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/v1/users`: who may sign in for a tenant, and as what. An admin makes, changes and removes
/// everybody but owners; only operators make operators.
public final class UserResource {
  private final Users users;
  private final SetupLinks links;
  private final Sessions sessions;
  private final Supplier<String> url;

  /// @param url where people reach the hub, without a slash at its end
  public UserResource(Users users, SetupLinks links, Sessions sessions, Supplier<String> url) {
    this.users = users;
    this.links = links;
    this.sessions = sessions;
    this.url = url;
  }

  /// What a request wants a user to be.
  private record Wanted(Role role, boolean payloads) {}

  Response list(Call call) {
    long tenant = call.tenant().id();
    List<User> all = users.of(tenant);
    return call.list(
        slice -> Page.ofAll(all, slice, User::id), user -> json(call, user).build(), User::id);
  }

  Response create(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String email = members.text("email", SessionResource.EMAIL);
    Wanted wanted = wanted(members, null);
    boolean operator = members.flag("operator", false);
    members.refuseOthers();
    call.refuse();
    mayMake(call, wanted.role(), operator);
    SetupLinks.Invited invited =
        links.invite(
            SignIn.normal(email), call.tenant().id(), wanted.role(), wanted.payloads(), operator);
    return switch (invited) {
      case SetupLinks.Invited.Already already ->
          throw Call.taken(
              "%s is in this tenant already, as %s."
                  .formatted(
                      Answers.shown(already.user().email()),
                      Ids.text(User.PREFIX, already.user().id())),
              "/email");
      case SetupLinks.Invited.Done(User user, SetupLinks.Made link) ->
          Answers.created(
              "/v1/users/" + Ids.text(User.PREFIX, user.id()),
              withLink(json(call, user), link),
              etag(membership(call, user)));
    };
  }

  private Json withLink(Json.Builder json, SetupLinks.Made link) {
    return json.put("link", "%s/setup?token=%s".formatted(url.get(), link.token().text()))
        .put("linkExpiresAt", Answers.time(link.expiresAt()))
        .build();
  }

  /// A new link for who has not come yet; of an operator, for a new password too.
  Response invite(Call call) {
    Members.of(call.bodyOrNothing(), "", call.faults()).refuseOthers();
    call.refuse();
    User user = find(call);
    Membership membership = membership(call, user);
    mayTouch(call, membership);
    boolean isOperator = call.caller().role() == Role.OPERATOR;
    if (membership.joined() && !isOperator) {
      throw new Refused(
          Problem.of(
              Kind.CONFLICT,
              "They have joined already. A link for a new password is an operator's to make."));
    }
    SetupLinks.Made link =
        links.again(user, membership.tenant(), isOperator && membership.joined());
    return Answers.json(201, withLink(json(call, user), link));
  }

  Response get(Call call) {
    return answer(call, find(call));
  }

  Response patch(Call call) {
    User user = find(call);
    Membership before = membership(call, user);
    call.checkIfMatch(etag(before));
    Members members = Members.of(call.body(), "", call.faults());
    Wanted wanted = wanted(members, before);
    boolean operator = members.flag("operator", user.operator());
    members.refuseOthers();
    call.refuse();
    mayTouch(call, before);
    mayMake(call, wanted.role(), operator != user.operator());
    Users.Change change = users.change(user, before, wanted.role(), wanted.payloads(), operator);
    User after = done(call, change);
    if (after == null) {
      throw Answers.notFound("user", call.id());
    }
    return answer(call, after);
  }

  Response remove(Call call) {
    User user = find(call);
    Membership before = membership(call, user);
    call.checkIfMatch(etag(before));
    mayTouch(call, before);
    if (done(call, users.remove(user, before)) == null) {
      sessions.endAll(user.id());
    }
    return Answers.noContent();
  }

  private static @Nullable User done(Call call, Users.Change change) {
    return switch (change) {
      case Users.Change.Done(User user) -> user;
      case Users.Change.Missing missing -> throw Answers.notFound("user", call.id());
      case Users.Change.Stale stale -> throw Call.stale();
      case Users.Change.LastOwner last ->
          throw new Refused(
              Problem.of(
                  Kind.CONFLICT, "This is the tenant's last owner. Make another one before."));
    };
  }

  /// @param before what they are, or null when they are to be made
  private static Wanted wanted(Members members, @Nullable Membership before) {
    String word =
        before == null
            ? members.word("role", Role.OF_USERS)
            : members.word("role", Role.OF_USERS, before.role().text());
    Role role = Role.ofUsers(word);
    boolean payloads = members.flag("payloads", before == null || before.payloads());
    boolean isViewer = role == Role.VIEWER;
    if (!isViewer && members.has("payloads") && !payloads) {
      members.fault("payloads", "Only a viewer can be kept from payloads.");
    }
    return new Wanted(role == null ? Role.VIEWER : role, !isViewer || payloads);
  }

  private static void mayMake(Call call, Role role, boolean operator) {
    Role own = call.caller().role();
    if (operator && own != Role.OPERATOR) {
      throw forbidden("Only an operator says who is an operator.", "/operator");
    }
    if (role == Role.OWNER && own != Role.OPERATOR && own != Role.OWNER) {
      throw forbidden("Only an owner makes owners.", "/role");
    }
  }

  private static void mayTouch(Call call, Membership membership) {
    Role own = call.caller().role();
    if (membership.role() == Role.OWNER && own != Role.OPERATOR && own != Role.OWNER) {
      throw new Refused(Problem.of(Kind.FORBIDDEN, "Only an owner changes or removes an owner."));
    }
  }

  private static Refused forbidden(String detail, String pointer) {
    return new Refused(
        Answers.problem(Kind.FORBIDDEN, detail, Fault.at(pointer, "is not yours to give")));
  }

  private User find(Call call) {
    long id = call.id(User.PREFIX, "user");
    User user = users.get(id);
    if (user == null || user.in(call.tenant().id()) == null) {
      throw Answers.notFound("user", call.id());
    }
    return user;
  }

  private static Membership membership(Call call, User user) {
    Membership membership = user.in(call.tenant().id());
    if (membership == null) {
      throw Answers.notFound("user", Ids.text(User.PREFIX, user.id()));
    }
    return membership;
  }

  private Response answer(Call call, User user) {
    return Answers.resource(200, json(call, user).build(), etag(membership(call, user)));
  }

  private static String etag(Membership membership) {
    return Answers.etag(membership.revision());
  }

  /// Of somebody who has not joined yet it says no more than the invitation did: they may be known
  /// to another tenant.
  private Json.Builder json(Call call, User user) {
    Membership membership = membership(call, user);
    boolean joined = membership.joined();
    return Json.object()
        .put("id", Ids.text(User.PREFIX, user.id()))
        .put("email", user.email())
        .put("name", joined ? user.name() : null)
        .put("role", membership.role().text())
        .put("payloads", membership.payloads())
        .put("operator", user.operator() && (joined || call.may(Access.OPERATOR)))
        .put("state", joined ? "active" : "invited")
        .put("createdAt", Answers.time(membership.createdAt()))
        .put("lastSeenAt", Answers.time(joined ? sessions.seenAt(user.id()) : null));
  }
}
