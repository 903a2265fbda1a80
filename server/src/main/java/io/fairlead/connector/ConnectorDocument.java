package io.fairlead.connector;

import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import io.fairlead.render.Scope;
import io.fairlead.response.OutcomeRules;
import io.fairlead.response.ResponseSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connector's settings as JSON: as people send them, as they read them, and as they are stored.
/// Each part of a connector has its reader and writer beside this one; here they are put together,
/// and what one part says about another is checked.
///
/// Reading notes everything that is wrong at once, and gives null when anything is. Secrets are
/// taken out of what is sent and never put into what is read.
public final class ConnectorDocument {
  private static final TextRule NAME = TextRule.line(1, 200);

  /// What the product will have, and does not have yet.
  private static final List<String> LATER =
      List.of("adaptor", "signing", "template", "values");

  private static final List<String> ONLY_READ =
      List.of("id", "state", "stateReason", "revision", "createdAt", "updatedAt", "waiting");

  private final Members settings;
  private final Faults faults;
  private final String tenant;
  private final @Nullable Connector before;

  private ConnectorDocument(
      Members settings, Faults faults, String tenant, @Nullable Connector before) {
    this.settings = settings;
    this.faults = faults;
    this.tenant = tenant;
    this.before = before;
  }

  /// Reads a new connector.
  ///
  /// @param tenant the public id of the tenant it is for
  public static @Nullable Draft create(Json document, String tenant, Faults faults) {
    return new ConnectorDocument(Members.of(document, "", faults), faults, tenant, null).read();
  }

  /// Reads what is to stand in the place of a connector: what is absent gets its default, but a
  /// secret that is absent, or `{"set":true}`, is kept.
  public static @Nullable Draft replace(Json document, Connector before, Faults faults) {
    return replace(Members.of(document, "", faults), before, saysActive(document), faults);
  }

  /// Reads a merge patch (RFC 7396) over a connector as it is read.
  public static @Nullable Draft patch(Json patch, Connector before, Faults faults) {
    if (!(patch instanceof JsonObject)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    Json merged = MergePatch.applyKeepingNulls(settings(before), patch);
    return replace(Members.ofPatched(merged, "", faults), before, saysActive(patch), faults);
  }

  private static boolean saysActive(Json sent) {
    return sent instanceof JsonObject members
        && members.get("active") instanceof JsonBool(boolean active)
        && active;
  }

  private static @Nullable Draft replace(
      Members settings, Connector before, boolean goesOn, Faults faults) {
    Draft draft = new ConnectorDocument(settings, faults, before.tenantName(), before).read();
    return draft == null
        ? null
        : new Draft(draft.spec(), draft.credential(), draft.active(), goesOn, draft.plan());
  }

  private @Nullable Draft read() {
    String name = settings.text("name", NAME);
    RequestText request = RequestDocument.read(settings);
    CredentialDocument.Read authorization =
        CredentialDocument.read(settings, before == null ? null : before.credential());
    ResponseSettings response = ResponseSettings.read(settings, faults);
    OutcomeRules rules = OutcomeRules.read(settings, faults);
    List<Trigger> triggers = TriggerDocument.read(settings);
    Policy policy = PolicyDocument.read(settings);
    boolean active = settings.flag("active", true);
    refuse(LATER, " is not available yet.");
    refuse(ONLY_READ, " is read only; leave it out.");
    settings.refuseOthers();

    RequestPlan plan = compile(request, name);
    if (authorization.credential() != Credential.None.NONE) {
      refuseSecondAuthorization(request.headers());
    }
    if (plan != null) {
      refuseKeptSecretElsewhere(authorization.kept(), plan);
    }
    if (plan == null || !faults.isEmpty()) {
      return null;
    }
    return new Draft(
        new ConnectorSpec(name, request, response, rules, triggers, policy),
        authorization.credential(),
        active,
        false,
        plan);
  }

  private void refuse(List<String> names, String sentence) {
    for (String name : names) {
      if (settings.has(name) || settings.isNull(name)) {
        settings.fault(name, name + sentence);
      }
    }
  }

  private @Nullable RequestPlan compile(RequestText request, String name) {
    return switch (RequestPlan.compile(request, Scope.of(tenant, name))) {
      case RequestPlan.Compiled.Ready(RequestPlan ready) -> ready;
      case RequestPlan.Compiled.Faulty(List<Fault> wrong) -> {
        wrong.forEach(fault -> faults.at(fault.at(), fault.detail()));
        yield null;
      }
    };
  }

  private void refuseSecondAuthorization(List<Row> headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).name().equalsIgnoreCase("Authorization")) {
        faults.at(
            "/headers/" + i + "/name",
            "The connector's authorization sends this header; leave one of the two out.");
      }
    }
  }

  /// Whoever may change a URL must not learn a secret by sending it to a host of their own.
  private void refuseKeptSecretElsewhere(@Nullable String kept, RequestPlan plan) {
    if (before != null && kept != null && !plan.origin().equals(before.plan().origin())) {
      faults.at(
          "/authorization/" + kept,
          "The scheme, host or port of url has changed, so the %s has to be sent again."
              .formatted(kept));
    }
  }

  /// The settings as they are read.
  public static JsonObject settings(Connector connector) {
    return Json.object()
        .putAll(settings(connector.spec(), connector.credential()))
        .put("active", connector.active())
        .build();
  }

  /// What is stored beside the encrypted secret: the same, less what has columns of its own.
  static JsonObject stored(Draft draft) {
    return settings(draft.spec(), draft.credential());
  }

  /// Reads what was stored.
  ///
  /// @param secret what was encrypted, or null
  static @Nullable Draft fromStored(
      JsonObject stored, @Nullable String secret, boolean active, String tenant, Faults faults) {
    JsonObject document =
        Json.object()
            .putAll(CredentialDocument.withSecret(stored, secret))
            .put("active", active)
            .build();
    return create(document, tenant, faults);
  }

  private static JsonObject settings(ConnectorSpec spec, Credential credential) {
    Json.Builder out = Json.object().put("name", spec.name());
    RequestDocument.write(spec.request(), out);
    return out.put("authorization", CredentialDocument.write(credential))
        .put("response", spec.response().json())
        .put("rules", spec.rules().json())
        .put("triggers", TriggerDocument.write(spec.triggers()))
        .put("policy", PolicyDocument.write(spec.policy()))
        .build();
  }
}
