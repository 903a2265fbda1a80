package io.fairlead.api;

import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.AuthorizationDocument;
import io.fairlead.authorization.AuthorizationDraft;
import io.fairlead.authorization.Authorizations;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Rotation;
import io.fairlead.authorization.Signing;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.call.Attempt;
import io.fairlead.call.Callers;
import io.fairlead.call.Occasion;
import io.fairlead.command.Dependents;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.http.Response;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Saved;
import io.fairlead.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/v1/authorizations`: who calls are made as. Reads come from the catalog, which is what runs.
public final class AuthorizationResource {
  private static final List<String> VERIFY_METHODS = List.of("GET", "HEAD", "POST");
  private static final TextRule URL = TextRule.any(1, 8_192);

  private final Database database;
  private final Authorizations authorizations;
  private final AuthorizationCatalog catalog;
  private final Dependents users;
  private final Callers callers;
  private final Ids ids;
  private final Clock clock;

  /// @param authorizations writes the rows
  /// @param users the connectors that use them
  /// @param callers makes the call of a check
  public AuthorizationResource(
      Database database,
      Authorizations authorizations,
      AuthorizationCatalog catalog,
      Dependents users,
      Callers callers,
      Ids ids,
      Clock clock) {
    this.database = database;
    this.authorizations = authorizations;
    this.catalog = catalog;
    this.users = users;
    this.callers = callers;
    this.ids = ids;
    this.clock = clock;
  }

  Response list(Call call) {
    String part = call.parameters().searched("q");
    List<Authorization> all =
        catalog.of(call.tenant().id()).stream()
            .filter(one -> Parameters.isIn(one.name(), part))
            .toList();
    return call.list(
        slice -> Page.ofAll(all, slice, Authorization::id),
        one -> json(one).build(),
        Authorization::id);
  }

  Response create(Call call) {
    AuthorizationDraft draft = call.right(AuthorizationDocument.create(call.body(), call.faults()));
    Authorization made =
        done(
            database.write(
                handle -> authorizations.insert(handle, call.tenant().id(), draft),
                saved -> {
                  if (saved instanceof Saved.Done<Authorization>(Authorization authorization)) {
                    catalog.put(authorization);
                  }
                }));
    return Answers.created(
        "/v1/authorizations/" + Ids.text(Authorization.PREFIX, made.id()),
        withUsers(made),
        etag(made));
  }

  Response get(Call call) {
    return answer(find(call));
  }

  Response replace(Call call) {
    Json document = call.body();
    return change(call, before -> AuthorizationDocument.replace(document, before, call.faults()));
  }

  Response patch(Call call) {
    Json document = call.body();
    return change(call, before -> AuthorizationDocument.patch(document, before, call.faults()));
  }

  Response rotate(Call call) {
    Json document = call.body();
    return change(call, before -> Rotation.read(document, before, clock.millis(), call.faults()));
  }

  private Response change(Call call, Function<Authorization, @Nullable AuthorizationDraft> drafts) {
    return answer(done(Changes.retried(() -> changed(call, drafts))));
  }

  private Saved<Authorization> changed(
      Call call, Function<Authorization, @Nullable AuthorizationDraft> drafts) {
    Authorization before = find(call);
    call.checkIfMatch(etag(before));
    AuthorizationDraft draft = call.right(drafts.apply(before));
    refuseHosts(call, before, draft);
    return database.write(handle -> users.update(handle, before, draft), users::apply).saved();
  }

  /// Who may use a secret may not decide where it goes.
  private static void refuseHosts(Call call, Authorization before, AuthorizationDraft draft) {
    boolean same =
        new HashSet<>(draft.hosts().origins()).equals(new HashSet<>(before.hosts().origins()));
    if (!same && !call.may(Access.ADMIN)) {
      throw new Refused(
          Answers.problem(
              Kind.FORBIDDEN,
              "Only an admin changes where an authorization may be sent.",
              Fault.at("/hosts", "is changed")));
    }
  }

  Response delete(Call call) {
    Authorization before = find(call);
    call.checkIfMatch(etag(before));
    boolean deleted =
        database.write(handle -> users.delete(handle, before), done -> catalog.remove(before.id()));
    if (!deleted) {
      throw Answers.notFound("authorization", call.id());
    }
    return Answers.noContent();
  }

  Response verify(Call call) {
    Authorization authorization = find(call);
    Members members = Members.of(call.body(), "", call.faults());
    String url = members.text("url", URL);
    String method = members.word("method", VERIFY_METHODS, "GET");
    members.refuseOthers();
    if (url.contains("{{")) {
      members.fault("url", "There is no event here, so tokens cannot be filled.");
    }
    call.refuse();
    Connector connector = probe(call, authorization, url, method);
    long now = clock.millis();
    var occasion =
        new Occasion(
            ids.next(),
            ids.next(),
            "fairlead.verify",
            now,
            "{}".getBytes(StandardCharsets.UTF_8),
            1);
    Attempt attempt = callers.call(connector, occasion);
    boolean ok = attempt.error() == null;
    Integer status = attempt.answer() == null ? null : attempt.answer().status();
    return Answers.json(
        200,
        Json.object()
            .put("ok", ok)
            .put(
                "sentence", ok ? "The third party answered %d.".formatted(status) : attempt.error())
            .put("errorClass", attempt.errorClass() == null ? null : attempt.errorClass().name())
            .put("durationMs", Math.round(attempt.micros() / 1000.0))
            .put(
                "request",
                AttemptResource.request(
                    attempt.sent(),
                    Ids.text(occasion.purpose().idPrefix(), occasion.delivery()),
                    attempt.startedAt(),
                    () -> new byte[0]))
            .put("response", AttemptResource.response(attempt.answer(), attempt.result()))
            .build());
  }

  /// A connector that is not saved, with the authorization and nothing else.
  private Connector probe(Call call, Authorization authorization, String url, String method) {
    JsonObject reference =
        Json.object().put("id", Ids.text(Authorization.PREFIX, authorization.id())).build();
    JsonObject body =
        method.equals("POST")
            ? Json.object().put("type", "json").put("template", "{}").build()
            : Json.object().put("type", "none").build();
    JsonObject document =
        Json.object()
            .put("name", "verify")
            .put("method", method)
            .put("url", url)
            .put("body", body)
            .put(
                authorization.proof() instanceof Credential ? "authorization" : "signing",
                reference)
            .put("policy", Json.object().put("timeout", "15s").build())
            .build();
    Tenant tenant = call.tenant();
    var faults = new Faults();
    var home = new Home(tenant.id(), tenant.name(), catalog);
    Draft draft = ConnectorDocument.create(document, home, faults);
    for (Fault fault : faults.list()) {
      call.faults().at(fault.at().startsWith("/body") ? "/method" : "/url", fault.detail());
    }
    return Connector.unsaved(0, home, call.right(draft));
  }

  private static Authorization done(Saved<Authorization> saved) {
    return Changes.done(saved, "an authorization");
  }

  private Authorization find(Call call) {
    long id = call.id(Authorization.PREFIX, "authorization");
    Authorization found = catalog.get(call.tenant().id(), id);
    if (found == null) {
      throw Answers.notFound("authorization", call.id());
    }
    return found;
  }

  private Response answer(Authorization authorization) {
    return Answers.resource(200, withUsers(authorization), etag(authorization));
  }

  private static String etag(Authorization authorization) {
    return Answers.etag(authorization.revision());
  }

  private JsonObject withUsers(Authorization authorization) {
    List<Json> usedBy =
        users.connectors(authorization).stream().map(ConnectorResource::reference).toList();
    return json(authorization)
        .put("usedBy", Json.array(usedBy))
        .put(
            "usedByCommands",
            Json.array(users.commands(authorization).stream().map(Json::of).toList()))
        .build();
  }

  private Json.Builder json(Authorization authorization) {
    Signing.Keys keys =
        authorization.proof() instanceof Signing signing ? signing.signingKeys() : null;
    boolean overlaps = keys != null && keys.former() != null && clock.millis() < keys.formerUntil();
    return Json.object()
        .put("id", Ids.text(Authorization.PREFIX, authorization.id()))
        .putAll(AuthorizationDocument.settings(authorization))
        .put("overlapEndsAt", Answers.time(overlaps && keys != null ? keys.formerUntil() : null))
        .put("revision", authorization.revision())
        .put("createdAt", Answers.time(authorization.createdAt()))
        .put("updatedAt", Answers.time(authorization.updatedAt()));
  }
}
