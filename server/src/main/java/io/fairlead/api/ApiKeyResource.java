package io.fairlead.api;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Rfc3339;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.ApiKey;
import io.fairlead.tenant.ApiKeys;
import io.fairlead.tenant.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/v1/api-keys`: a tenant's keys.
public final class ApiKeyResource {
  private static final TextRule NAME = TextRule.line(1, 200);

  private static final TextRule EMAIL =
      TextRule.matching(
          3,
          254,
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}",
          "is an email such as person@example.com");

  private final ApiKeys keys;
  private final Clock clock;

  /// Answers for these keys.
  public ApiKeyResource(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Response create(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    String name = members.text("name", NAME);
    Role role = Role.ofTenants(members.word("role", Role.OF_TENANTS));
    String email =
        members.get("email") instanceof JsonNull ? null : members.optionalText("email", EMAIL);
    Long expiresAt = expiresAt(members);
    members.refuseOthers();
    call.refuse();
    ApiKeys.Made made =
        keys.create(call.tenant(), name, Objects.requireNonNull(role), email, expiresAt);
    Json body = json(made.key()).put("key", made.text()).build();
    return Answers.created(
        "/v1/api-keys/" + Ids.text(ApiKey.PREFIX, made.key().id()), body, etag(made.key()));
  }

  private @Nullable Long expiresAt(Members members) {
    if (members.get("expiresAt") instanceof JsonNull) {
      return null;
    }
    Long expiresAt = members.optionalParsed("expiresAt", Rfc3339::parse, Rfc3339.EXPECTED);
    if (expiresAt != null && expiresAt <= clock.millis()) {
      members.fault("expiresAt", "expiresAt is in the past.");
    }
    return expiresAt;
  }

  Response list(Call call) {
    long tenant = call.tenant().id();
    return call.list(slice -> keys.list(tenant, slice), key -> json(key).build(), ApiKey::id);
  }

  Response get(Call call) {
    ApiKey key = find(call);
    return Answers.resource(200, json(key).build(), etag(key));
  }

  Response revoke(Call call) {
    ApiKey key = find(call);
    call.checkIfMatch(etag(key));
    keys.revoke(key.tenant(), key.id());
    return Answers.noContent();
  }

  private ApiKey find(Call call) {
    long id = call.id(ApiKey.PREFIX, "API key");
    return keys.get(call.tenant().id(), id)
        .orElseThrow(() -> Answers.notFound("API key", call.id()));
  }

  /// A key changes once, when it is revoked.
  private static String etag(ApiKey key) {
    return key.revokedAt() == null ? "\"1\"" : "\"2\"";
  }

  private static Json.Builder json(ApiKey key) {
    return Json.object()
        .put("id", Ids.text(ApiKey.PREFIX, key.id()))
        .put("name", key.name())
        .put("role", key.role().text())
        .put("email", key.email() == null ? JsonNull.NULL : Json.of(key.email()))
        .put("prefix", key.hint())
        .put("createdAt", Answers.time(key.createdAt()))
        .put("expiresAt", Answers.time(key.expiresAt()))
        .put("lastUsedAt", Answers.time(key.lastUsedAt()))
        .put("revokedAt", Answers.time(key.revokedAt()));
  }
}
