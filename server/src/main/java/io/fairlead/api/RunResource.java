package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.base.Times;
import io.fairlead.call.Answer;
import io.fairlead.call.Attempt;
import io.fairlead.command.Asker;
import io.fairlead.command.CommandDocument;
import io.fairlead.command.Links;
import io.fairlead.command.LoggedRun;
import io.fairlead.command.LoggedRun.AskedTarget;
import io.fairlead.command.RunOrder;
import io.fairlead.command.RunOrders;
import io.fairlead.command.RunOutcome;
import io.fairlead.command.RunProblem;
import io.fairlead.command.RunRows;
import io.fairlead.command.Runs;
import io.fairlead.connector.Connector;
import io.fairlead.http.Answering;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.storage.Database;
import io.fairlead.tenant.ApiKey;
import io.fairlead.tenant.Tenant;
import io.fairlead.tenant.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Running commands, on the event loop of the request; links that run them; and the log of runs.
public final class RunResource {
  private static final List<String> OUTCOMES =
      Arrays.stream(RunOutcome.values())
          .filter(outcome -> outcome != RunOutcome.REFUSED)
          .map(Enum::name)
          .toList();
  private static final Duration LIFE = Duration.ofHours(1);

  private final RunOrders orders;
  private final List<Runs> runs;
  private final Links links;
  private final Tenants tenants;
  private final RunRows rows;
  private final Database database;
  private final String origin;

  /// @param runs of each event loop, in their order
  /// @param publicUrl where people reach the hub; null when nobody said, then links are paths
  public RunResource(
      RunOrders orders,
      List<Runs> runs,
      Links links,
      Tenants tenants,
      RunRows rows,
      Database database,
      @Nullable String publicUrl) {
    this.orders = orders;
    this.runs = List.copyOf(runs);
    this.links = links;
    this.tenants = tenants;
    this.rows = rows;
    this.database = database;
    this.origin = publicUrl == null ? "" : publicUrl;
  }

  void run(Call call, Answering answering) {
    Members members = Members.of(call.body(), "", call.faults());
    Json inputs = inputs(members);
    members.refuseOthers();
    call.refuse();
    RunOrder order =
        counted(
            call, call.id(), () -> order(call.tenant(), call.id(), inputs, asker(call.caller())));
    on(call).run(order, answering, RunResource::problem);
  }

  private static Json inputs(Members members) {
    Json inputs = members.get("inputs");
    return inputs == null ? JsonObject.EMPTY : inputs;
  }

  /// @throws Refused when it may not be run
  private RunOrder order(Tenant tenant, String command, Json inputs, Asker asker) {
    return orders.order(tenant, command, inputs, "/inputs", asker);
  }

  /// Counts what is refused before anybody is asked.
  ///
  /// @throws Refused when it may not be run
  private RunOrder counted(Call call, String command, Supplier<RunOrder> ordering) {
    try {
      return ordering.get();
    } catch (Refused e) {
      if (e.problem().kind() != Kind.NOT_FOUND) {
        on(call).refused(command);
      }
      throw e;
    }
  }

  private Runs on(Call call) {
    return runs.get(call.request().loop().index());
  }

  private static Asker asker(Principal caller) {
    Asker.Kind kind =
        caller.session() != null
            ? Asker.Kind.USER
            : caller.key() == null ? Asker.Kind.OPERATOR : Asker.Kind.KEY;
    return new Asker(kind, caller.key(), caller.name());
  }

  private static Response problem(RunProblem problem) {
    return with(
        Answers.problem(problem.problem(), problem.json()),
        new Header("Cache-Control", "no-store"),
        new Header("Fairlead-Run", problem.run()));
  }

  private static Response with(Response response, Header... more) {
    var headers = new ArrayList<>(response.headers());
    headers.addAll(List.of(more));
    return new Response(response.status(), headers, response.body());
  }

  Response link(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    Json inputs = inputs(members);
    Duration life = members.duration("expiresIn", Links.SHORTEST, Links.LONGEST, LIFE);
    members.refuseOthers();
    call.refuse();
    Asker asker = asker(call.caller());
    RunOrder order = order(call.tenant(), call.id(), inputs, asker);
    refuse(order);
    if (JsonWriter.bytes(order.inputs()).length > Links.MOST_INPUTS) {
      call.faults()
          .at("/inputs", "The inputs of a link may have %,d bytes.".formatted(Links.MOST_INPUTS));
      call.refuse();
    }
    Links.Link link =
        links.link(call.tenant().id(), order.command().name(), order.inputs(), life, asker);
    return Answers.json(
        201,
        Json.object()
            .put("url", origin + "/links/" + links.token(link))
            .put("expiresAt", Times.text(link.expiresAt()))
            .build());
  }

  private static void refuse(RunOrder order) {
    String refusal = Links.refusal(order);
    if (refusal != null) {
      throw new Refused(Problem.of(Kind.CONFLICT, refusal));
    }
  }

  /// Follows a link. People's browsers get problems as a page.
  void open(Call call, Answering answering) {
    String accepts = call.request().header("Accept");
    boolean page = accepts != null && accepts.toLowerCase(Locale.ROOT).contains("text/html");
    Function<RunProblem, Response> problems = page ? ProblemPage::of : RunResource::problem;
    try {
      call.refuse();
      Links.Link link = followed(call.id());
      RunOrder order = counted(call, link.command(), () -> order(link));
      on(call).run(order, answering, problems);
    } catch (Refused e) {
      answering.answer(page ? ProblemPage.of(e.problem()) : Answers.problem(e.problem()));
    }
  }

  private Links.Link followed(String token) {
    return switch (links.open(token)) {
      case Links.Opened.Good(Links.Link link) -> link;
      case Links.Opened.Expired expired ->
          throw new Refused(
              Problem.of(Kind.LINK_EXPIRED, "This link has expired. Ask for a new one."));
      case Links.Opened.Wrong wrong ->
          throw new Refused(
              Problem.of(
                  Kind.NOT_FOUND, "There is no such link: it may have been cut or changed."));
    };
  }

  private RunOrder order(Links.Link link) {
    Tenant tenant = tenants.numbered(link.tenant());
    if (tenant == null) {
      throw new Refused(Problem.of(Kind.NOT_FOUND, "There is no such link any more."));
    }
    RunOrder order = order(tenant, link.command(), link.inputs(), link.asker());
    refuse(order);
    return order;
  }

  Response list(Call call) {
    String command = call.parameters().one("command");
    String wrong = command == null ? null : CommandDocument.NAME.fault(command);
    if (wrong != null) {
      call.faults().inParameter("command", "A command's name " + wrong + ".");
    }
    String outcome = call.parameters().one("outcome");
    if (outcome != null && !call.parameters().isWord("outcome", outcome, OUTCOMES)) {
      outcome = null;
    }
    var filter = new RunRows.Filter(command, outcome == null ? null : RunOutcome.valueOf(outcome));
    long tenant = call.tenant().id();
    return call.list(
        slice -> database.read(handle -> rows.list(handle, tenant, filter, slice)),
        run -> json(run).build(),
        LoggedRun::id);
  }

  Response get(Call call) {
    long id = call.id(LoggedRun.PREFIX, "run");
    long tenant = call.tenant().id();
    LoggedRun run =
        database
            .read(handle -> rows.get(handle, tenant, id))
            .orElseThrow(() -> Answers.notFound("run", call.id()));
    List<JsonObject> asked = run.asked().stream().map(one -> json(run, one)).toList();
    return Answers.resource(200, json(run).put("targets", Json.array(asked)).build(), "\"1\"");
  }

  private static Json.Builder json(LoggedRun run) {
    return Json.object()
        .put("id", Ids.text(LoggedRun.PREFIX, run.id()))
        .put("command", run.command())
        .put("outcome", run.outcome().name())
        .put("askedBy", json(run.asker()))
        .put("startedAt", Answers.time(run.startedAt()))
        .put("durationMs", millis(run.micros()))
        .put("status", Answers.number(run.status()))
        .put("contentType", run.contentType())
        .put("size", run.size() == null ? JsonNull.NULL : Json.of(run.size()))
        .put("error", run.error());
  }

  private static long millis(long micros) {
    return Math.round(micros / 1000.0);
  }

  private static Json json(Asker asker) {
    return Json.object()
        .put("by", asker.kind().name().toLowerCase(Locale.ROOT))
        .put("key", asker.key() == null ? null : Ids.text(ApiKey.PREFIX, asker.key()))
        .put("name", asker.name())
        .build();
  }

  private static JsonObject json(LoggedRun run, AskedTarget asked) {
    Attempt attempt = asked.attempt();
    Answer answer = attempt.answer();
    Long connector = asked.connector();
    return Json.object()
        .put("target", asked.target())
        .put("connector", connector == null ? null : Ids.text(Connector.PREFIX, connector))
        .put("startedAt", Answers.time(attempt.startedAt()))
        .put("durationMs", millis(attempt.micros()))
        .put("outcome", attempt.outcome().name())
        .put("status", Answers.number(answer == null ? null : answer.status()))
        .put("errorClass", attempt.errorClass() == null ? null : attempt.errorClass().name())
        .put("error", attempt.error())
        .put("rule", AttemptResource.rule(attempt.result()))
        .put(
            "request",
            AttemptResource.request(
                attempt.sent(),
                Ids.text(LoggedRun.PREFIX, run.id()),
                attempt.startedAt(),
                () -> new byte[0]))
        .put("response", answer == null ? JsonNull.NULL : json(answer))
        .build();
  }

  /// What came back, as far as it was kept.
  private static Json json(Answer answer) {
    return AttemptResource.kept(answer)
        .put("truncated", answer.bodySize() > answer.body().length)
        .build();
  }
}
