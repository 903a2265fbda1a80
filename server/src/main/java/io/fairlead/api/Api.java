package io.fairlead.api;

import static io.fairlead.api.Access.ADMIN;
import static io.fairlead.api.Access.CHANGE;
import static io.fairlead.api.Access.FRONT_DOOR;
import static io.fairlead.api.Access.INGEST;
import static io.fairlead.api.Access.OPEN;
import static io.fairlead.api.Access.OPERATOR;
import static io.fairlead.api.Access.READ;
import static io.fairlead.api.Access.SIGNED_IN;
import static io.fairlead.api.Credentials.BEARER;
import static io.fairlead.api.Credentials.EMAIL_AND_KEY;
import static io.fairlead.api.Payloads.Unsaid.UNSAID;
import static io.fairlead.api.Takes.EVENT;
import static io.fairlead.api.Takes.EVENTS;
import static io.fairlead.api.Takes.IMPORT;
import static io.fairlead.api.Takes.JSON;
import static io.fairlead.api.Takes.NOTHING;
import static io.fairlead.api.Takes.OPTIONAL_JSON;
import static io.fairlead.api.Takes.PATCH;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.http.Edge;
import io.fairlead.http.Head;
import io.fairlead.http.Header;
import io.fairlead.http.Request;
import io.fairlead.http.Response;
import io.fairlead.ingest.Ingest;
import io.fairlead.json.JsonReader;
import io.fairlead.storage.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every route, and what happens to a request before and after its resource: who may call, what
/// body may come, and how everything that goes wrong is answered.
public final class Api implements Edge {
  private static final Logger log = LoggerFactory.getLogger(Api.class);

  /// Of everything but events.
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final String ONE_CONNECTOR = "/compat/bealder/v2/connector";

  private static final Duration COME_AGAIN = Duration.ofSeconds(1);

  /// The resources, one a noun.
  public record Resources(
      ConnectorResource connectors,
      RevisionResource revisions,
      TemplateResource templates,
      PreviewResource previews,
      AdaptorResource adaptors,
      CommandResource commands,
      BindingResource bindings,
      BindingTestResource bindingTests,
      ImportResource imports,
      EventResource events,
      EventTypeResource eventTypes,
      MatchResource matches,
      DeliveryResource deliveries,
      AttemptResource attempts,
      AuthorizationResource authorizations,
      StatsResource stats,
      SearchResource search,
      EgressResource egress,
      ApiKeyResource apiKeys,
      TenantResource tenants,
      RunResource runs,
      UserResource users,
      AuditResource audit,
      OneConnectorResource oneConnector,
      SessionResource sessions,
      HubResource hub) {}

  private final List<Route> table;
  private final Routes routes;
  private final Site site;
  private final Doorkeeper door;
  private final AuditTrail trail;
  private final JsonReader json;

  /// @param metricsAreOpen whether `/metrics` needs no key
  public Api(
      Resources resources,
      Doorkeeper door,
      AuditTrail trail,
      Site site,
      JsonReader json,
      boolean metricsAreOpen) {
    this.table = table(resources, metricsAreOpen);
    this.routes = new Routes(table);
    this.door = door;
    this.trail = trail;
    this.site = site;
    this.json = json;
  }

  /// Every route.
  List<Route> table() {
    return table;
  }

  private static List<Route> table(Resources r, boolean metricsAreOpen) {
    return List.of(
        get("/v1/connectors", READ, r.connectors::list)
            .with(
                "limit",
                "cursor",
                "sort",
                "q",
                "state",
                "method",
                "bodyType",
                "adaptor",
                "authorization")
            .plain(),
        post("/v1/connectors", CHANGE, JSON, r.connectors::create).plain(),
        post("/v1/connectors/activate", CHANGE, JSON, r.connectors::activateMany).plain(),
        post("/v1/connectors/disable", CHANGE, JSON, r.connectors::disableMany).plain(),
        post("/v1/connectors/import", CHANGE, IMPORT, r.imports::read).unchanging().plain(),
        get("/v1/connectors/{id}/export", READ, r.imports::export).with("as").plain(),
        get("/v1/connectors/{id}", READ, r.connectors::get).plain(),
        on("PUT", "/v1/connectors/{id}", CHANGE, JSON, r.connectors::replace).plain(),
        on("PATCH", "/v1/connectors/{id}", CHANGE, PATCH, r.connectors::patch).plain(),
        delete("/v1/connectors/{id}", CHANGE, r.connectors::delete).with("deliveries").plain(),
        post("/v1/connectors/{id}/activate", CHANGE, OPTIONAL_JSON, r.connectors::activate).plain(),
        post("/v1/connectors/{id}/disable", CHANGE, OPTIONAL_JSON, r.connectors::disable).plain(),
        post("/v1/connectors/{id}/test", CHANGE, JSON, r.previews::test).showsPayloads(),
        post("/v1/preview", CHANGE, JSON, r.previews::preview).unchanging().showsPayloads(),
        get("/v1/templates", READ, r.templates::list).plain(),
        get("/v1/templates/{id}", READ, r.templates::get).plain(),
        get("/v1/connectors/{id}/revisions", READ, r.revisions::list).paged().plain(),
        get("/v1/connectors/{id}/revisions/{revision}", READ, r.revisions::get).plain(),
        get("/v1/connectors/{id}/revisions/{revision}/diff", READ, r.revisions::diff)
            .with("with")
            .plain(),
        post(
                "/v1/connectors/{id}/revisions/{revision}/restore",
                CHANGE,
                OPTIONAL_JSON,
                r.connectors::restore)
            .plain(),
        post("/v1/connectors/{id}/match", READ, JSON, r.matches::match).showsPayloads(),
        get("/v1/authorizations", READ, r.authorizations::list).paged("q").plain(),
        post("/v1/authorizations", CHANGE, JSON, r.authorizations::create).plain(),
        get("/v1/authorizations/{id}", READ, r.authorizations::get).plain(),
        on("PUT", "/v1/authorizations/{id}", CHANGE, JSON, r.authorizations::replace).plain(),
        on("PATCH", "/v1/authorizations/{id}", CHANGE, PATCH, r.authorizations::patch).plain(),
        delete("/v1/authorizations/{id}", CHANGE, r.authorizations::delete).plain(),
        post("/v1/authorizations/{id}/rotate", CHANGE, JSON, r.authorizations::rotate).plain(),
        post("/v1/authorizations/{id}/verify", CHANGE, JSON, r.authorizations::verify)
            .showsPayloads(),
        get("/v1/adaptors", READ, r.adaptors::list).paged("q").plain(),
        post("/v1/adaptors", CHANGE, JSON, r.adaptors::create).plain(),
        post("/v1/adaptors/preview", CHANGE, JSON, r.adaptors::preview)
            .unchanging()
            .showsPayloads(),
        get("/v1/adaptors/{id}", READ, r.adaptors::get).plain(),
        on("PUT", "/v1/adaptors/{id}", CHANGE, JSON, r.adaptors::replace).plain(),
        on("PATCH", "/v1/adaptors/{id}", CHANGE, PATCH, r.adaptors::patch).plain(),
        delete("/v1/adaptors/{id}", CHANGE, r.adaptors::delete).plain(),
        get("/v1/commands", READ, r.commands::list).paged().plain(),
        post("/v1/commands", OPERATOR, JSON, r.commands::create).plain(),
        get("/v1/commands/{name}", READ, r.commands::get).plain(),
        on("PUT", "/v1/commands/{name}", OPERATOR, JSON, r.commands::replace).plain(),
        on("PATCH", "/v1/commands/{name}", OPERATOR, PATCH, r.commands::patch).plain(),
        delete("/v1/commands/{name}", OPERATOR, r.commands::delete).plain(),
        get("/v1/commands/{name}/binding", READ, r.bindings::get).plain(),
        on("PUT", "/v1/commands/{name}/binding", CHANGE, JSON, r.bindings::replace).plain(),
        on("PATCH", "/v1/commands/{name}/binding", CHANGE, PATCH, r.bindings::patch).plain(),
        delete("/v1/commands/{name}/binding", CHANGE, r.bindings::delete).plain(),
        post("/v1/commands/{name}/test", CHANGE, JSON, r.bindingTests::test).showsPayloads(),
        onLoop("/v1/events", EVENT, r.events::send).plain(),
        get("/v1/events", READ, r.events::list)
            .paged("clientId", "key", "type", "from", "to")
            .plain(),
        onLoop("/v1/events/batch", EVENTS, r.events::sendMany).plain(),
        get("/v1/events/{id}", READ, r.events::get).hiding("/data"),
        get("/v1/event-types", READ, r.eventTypes::list).paged().plain(),
        get("/v1/event-types/{id}", READ, r.eventTypes::get).hiding("/sample"),
        on("PUT", "/v1/event-types/{id}", CHANGE, JSON, r.eventTypes::describe).hiding("/sample"),
        delete("/v1/event-types/{id}", CHANGE, r.eventTypes::delete).plain(),
        get("/v1/events/{id}/matches", READ, r.matches::ofEvent).paged().showsPayloads(),
        get("/v1/deliveries", READ, r.deliveries::list)
            .paged(DeliveryResource.FILTERS)
            .hiding("/data/*/result", "/data/*/lastError")
            .closing("q"),
        get("/v1/deliveries/export", READ, r.deliveries::export)
            .with(DeliveryResource.FILTERS)
            .showsPayloads(),
        post("/v1/deliveries/retry", CHANGE, JSON, r.deliveries::retryMany).plain(),
        post("/v1/deliveries/cancel", CHANGE, JSON, r.deliveries::cancelMany).plain(),
        get("/v1/deliveries/{id}", READ, r.deliveries::get)
            .hiding("/result", "/lastError", "/attempts/*/error"),
        post("/v1/deliveries/{id}/retry", CHANGE, OPTIONAL_JSON, r.deliveries::retry)
            .hiding("/result", "/lastError"),
        get("/v1/attempts/{id}", READ, r.attempts::get).hiding("/request", "/response", "/error"),
        get("/v1/stats", READ, r.stats::stats).with("from", "to", "step", "connector").plain(),
        get("/v1/stats/connectors", READ, r.stats::ofConnectors)
            .with("id")
            .hiding("/data/*/lastResult/error"),
        get("/v1/search", READ, r.search::search)
            .with("q", "in", "from", "to")
            .hiding()
            .closing("in"),
        get("/v1/egress", READ, r.egress::get).plain(),
        post("/v1/api-keys", ADMIN, JSON, r.apiKeys::create).plain(),
        get("/v1/api-keys", ADMIN, r.apiKeys::list).paged().plain(),
        get("/v1/api-keys/{id}", ADMIN, r.apiKeys::get).plain(),
        delete("/v1/api-keys/{id}", ADMIN, r.apiKeys::revoke).plain(),
        post("/v1/tenants", OPERATOR, JSON, r.tenants::create).plain(),
        get("/v1/tenants", OPERATOR, r.tenants::list).paged().plain(),
        get("/v1/tenants/{id}", OPERATOR, r.tenants::get).plain(),
        on("PATCH", "/v1/tenants/{id}", OPERATOR, PATCH, r.tenants::patch).plain(),
        streaming("POST", "/v1/commands/{name}/run", INGEST, JSON, r.runs::run).showsPayloads(),
        post("/v1/commands/{name}/links", INGEST, JSON, r.runs::link).plain(),
        streaming("GET", "/links/{token}", OPEN, NOTHING, r.runs::open).plain(),
        get("/v1/runs", READ, r.runs::list)
            .paged("command", "outcome", "from", "to")
            .hiding("/data/*/error"),
        get("/v1/runs/{id}", READ, r.runs::get)
            .hiding("/error", "/targets/*/request", "/targets/*/response", "/targets/*/error"),
        on("PUT", ONE_CONNECTOR, CHANGE, OPTIONAL_JSON, r.oneConnector::put)
            .by(EMAIL_AND_KEY)
            .plain(),
        get(ONE_CONNECTOR, CHANGE, r.oneConnector::get).by(EMAIL_AND_KEY).plain(),
        get("/v1/users", ADMIN, r.users::list).paged().plain(),
        post("/v1/users", ADMIN, JSON, r.users::create).plain(),
        get("/v1/users/{id}", ADMIN, r.users::get).plain(),
        on("PATCH", "/v1/users/{id}", ADMIN, PATCH, r.users::patch).plain(),
        delete("/v1/users/{id}", ADMIN, r.users::remove).plain(),
        post("/v1/users/{id}/invitation", ADMIN, OPTIONAL_JSON, r.users::invite).plain(),
        get("/v1/audit", ADMIN, r.audit::list).paged("actor", "subject", "from", "to").plain(),
        get("/v1/setup", OPEN, r.sessions::setupNeeded).plain(),
        post("/v1/setup", FRONT_DOOR, JSON, r.sessions::setUp).plain(),
        post("/v1/session", FRONT_DOOR, JSON, r.sessions::signIn).plain(),
        get("/v1/session", SIGNED_IN, r.sessions::get).plain(),
        delete("/v1/session", SIGNED_IN, r.sessions::signOut).plain(),
        delete("/v1/sessions", SIGNED_IN, r.sessions::signOutEverywhere).plain(),
        on("PUT", "/v1/session/password", SIGNED_IN, JSON, r.sessions::changePassword).plain(),
        get("/healthz", OPEN, r.hub::health).plain(),
        get("/readyz", OPEN, r.hub::readiness).plain(),
        get("/metrics", metricsAreOpen ? OPEN : OPERATOR, r.hub::metrics).plain(),
        get("/openapi.yaml", OPEN, r.hub::contract).plain());
  }

  private static Route get(String path, Access access, Function<Call, Response> resource) {
    return on("GET", path, access, NOTHING, resource);
  }

  private static Route post(
      String path, Access access, Takes takes, Function<Call, Response> resource) {
    return on("POST", path, access, takes, resource);
  }

  private static Route delete(String path, Access access, Function<Call, Response> resource) {
    return on("DELETE", path, access, NOTHING, resource);
  }

  private static Route on(
      String method, String path, Access access, Takes takes, Function<Call, Response> resource) {
    return new Route(
        method,
        path,
        access,
        takes,
        BEARER,
        List.of(),
        new Route.Handler.Blocking(resource),
        UNSAID,
        false);
  }

  /// Events are taken where they arrive, without a change of thread.
  private static Route onLoop(String path, Takes takes, Route.Asynchronous resource) {
    return new Route(
        "POST",
        path,
        INGEST,
        takes,
        BEARER,
        List.of(),
        new Route.Handler.OnLoop(resource),
        UNSAID,
        false);
  }

  /// Answers that are passed on as they come.
  private static Route streaming(
      String method, String path, Access access, Takes takes, Route.Streams resource) {
    return new Route(
        method,
        path,
        access,
        takes,
        BEARER,
        List.of(),
        new Route.Handler.Streaming(resource),
        UNSAID,
        false);
  }

  @Override
  public Take take(Head head) {
    Routes.Found found = routes.find(head.path());
    if (found == null) {
      Take console = site.take(head);
      return console != null ? console : now(Problem.of(Kind.NOT_FOUND, "There is no such path."));
    }
    Route route = found.byMethod().get(head.method());
    if (route == null) {
      return new Now(methodNotAllowed(found));
    }
    return switch (door.judge(head, route)) {
      case Doorkeeper.Verdict.TurnedAway away -> now(away.problem());
      case Doorkeeper.Verdict.LetIn in when !in.seesPayloads() && showsPayloads(route) ->
          now(
              Problem.of(
                  Kind.FORBIDDEN,
                  "This shows what events and calls hold, which you may not see here."));
      case Doorkeeper.Verdict.LetIn in -> take(head, route, in, found.ids());
    };
  }

  /// Whether a route is closed to who must not see payloads; one that did not say is.
  private static boolean showsPayloads(Route route) {
    return switch (route.payloads()) {
      case Payloads.None none -> false;
      case Payloads.Hidden hidden -> !(route.handler() instanceof Route.Handler.Blocking);
      case Payloads.Shown shown -> true;
      case Payloads.Unsaid unsaid -> true;
    };
  }

  private Take take(Head head, Route route, Doorkeeper.Verdict.LetIn in, List<String> ids) {
    if (lacksRightContent(head, route.takes())) {
      return now(unsupported(route.takes()));
    }
    int limit = bodyLimit(route.takes(), head);
    return switch (route.handler()) {
      case Route.Handler.Blocking blocking ->
          new OnThread(
              limit,
              request ->
                  answered(() -> served(blocking, route, in, call(request, route, in, ids))));
      case Route.Handler.OnLoop loop ->
          new OnLoop(
              limit,
              (request, answer) -> {
                Response refused = begun(loop, call(request, route, in, ids), answer);
                if (refused != null) {
                  answer.accept(refused);
                }
              });
      case Route.Handler.Streaming streaming ->
          new Streaming(
              limit,
              (request, answering) -> {
                try {
                  streaming.resource().answer(call(request, route, in, ids), answering);
                } catch (Refused e) {
                  answering.answer(Answers.problem(e.problem()));
                }
              });
    };
  }

  /// Does what was asked, writes it down if it was a change, and hides from the caller what they
  /// must not see.
  private Response served(
      Route.Handler.Blocking blocking, Route route, Doorkeeper.Verdict.LetIn in, Call call) {
    if (!in.seesPayloads() && route.payloads() instanceof Payloads.Hidden hidden) {
      refuseLooking(hidden, call);
      return hidden.in(blocking.resource().apply(call), json);
    }
    return route.isAudited()
        ? trail.watch(route, routes, call, () -> blocking.resource().apply(call))
        : blocking.resource().apply(call);
  }

  /// What is found by a payload tells it, letter by letter.
  private static void refuseLooking(Payloads.Hidden hidden, Call call) {
    for (String name : hidden.closed()) {
      if (!call.parameters().all(name).isEmpty()) {
        throw new Refused(
            Answers.problem(
                Kind.FORBIDDEN,
                "%s looks into what you may not see here.".formatted(name),
                Fault.inParameter(name, "is not for you")));
      }
    }
  }

  private Call call(Request request, Route route, Doorkeeper.Verdict.LetIn in, List<String> ids) {
    return new Call(request, in.tenant(), in.caller(), ids, route.parameters(), json);
  }

  /// Begins what is answered later.
  ///
  /// @return the answer when it was refused at once
  private static @Nullable Response begun(
      Route.Handler.OnLoop loop, Call call, Consumer<Response> answer) {
    try {
      loop.resource().answer(call, answer);
      return null;
    } catch (Refused e) {
      return Answers.problem(e.problem());
    }
  }

  /// What blocking code answers, whatever it ends in.
  private static Response answered(Supplier<Response> resource) {
    try {
      return resource.get();
    } catch (Refused e) {
      return Answers.problem(e.problem());
    } catch (StoreUnavailable e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("a call found no store");
      return Answers.problem(
          Problem.unavailable(
              "The store cannot be used now. Nothing was promised; send it again.", COME_AGAIN));
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("a call failed");
      return Answers.problem(internal());
    }
  }

  private static Take now(Problem problem) {
    return new Now(Answers.problem(problem));
  }

  private static Response methodNotAllowed(Routes.Found found) {
    String methods = String.join(", ", found.byMethod().keySet());
    Problem problem =
        Problem.of(
            Kind.METHOD_NOT_ALLOWED,
            "This path has %s.".formatted(String.join(" and ", found.byMethod().keySet())));
    return Answers.with(Answers.problem(problem), new Header("Allow", methods));
  }

  private static boolean lacksRightContent(Head head, Takes takes) {
    String contentType = head.header("Content-Type");
    if (takes == NOTHING || takes.fits(contentType) || isCloudEvent(head, takes)) {
      return false;
    }
    return takes.isRequired() || contentType != null || hasBody(head);
  }

  /// In the binary mode of CloudEvents the content type is the data's.
  private static boolean isCloudEvent(Head head, Takes takes) {
    return takes == EVENT && head.header(Takes.CLOUD_EVENT_HEADER) != null;
  }

  private static boolean hasBody(Head head) {
    String length = head.header("Content-Length");
    return head.header("Transfer-Encoding") != null || (length != null && !length.equals("0"));
  }

  private static Problem unsupported(Takes takes) {
    String types = String.join(" or ", takes.mediaTypes());
    return Answers.problem(
        Kind.UNSUPPORTED_MEDIA_TYPE,
        "Send %s.".formatted(types),
        Fault.inHeader("Content-Type", "must be %s".formatted(types)));
  }

  private static int bodyLimit(Takes takes, Head head) {
    if (takes == EVENT && Takes.isCloudEvents(head.header("Content-Type"))) {
      return Ingest.MAX_BATCH_BYTES;
    }
    return switch (takes) {
      case NOTHING, JSON, OPTIONAL_JSON, PATCH -> MAX_BODY_BYTES;
      case IMPORT -> ImportResource.MAX_BYTES;
      case EVENT -> Ingest.MAX_EVENT_BYTES;
      case EVENTS -> Ingest.MAX_BATCH_BYTES;
    };
  }

  @Override
  public Response refuse(Refusal why, @Nullable Head head) {
    return Answers.problem(
        switch (why) {
          case BODY_TOO_LARGE -> Problem.of(Kind.TOO_LARGE, tooLarge(head));
          case BODY_TOO_SLOW ->
              Problem.invalid(List.of(Fault.at("", "The body did not come within 30 seconds.")));
          case MALFORMED ->
              Problem.invalid(
                  List.of(
                      Fault.at(
                          "", "This is no HTTP request, or its line or headers are too long.")));
          case FAILED -> internal();
        });
  }

  private String tooLarge(@Nullable Head head) {
    Routes.Found found = head == null ? null : routes.find(head.path());
    Route route = found == null || head == null ? null : found.byMethod().get(head.method());
    if (route == null || head == null) {
      return "The request body is too large.";
    }
    String what =
        switch (route.takes()) {
          case EVENT -> "An event";
          case EVENTS -> "A batch";
          case NOTHING, JSON, OPTIONAL_JSON, IMPORT, PATCH -> "A request body";
        };
    return "%s may have %d bytes.".formatted(what, bodyLimit(route.takes(), head));
  }

  private static Problem internal() {
    return Problem.of(Kind.INTERNAL, "Something went wrong in the hub. Its log says what.");
  }
}
