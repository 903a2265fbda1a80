package io.fairlead.api;

import io.fairlead.audit.AuditEntry;
import io.fairlead.audit.AuditEntry.Actor;
import io.fairlead.audit.AuditLog;
import io.fairlead.base.Ids;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonReader;
import io.fairlead.json.TextRule;
import io.fairlead.tenant.ApiKey;
import io.fairlead.tenant.Role;
import io.fairlead.user.User;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `/v1/audit`: who changed what. Operators also see what concerns the whole hub.
public final class AuditResource {
  private static final TextRule SUBJECT = TextRule.line(1, 200);

  private final AuditLog entries;
  private final JsonReader json;

  /// Reads this log.
  public AuditResource(AuditLog entries, JsonReader json) {
    this.entries = entries;
    this.json = json;
  }

  Response list(Call call) {
    String actor = call.parameters().one("actor");
    OptionalLong user = actor == null ? OptionalLong.empty() : Ids.parse(User.PREFIX, actor);
    OptionalLong key = actor == null ? OptionalLong.empty() : Ids.parse(ApiKey.PREFIX, actor);
    boolean isOperator = actor != null && actor.equals("operator");
    if (actor != null && user.isEmpty() && key.isEmpty() && !isOperator) {
      call.faults()
          .inParameter(
              "actor",
              "actor is the id of a user or an API key, such as %s, or operator."
                  .formatted(Ids.text(User.PREFIX, 0)));
    }
    String subject = call.parameters().one("subject");
    String wrong = subject == null ? null : SUBJECT.fault(subject);
    if (wrong != null) {
      call.faults().inParameter("subject", "subject " + wrong + ".");
    }
    Actor.Kind kind =
        user.isPresent()
            ? Actor.Kind.USER
            : key.isPresent() ? Actor.Kind.API_KEY : isOperator ? Actor.Kind.OPERATOR : null;
    Long number =
        user.isPresent()
            ? Long.valueOf(user.getAsLong())
            : key.isPresent() ? Long.valueOf(key.getAsLong()) : null;
    var filter =
        new AuditLog.Filter(
            call.tenant().id(), call.caller().role() == Role.OPERATOR, kind, number, subject);
    return call.list(slice -> entries.list(filter, slice), this::json, AuditEntry::id);
  }

  private Json json(AuditEntry entry) {
    return Json.object()
        .put("id", Ids.text(AuditEntry.PREFIX, entry.id()))
        .put("at", Answers.time(Ids.millisOf(entry.id())))
        .put("actor", actor(entry.actor()))
        .put("action", entry.action())
        .put("noun", entry.noun())
        .put("subject", entry.subject())
        .put("address", entry.address())
        .put("hub", entry.tenant() == null)
        .put("changes", json.readTrusted(entry.changes().getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static Json actor(Actor actor) {
    return Json.object()
        .put(
            "kind",
            switch (actor.kind()) {
              case USER -> "user";
              case API_KEY -> "apiKey";
              case OPERATOR -> "operator";
              case NOBODY -> "nobody";
            })
        .put(
            "id",
            switch (actor.kind()) {
              case USER -> id(User.PREFIX, actor.number());
              case API_KEY -> id(ApiKey.PREFIX, actor.number());
              case OPERATOR, NOBODY -> JsonNull.NULL;
            })
        .put("name", actor.name())
        .build();
  }

  private static Json id(String prefix, @Nullable Long number) {
    return number == null ? JsonNull.NULL : Json.of(Ids.text(prefix, number));
  }
}
