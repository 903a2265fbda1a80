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
      EgressResource egress,
      ApiKeyResource apiKeys,
      TenantResource tenants,
      OneConnectorResource oneConnector,
      SessionResource sessions,
      HubResource hub) {}

  private final Routes routes;
  private final Site site;
  private final Doorkeeper door;
  private final JsonReader json;

  /// @param metricsAreOpen whether `/metrics` needs no key
  public Api(
      Resources resources, Doorkeeper door, Site site, JsonReader json, boolean metricsAreOpen) {
    this.site = site;
    this.routes = new Routes(table(resources, metricsAreOpen));
    this.door = door;
    this.json = json;
  }

  static List<Route> table(Resources r, boolean metricsAreOpen) {
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
                "authorization"),
        post("/v1/connectors", CHANGE, JSON, r.connectors::create),
        post("/v1/connectors/activate", CHANGE, JSON, r.connectors::activateMany),
        post("/v1/connectors/disable", CHANGE, JSON, r.connectors::disableMany),
        post("/v1/connectors/import", CHANGE, IMPORT, r.imports::read),
        get("/v1/connectors/{id}/export", READ, r.imports::export).with("as"),
        get("/v1/connectors/{id}", READ, r.connectors::get),
        on("PUT", "/v1/connectors/{id}", CHANGE, JSON, r.connectors::replace),
        on("PATCH", "/v1/connectors/{id}", CHANGE, PATCH, r.connectors::patch),
        delete("/v1/connectors/{id}", CHANGE, r.connectors::delete).with("deliveries"),
        post("/v1/connectors/{id}/activate", CHANGE, OPTIONAL_JSON, r.connectors::activate),
        post("/v1/connectors/{id}/disable", CHANGE, OPTIONAL_JSON, r.connectors::disable),
        post("/v1/connectors/{id}/test", CHANGE, JSON, r.previews::test),
        post("/v1/preview", CHANGE, JSON, r.previews::preview),
        get("/v1/templates", READ, r.templates::list),
        get("/v1/templates/{id}", READ, r.templates::get),
        get("/v1/connectors/{id}/revisions", READ, r.revisions::list).paged(),
        get("/v1/connectors/{id}/revisions/{revision}", READ, r.revisions::get),
        get("/v1/connectors/{id}/revisions/{revision}/diff", READ, r.revisions::diff).with("with"),
        post(
            "/v1/connectors/{id}/revisions/{revision}/restore",
            CHANGE,
            OPTIONAL_JSON,
            r.connectors::restore),
        post("/v1/connectors/{id}/match", READ, JSON, r.matches::match),
        get("/v1/authorizations", READ, r.authorizations::list).paged(),
        post("/v1/authorizations", CHANGE, JSON, r.authorizations::create),
        get("/v1/authorizations/{id}", READ, r.authorizations::get),
        on("PUT", "/v1/authorizations/{id}", CHANGE, JSON, r.authorizations::replace),
        on("PATCH", "/v1/authorizations/{id}", CHANGE, PATCH, r.authorizations::patch),
        delete("/v1/authorizations/{id}", CHANGE, r.authorizations::delete),
        post("/v1/authorizations/{id}/rotate", CHANGE, JSON, r.authorizations::rotate),
        post("/v1/authorizations/{id}/verify", CHANGE, JSON, r.authorizations::verify),
        get("/v1/adaptors", READ, r.adaptors::list).paged(),
        post("/v1/adaptors", CHANGE, JSON, r.adaptors::create),
        post("/v1/adaptors/preview", CHANGE, JSON, r.adaptors::preview),
        get("/v1/adaptors/{id}", READ, r.adaptors::get),
        on("PUT", "/v1/adaptors/{id}", CHANGE, JSON, r.adaptors::replace),
        on("PATCH", "/v1/adaptors/{id}", CHANGE, PATCH, r.adaptors::patch),
        delete("/v1/adaptors/{id}", CHANGE, r.adaptors::delete),
        get("/v1/commands", READ, r.commands::list).paged(),
        post("/v1/commands", OPERATOR, JSON, r.commands::create),
        get("/v1/commands/{name}", READ, r.commands::get),
        on("PUT", "/v1/commands/{name}", OPERATOR, JSON, r.commands::replace),
        on("PATCH", "/v1/commands/{name}", OPERATOR, PATCH, r.commands::patch),
        delete("/v1/commands/{name}", OPERATOR, r.commands::delete),
        get("/v1/commands/{name}/binding", READ, r.bindings::get),
        on("PUT", "/v1/commands/{name}/binding", CHANGE, JSON, r.bindings::replace),
        on("PATCH", "/v1/commands/{name}/binding", CHANGE, PATCH, r.bindings::patch),
        delete("/v1/commands/{name}/binding", CHANGE, r.bindings::delete),
        post("/v1/commands/{name}/test", CHANGE, JSON, r.bindingTests::test),
        onLoop("/v1/events", EVENT, r.events::send),
        get("/v1/events", READ, r.events::list).paged("clientId", "key", "type", "from", "to"),
        onLoop("/v1/events/batch", EVENTS, r.events::sendMany),
        get("/v1/events/{id}", READ, r.events::get),
        get("/v1/event-types", READ, r.eventTypes::list).paged(),
        get("/v1/event-types/{id}", READ, r.eventTypes::get),
        on("PUT", "/v1/event-types/{id}", CHANGE, JSON, r.eventTypes::describe),
        delete("/v1/event-types/{id}", CHANGE, r.eventTypes::delete),
        get("/v1/events/{id}/matches", READ, r.matches::ofEvent).paged(),
        get("/v1/deliveries", READ, r.deliveries::list)
            .paged(
                "from",
                "to",
                "connector",
                "event",
                "state",
                "eventType",
                "test",
                "errorClass",
                "status",
                "q"),
        get("/v1/deliveries/export", READ, r.deliveries::export)
            .with(
                "sort",
                "from",
                "to",
                "connector",
                "event",
                "state",
                "eventType",
                "test",
                "errorClass",
                "status",
                "q"),
        post("/v1/deliveries/retry", CHANGE, JSON, r.deliveries::retryMany),
        get("/v1/deliveries/{id}", READ, r.deliveries::get),
        post("/v1/deliveries/{id}/retry", CHANGE, OPTIONAL_JSON, r.deliveries::retry),
        get("/v1/attempts/{id}", READ, r.attempts::get),
        get("/v1/stats", READ, r.stats::stats).with("from", "to", "step", "connector"),
        get("/v1/stats/connectors", READ, r.stats::ofConnectors).with("id"),
        get("/v1/egress", READ, r.egress::get),
        post("/v1/api-keys", ADMIN, JSON, r.apiKeys::create),
        get("/v1/api-keys", ADMIN, r.apiKeys::list).paged(),
        get("/v1/api-keys/{id}", ADMIN, r.apiKeys::get),
        delete("/v1/api-keys/{id}", ADMIN, r.apiKeys::revoke),
        post("/v1/tenants", OPERATOR, JSON, r.tenants::create),
        get("/v1/tenants", OPERATOR, r.tenants::list).paged(),
        get("/v1/tenants/{id}", OPERATOR, r.tenants::get),
        on("PUT", ONE_CONNECTOR, CHANGE, OPTIONAL_JSON, r.oneConnector::put).by(EMAIL_AND_KEY),
        get(ONE_CONNECTOR, CHANGE, r.oneConnector::get).by(EMAIL_AND_KEY),
        get("/v1/setup", OPEN, r.sessions::setupNeeded),
        post("/v1/setup", FRONT_DOOR, JSON, r.sessions::setUp),
        post("/v1/session", FRONT_DOOR, JSON, r.sessions::signIn),
        get("/v1/session", SIGNED_IN, r.sessions::get),
        delete("/v1/session", SIGNED_IN, r.sessions::signOut),
        delete("/v1/sessions", SIGNED_IN, r.sessions::signOutEverywhere),
        on("PUT", "/v1/session/password", SIGNED_IN, JSON, r.sessions::changePassword),
        get("/healthz", OPEN, r.hub::health),
        get("/readyz", OPEN, r.hub::readiness),
        get("/metrics", metricsAreOpen ? OPEN : OPERATOR, r.hub::metrics),
        get("/openapi.yaml", OPEN, r.hub::contract));
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
        method, path, access, takes, BEARER, List.of(), new Route.Handler.Blocking(resource));
  }

  /// Events are taken where they arrive, without a change of thread.
  private static Route onLoop(String path, Takes takes, Route.Asynchronous resource) {
    return new Route(
        "POST", path, INGEST, takes, BEARER, List.of(), new Route.Handler.OnLoop(resource));
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
      case Doorkeeper.Verdict.LetIn in -> take(head, route, in, found.ids());
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
              request -> answered(() -> blocking.resource().apply(call(request, route, in, ids))));
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
