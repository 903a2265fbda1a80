package io.fairlead.api;

import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.Tenant;
import io.fairlead.tenant.Tenants;
import java.util.Objects;

/// `/v1/tenants`: for the operator only.
public final class TenantResource {
  private static final TextRule ID =
      TextRule.matching(1, 64, "[a-z0-9_-]+", "has only the characters a-z 0-9 _ and -");
  private static final TextRule NAME = TextRule.line(1, 200);

  /// A tenant never changes.
  private static final String ETAG = "\"1\"";

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
    return Answers.created("/v1/tenants/" + id, json(made), ETAG);
  }

  Response list(Call call) {
    return call.list(tenants::list, TenantResource::json, Tenant::id);
  }

  Response get(Call call) {
    call.refuse();
    Tenant tenant = tenants.named(call.id());
    if (tenant == null) {
      throw Answers.notFound("tenant", call.id());
    }
    return Answers.resource(200, json(tenant), ETAG);
  }

  private static Json json(Tenant tenant) {
    return Json.object()
        .put("id", tenant.name())
        .put("name", tenant.label())
        .put("createdAt", Answers.time(tenant.createdAt()))
        .build();
  }
}
