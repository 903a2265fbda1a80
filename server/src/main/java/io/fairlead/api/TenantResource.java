package io.fairlead.api;

import io.fairlead.base.Times;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.RunLimits;
import io.fairlead.tenant.Tenant;
import io.fairlead.tenant.Tenants;
import java.time.Duration;
import java.util.Objects;

/// `/v1/tenants`: for the operator only.
public final class TenantResource {
  private static final TextRule ID =
      TextRule.matching(1, 64, "[a-z0-9_-]+", "has only the characters a-z 0-9 _ and -");
  private static final TextRule NAME = TextRule.line(1, 200);

  private final Tenants tenants;

  /// Answers for these tenants.
  public TenantResource(Tenants tenants) {
    this.tenants = tenants;
  }

  Response create(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String id = members.text("id", ID);
    String name = members.optionalText("name", NAME);
    members.refuseOthers();
    call.refuse();
    Tenant made =
        tenants
            .create(id, Objects.requireNonNullElse(name, id))
            .orElseThrow(
                () -> Call.taken("There is a tenant \"%s\" already.".formatted(id), "/id"));
    return Answers.created("/v1/tenants/" + id, json(made), Answers.etag(made.revision()));
  }

  Response list(Call call) {
    return call.list(tenants::list, TenantResource::json, Tenant::id);
  }

  Response get(Call call) {
    Tenant tenant = find(call);
    return Answers.resource(200, json(tenant), Answers.etag(tenant.revision()));
  }

  Response patch(Call call) {
    Tenant tenant = find(call);
    call.checkIfMatch(Answers.etag(tenant.revision()));
    Json patched = MergePatch.apply(settings(tenant), call.body());
    Members members = Members.of(patched, "", call.faults());
    String name = members.text("name", NAME);
    RunLimits runs = runs(members);
    members.refuseOthers();
    call.refuse();
    Tenant changed = tenants.change(tenant, name, runs).orElseThrow(Call::stale);
    return Answers.resource(200, json(changed), Answers.etag(changed.revision()));
  }

  /// What is not said stands at its default.
  private static RunLimits runs(Members tenant) {
    Members runs = tenant.object("runs");
    if (runs == null) {
      return RunLimits.DEFAULT;
    }
    var limits =
        new RunLimits(
            runs.wholeNumber(
                "concurrency", 1, RunLimits.MOST_CONCURRENT, RunLimits.DEFAULT.concurrency()),
            runs.duration(
                "deadline",
                Duration.ofSeconds(1),
                RunLimits.LONGEST_DEADLINE,
                RunLimits.DEFAULT.deadline()));
    runs.refuseOthers();
    return limits;
  }

  private Tenant find(Call call) {
    call.refuse();
    Tenant tenant = tenants.named(call.id());
    if (tenant == null) {
      throw Answers.notFound("tenant", call.id());
    }
    return tenant;
  }

  /// What can be changed.
  private static Json.JsonObject settings(Tenant tenant) {
    return Json.object().put("name", tenant.label()).put("runs", json(tenant.runs())).build();
  }

  private static Json json(RunLimits runs) {
    return Json.object()
        .put("concurrency", runs.concurrency())
        .put("deadline", Times.text(runs.deadline()))
        .build();
  }

  private static Json json(Tenant tenant) {
    return Json.object()
        .put("id", tenant.name())
        .put("name", tenant.label())
        .put("runs", json(tenant.runs()))
        .put("createdAt", Answers.time(tenant.createdAt()))
        .build();
  }
}
