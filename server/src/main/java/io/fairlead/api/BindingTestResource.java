package io.fairlead.api;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.call.Attempt;
import io.fairlead.call.Callers;
import io.fairlead.call.Envelope;
import io.fairlead.call.Occasion;
import io.fairlead.call.RequestMaker;
import io.fairlead.command.Binding;
import io.fairlead.command.BindingDocument;
import io.fairlead.command.BindingDraft;
import io.fairlead.command.Command;
import io.fairlead.command.CommandCatalog;
import io.fairlead.command.Target;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Home;
import io.fairlead.http.Response;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.response.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/commands/{name}/test`: what a binding would send, and one round of calls that no
/// caller waits for. Nothing is saved or logged.
public final class BindingTestResource {
  private static final int MOST_AT_ONCE = 8;

  private final CommandCatalog catalog;
  private final Catalog connectors;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final RequestMaker maker;
  private final Callers callers;
  private final Ids ids;
  private final Clock clock;
  private final Turns turns = new Turns(MOST_AT_ONCE, "tests of commands of this tenant");

  /// @param connectors what bindings may refer to, as the catalogs after it
  /// @param maker makes requests that are only looked at
  /// @param callers send the others
  public BindingTestResource(
      CommandCatalog catalog,
      Catalog connectors,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors,
      RequestMaker maker,
      Callers callers,
      Ids ids,
      Clock clock) {
    this.catalog = catalog;
    this.connectors = connectors;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
    this.maker = maker;
    this.callers = callers;
    this.ids = ids;
    this.clock = clock;
  }

  /// One target that is tested.
  ///
  /// @param number its place in the binding, from 1
  private record Tested(int number, Target target, Connector connector) {}

  Response test(Call call) {
    Command command = CommandResource.findUsable(catalog, call);
    Members members = Members.of(call.body(), "", call.faults());
    boolean dryRun = PreviewResource.dryRun(members);
    Json given = members.required("inputs");
    int number = members.wholeNumber("target", 1, 5, 0);
    Json document = members.get("binding");
    Binding saved = catalog.binding(call.tenant().id(), command.name());
    BindingDraft draft = document == null ? null : draft(call, document, command, saved);
    members.refuseOthers();
    call.refuse();
    Binding binding = draft == null ? saved : unsaved(call, draft);
    if (binding == null) {
      throw new Refused(
          Problem.of(
              Kind.CONFLICT, "The command is not bound. Bind it, or give a draft as \"binding\"."));
    }
    if (number > binding.targets().size()) {
      members.fault(
          "target", "The binding has %d, numbered from 1.".formatted(binding.targets().size()));
      call.refuse();
    }
    byte[] inputs = JsonWriter.bytes(inputs(command, given));
    List<Tested> tested = tested(binding, number);
    var notes = new ArrayList<String>(draft == null ? List.of() : draft.notes());
    notes.addAll(BindingDocument.notes(binding, command, home(call), connectors));
    return turns.take(
        call.tenant().id(),
        () ->
            Answers.json(
                200,
                Json.object()
                    .put("dryRun", dryRun)
                    .put("results", Json.array(results(command, tested, inputs, dryRun)))
                    .put("notes", Json.array(notes.stream().map(Json::of).toList()))
                    .build()));
  }

  /// Read as it would be read if it were saved, kept secrets and all.
  private @Nullable BindingDraft draft(
      Call call, Json document, Command command, @Nullable Binding saved) {
    var faults = new Faults();
    BindingDraft draft =
        BindingDocument.read(document, command, saved, home(call), connectors, faults);
    for (Fault fault : faults.list()) {
      call.faults().at("/binding" + fault.at(), fault.detail());
    }
    return draft;
  }

  private Home home(Call call) {
    return new Home(call.tenant().id(), call.tenant().name(), authorizations, adaptors);
  }

  private static Binding unsaved(Call call, BindingDraft draft) {
    return Binding.unsaved(call.tenant().id(), call.tenant().name(), draft);
  }

  private static JsonObject inputs(Command command, Json given) {
    var faults = new Faults();
    JsonObject inputs = command.definition().read(given, "/inputs", faults);
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(
              Kind.INVALID_INPUTS, "The inputs do not fit the command.", faults.list(), null));
    }
    return inputs;
  }

  /// @param number of the only one; 0 for all
  private List<Tested> tested(Binding binding, int number) {
    var tested = new ArrayList<Tested>();
    for (int i = 0; i < binding.targets().size(); i++) {
      Target target = binding.targets().get(i);
      Connector connector =
          switch (target) {
            case Target.Own own -> own.connector();
            case Target.Shared shared -> connectors.get(shared.connector());
          };
      if (connector != null && (number == 0 || number == i + 1)) {
        tested.add(new Tested(i + 1, target, connector));
      }
    }
    return tested;
  }

  /// All of them in a dry run; in a live one those up to the first that does not say that it has no
  /// such thing.
  private List<Json> results(Command command, List<Tested> tested, byte[] inputs, boolean dryRun) {
    var results = new ArrayList<Json>();
    for (Tested one : tested) {
      long run = ids.next();
      long now = clock.millis();
      Occasion occasion = Occasion.run(run, command.name(), inputs, now);
      Json.Builder result =
          Json.object()
              .put("target", one.number())
              .put("name", one.connector().spec().name())
              .put("connector", connector(one.target()))
              .putAll(DryJson.of(maker.dry(one.connector(), occasion, now), occasion, now));
      if (dryRun) {
        results.add(result.build());
        continue;
      }
      Attempt attempt = callers.call(asking(one), occasion);
      boolean notFound = one.target().notFound().decided(attempt.result());
      results.add(
          result
              .put("notFound", notFound)
              .put("attempt", json(attempt, occasion, one.target(), notFound))
              .build());
      if (!notFound) {
        break;
      }
    }
    return results;
  }

  /// The connector with what says that there is no such thing before its own rules.
  private static Connector asking(Tested one) {
    Connector connector = one.connector();
    return connector.judgedBy(one.target().notFound().before(connector.spec().rules()));
  }

  private static Json connector(Target target) {
    return target instanceof Target.Shared shared
        ? Json.of(Ids.text(Connector.PREFIX, shared.connector()))
        : JsonNull.NULL;
  }

  private static Json json(Attempt attempt, Occasion occasion, Target target, boolean notFound) {
    Result result = target.notFound().without(attempt.result());
    return Json.object()
        .put("startedAt", Answers.time(attempt.startedAt()))
        .put("durationMs", Math.round(attempt.micros() / 1000.0))
        .put("outcome", attempt.outcome().name())
        .put(
            "status", attempt.answer() == null ? JsonNull.NULL : Json.of(attempt.answer().status()))
        .put("errorClass", attempt.errorClass() == null ? null : attempt.errorClass().name())
        .put("error", notFound ? "The third party has no such thing." : attempt.error())
        .put("rule", AttemptResource.rule(result))
        .put(
            "request",
            AttemptResource.request(
                attempt.sent(),
                Ids.text(occasion.purpose().idPrefix(), occasion.delivery()),
                attempt.startedAt(),
                () ->
                    Envelope.of(
                        occasion.purpose(),
                        occasion.event(),
                        occasion.eventType(),
                        occasion.occurredAt(),
                        occasion.data())))
        .put("response", AttemptResource.response(attempt.answer(), result))
        .build();
  }
}
