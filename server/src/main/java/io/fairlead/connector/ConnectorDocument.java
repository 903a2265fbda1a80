package io.fairlead.connector;

import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Times;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.MergePatch;
import io.fairlead.json.TextRule;
import io.fairlead.render.BodyText;
import io.fairlead.render.Field;
import io.fairlead.render.Method;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import io.fairlead.render.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connector's settings as JSON: as people send them, as they read them, and as they are stored.
///
/// Reading notes everything that is wrong at once, and gives null when anything is. Secrets are
/// taken out of what is sent and never put into what is read.
public final class ConnectorDocument {
  private static final TextRule NAME = TextRule.line(1, 200);
  private static final TextRule URL = TextRule.any(1, 8_192);
  private static final TextRule ROW_NAME = TextRule.any(1, 200);
  private static final TextRule TEMPLATE = TextRule.any(0, 8_192);
  private static final TextRule BODY_TEMPLATE = TextRule.any(1, 262_144);
  private static final TextRule EVENT_TYPE =
      TextRule.matching(
          1,
          200,
          "\\*|[A-Za-z0-9._:/-]{1,198}\\.\\*|[A-Za-z0-9._:/-]{1,200}",
          "is an event type of A-Z a-z 0-9 . _ : / -, all below one (invoice.*), or all (*)");
  private static final TextRule USERNAME =
      TextRule.matching(
          0, 255, "[^\\x00-\\x1f\\x7f-\\x9f:]*", "has no colon and no control characters");
  private static final TextRule PASSWORD = TextRule.line(0, 1_024);
  private static final TextRule TOKEN =
      TextRule.matching(
          1, 8_192, "[!-~]+", "has visible ASCII characters only, no blanks and no line ends");

  private static final List<String> METHODS =
      Arrays.stream(Method.values()).map(Method::name).toList();
  private static final List<String> KINDS = List.of("basic", "bearer");

  /// What the product will have, and does not have yet.
  private static final List<String> LATER =
      List.of("adaptor", "signing", "response", "rules", "template", "values");

  private static final List<String> ONLY_READ =
      List.of("id", "state", "stateReason", "revision", "createdAt", "updatedAt", "waiting");

  private static final List<String> BODIES = List.of("json", "none");
  private static final List<String> BODIES_LATER = List.of("form", "xml", "multipart", "raw");

  /// Stands in where a part is wrong, so that the other parts can be looked at.
  private static final String STAND_IN_URL = "https://stand-in.invalid/";

  private static final String STAND_IN_HEADER = "X-Stand-In";

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
    return new ConnectorDocument(
            Members.of(document, "", faults), faults, before.tenantName(), before)
        .read();
  }

  /// Reads a merge patch (RFC 7396) over a connector as it is read.
  public static @Nullable Draft patch(Json patch, Connector before, Faults faults) {
    if (!(patch instanceof JsonObject changes)) {
      var _ = Members.of(patch, "", faults);
      return null;
    }
    JsonObject now = settings(before);
    refuseUnknownNulls(changes, now, faults);
    if (!(MergePatch.apply(now, changes) instanceof JsonObject merged)) {
      throw new IllegalStateException("an object patched by an object is one");
    }
    // A merge takes away what is null, and what is absent is kept: so clearing is put back in.
    if (changes.get("authorization") instanceof JsonNull) {
      merged = with(merged, "authorization", JsonNull.NULL);
    } else if (changes.get("authorization") instanceof JsonObject sent
        && merged.get("authorization") instanceof JsonObject authorization
        && authorization.get("kind") instanceof JsonString(String kind)) {
      String secret = kind.equals("bearer") ? "token" : "password";
      if (sent.get(secret) instanceof JsonNull) {
        merged = with(merged, "authorization", with(authorization, secret, JsonNull.NULL));
      }
    }
    return replace(merged, before, faults);
  }

  /// A merge lets a null for an unknown name vanish without a word.
  private static void refuseUnknownNulls(JsonObject changes, JsonObject now, Faults faults) {
    changes
        .members()
        .forEach((name, change) -> {
          if (change instanceof JsonNull && !now.members().containsKey(name)) {
            faults.at(pointer(name), unknown(name, now.members().keySet()));
          }
        });
    refuseUnknownNulls(
        changes, "authorization", List.of("kind", "username", "password", "token"), faults);
    refuseUnknownNulls(changes, "body", List.of("type", "fields", "template"), faults);
    refuseUnknownNulls(
        changes, "policy", List.of("timeout", "retrySchedule", "concurrency"), faults);
  }

  private static void refuseUnknownNulls(
      JsonObject changes, String part, List<String> known, Faults faults) {
    if (changes.get(part) instanceof JsonObject members) {
      members
          .members()
          .forEach((name, change) -> {
            if (change instanceof JsonNull && !known.contains(name)) {
              faults.at("/" + part + pointer(name), unknown(name, known));
            }
          });
    }
  }

  private static String pointer(String name) {
    String shown = shown(name);
    return "/" + shown.replace("~", "~0").replace("/", "~1");
  }

  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }

  private static String unknown(String name, Iterable<String> known) {
    return ONLY_READ.contains(name)
        ? onlyRead(name)
        : LATER.contains(name)
            ? notYet(name)
            : "There is no \"%s\" here.%s".formatted(shown(name), Members.didYouMean(name, known));
  }

  private static String onlyRead(String name) {
    return name + " is read only; leave it out.";
  }

  private static String notYet(String name) {
    return name + " is not available yet.";
  }

  private static JsonObject with(JsonObject object, String name, Json value) {
    var members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new JsonObject(members);
  }

  private @Nullable Draft read() {
    String name = settings.text("name", NAME);
    Method method = Method.valueOf(settings.word("method", METHODS));
    String url = settings.text("url", URL);
    List<Row> headers = rows("headers", STAND_IN_HEADER);
    List<Row> query = rows("query", "q");
    BodyText body = body();
    Authorization authorization = authorization();
    List<Trigger> triggers = triggers();
    Policy policy = policy();
    boolean active = settings.flag("active", true);
    for (String later : LATER) {
      refuse(settings, later, notYet(later));
    }
    for (String readOnly : ONLY_READ) {
      refuse(settings, readOnly, onlyRead(readOnly));
    }
    settings.refuseOthers();

    // Where the method is wrong nothing is said about what it may carry.
    boolean methodIsRight = faults.list().stream().noneMatch(fault -> fault.at().equals("/method"));
    var text =
        new RequestText(
            methodIsRight ? method : Method.POST,
            url.isEmpty() ? STAND_IN_URL : url,
            headers,
            query,
            body);
    RequestPlan plan =
        switch (RequestPlan.compile(text, Scope.of(tenant, name))) {
          case RequestPlan.Compiled.Ready(RequestPlan ready) -> ready;
          case RequestPlan.Compiled.Faulty(List<Fault> wrong) -> {
            wrong.forEach(fault -> faults.at(fault.at(), fault.detail()));
            yield null;
          }
        };
    if (authorization.credential != Credential.None.NONE) {
      refuseSecondAuthorization(headers);
    }
    if (before != null
        && plan != null
        && authorization.kept != null
        && !plan.origin().equals(before.plan().origin())) {
      faults.at(
          "/authorization/" + authorization.kept,
          "The scheme, host or port of url has changed, so the %s has to be sent again."
              .formatted(authorization.kept));
    }
    if (plan == null || !faults.isEmpty()) {
      return null;
    }
    return new Draft(
        new ConnectorSpec(name, text, triggers, policy), authorization.credential, active, plan);
  }

  private static void refuse(Members members, String name, String sentence) {
    if (members.has(name)) {
      members.fault(name, sentence);
    }
  }

  private List<Row> rows(String list, String standInName) {
    var rows = new ArrayList<Row>();
    for (Members row : settings.objects(list, 0, 100)) {
      String name = row.text("name", ROW_NAME);
      rows.add(new Row(name.isEmpty() ? standInName : name, row.text("value", TEMPLATE)));
      row.refuseOthers();
    }
    return rows;
  }

  private BodyText body() {
    Members body = settings.objectOrNull("body");
    if (body == null) {
      return BodyText.ByMethod.BY_METHOD;
    }
    String type = body.get("type") instanceof JsonString(String given) ? given : "";
    if (!BODIES.contains(type)) {
      // What belongs into such a body is not looked at.
      if (BODIES_LATER.contains(type)) {
        body.fault("type", "Bodies of type %s are not available yet.".formatted(type));
      } else {
        var _ = body.word("type", BODIES);
      }
      return BodyText.None.NONE;
    }
    BodyText read = type.equals("json") ? jsonBody(body) : BodyText.None.NONE;
    body.refuseOthers();
    return read;
  }

  private BodyText jsonBody(Members body) {
    boolean hasFields = body.has("fields");
    if (hasFields == body.has("template")) {
      faults.at(
          body.pointer(hasFields ? "template" : "fields"),
          hasFields
              ? "A body has fields or a template, not both."
              : "A json body needs fields or a template.");
      return BodyText.None.NONE;
    }
    if (!hasFields) {
      String template = body.text("template", BODY_TEMPLATE);
      return template.isEmpty() ? BodyText.None.NONE : new BodyText.JsonTemplate(template);
    }
    var fields = new ArrayList<Field>();
    for (Members field : body.objects("fields", 1, 500)) {
      String name = field.text("name", ROW_NAME);
      String value = field.text("value", TEMPLATE);
      // A name of its own, so that it clashes with no other.
      String standIn = "[\"stand-in " + fields.size() + "\"]";
      fields.add(new Field(name.isEmpty() ? standIn : name, value));
      refuse(field, "type", notYet("type"));
      field.refuseOthers();
    }
    return new BodyText.JsonFields(fields);
  }

  private List<Trigger> triggers() {
    var triggers = new ArrayList<Trigger>();
    for (Members trigger : settings.objects("triggers", 0, 100)) {
      triggers.add(new Trigger(trigger.text("eventType", EVENT_TYPE)));
      refuse(trigger, "filter", notYet("filter"));
      trigger.refuseOthers();
    }
    return triggers;
  }

  private Policy policy() {
    Members policy = settings.object("policy");
    if (policy == null) {
      return Policy.DEFAULT;
    }
    var read =
        new Policy(
            policy.duration(
                "timeout", Duration.ofSeconds(1), Duration.ofMinutes(2), Policy.DEFAULT.timeout()),
            policy.durations(
                "retrySchedule",
                20,
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                Policy.DEFAULT.retrySchedule()),
            policy.wholeNumber("concurrency", 1, 1_000, Policy.DEFAULT.concurrency()));
    policy.refuseOthers();
    return read;
  }

  /// @param kept the name of a secret that was not sent but kept, or null
  private record Authorization(Credential credential, @Nullable String kept) {
    static final Authorization NONE = new Authorization(Credential.None.NONE, null);
  }

  private Authorization authorization() {
    if (!settings.has("authorization")) {
      return before == null ? Authorization.NONE : kept(before.credential());
    }
    Members members = settings.objectOrNull("authorization");
    if (members == null) {
      return Authorization.NONE;
    }
    if (members.has("id")) {
      members.fault("id", "Authorizations of their own are not available yet.");
      if (!members.has("kind")) {
        return Authorization.NONE;
      }
    }
    if (!(members.get("kind") instanceof JsonString(String kind)) || !KINDS.contains(kind)) {
      // What belongs to such a kind is not looked at.
      var _ = members.word("kind", KINDS);
      return Authorization.NONE;
    }
    Authorization read = kind.equals("basic") ? basic(members) : bearer(members);
    members.refuseOthers();
    return read;
  }

  private static Authorization kept(Credential credential) {
    return new Authorization(
        credential,
        switch (credential) {
          case Credential.None none -> null;
          case Credential.Basic(var user, var password) -> password.isEmpty() ? null : "password";
          case Credential.Bearer bearer -> "token";
        });
  }

  private Authorization basic(Members members) {
    String username = members.text("username", USERNAME);
    boolean sameKind = before != null && before.credential() instanceof Credential.Basic;
    String former =
        before != null && before.credential() instanceof Credential.Basic(var _, var password)
            ? password
            : "";
    if (members.get("password") instanceof JsonNull) {
      return new Authorization(new Credential.Basic(username, ""), null);
    }
    if (members.has("password") && !isSet(members.get("password"))) {
      return new Authorization(
          new Credential.Basic(username, members.text("password", PASSWORD)), null);
    }
    boolean nothingToKeep =
        members.has("password") ? former.isEmpty() : before != null && !sameKind;
    if (nothingToKeep) {
      members.fault("password", "There is no password to keep; send it, or null for none.");
    }
    return new Authorization(
        new Credential.Basic(username, former), former.isEmpty() ? null : "password");
  }

  private Authorization bearer(Members members) {
    if (members.has("token") && !isSet(members.get("token"))) {
      return new Authorization(new Credential.Bearer(members.text("token", TOKEN)), null);
    }
    if (before != null && before.credential() instanceof Credential.Bearer former) {
      return kept(former);
    }
    members.fault(
        "token",
        before == null && !members.has("token")
            ? "token is missing."
            : "There is no token to keep; send it.");
    return Authorization.NONE;
  }

  /// Whether it is `{"set":true}`, as secrets are read.
  private static boolean isSet(@Nullable Json value) {
    return SET.equals(value);
  }

  private static final JsonObject SET = Json.object().put("set", true).build();

  private void refuseSecondAuthorization(List<Row> headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).name().equalsIgnoreCase("Authorization")) {
        faults.at(
            "/headers/" + i + "/name",
            "The connector's authorization sends this header; leave one of the two out.");
      }
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

  /// The text that has to be encrypted, or null when there is none.
  static @Nullable String secret(Credential credential) {
    return switch (credential) {
      case Credential.None none -> null;
      case Credential.Basic(var user, var password) -> password.isEmpty() ? null : password;
      case Credential.Bearer(var token) -> token;
    };
  }

  /// Reads what was stored.
  ///
  /// @param secret what was encrypted, or null
  static @Nullable Draft fromStored(
      JsonObject stored, @Nullable String secret, boolean active, String tenant, Faults faults) {
    JsonObject document = with(stored, "active", Json.of(active));
    if (document.get("authorization") instanceof JsonObject authorization
        && authorization.get("kind") instanceof JsonString(String kind)) {
      document =
          with(
              document,
              "authorization",
              with(authorization, kind.equals("bearer") ? "token" : "password", Json.of(secret)));
    }
    return create(document, tenant, faults);
  }

  private static JsonObject settings(ConnectorSpec spec, Credential credential) {
    RequestText request = spec.request();
    return Json.object()
        .put("name", spec.name())
        .put("method", request.method().name())
        .put("url", request.url())
        .put("headers", rows(request.headers()))
        .put("query", rows(request.query()))
        .put("body", body(request.body()))
        .put("authorization", authorization(credential))
        .put(
            "triggers",
            new JsonArray(
                spec.triggers().stream()
                    .<Json>map(
                        trigger -> Json.object().put("eventType", trigger.eventType()).build())
                    .toList()))
        .put("policy", policy(spec.policy()))
        .build();
  }

  private static Json rows(List<Row> rows) {
    return new JsonArray(
        rows.stream()
            .<Json>map(
                row -> Json.object().put("name", row.name()).put("value", row.value()).build())
            .toList());
  }

  private static Json body(BodyText body) {
    return switch (body) {
      case BodyText.ByMethod byMethod -> JsonNull.NULL;
      case BodyText.None none -> Json.object().put("type", "none").build();
      case BodyText.JsonFields(List<Field> fields) ->
          Json.object()
              .put("type", "json")
              .put(
                  "fields",
                  rows(fields.stream().map(field -> new Row(field.name(), field.value())).toList()))
              .build();
      case BodyText.JsonTemplate(String template) ->
          Json.object().put("type", "json").put("template", template).build();
    };
  }

  private static Json authorization(Credential credential) {
    return switch (credential) {
      case Credential.None none -> JsonNull.NULL;
      case Credential.Basic(String username, String password) ->
          Json.object()
              .put("kind", "basic")
              .put("username", username)
              .put("password", password.isEmpty() ? JsonNull.NULL : SET)
              .build();
      case Credential.Bearer bearer ->
          Json.object().put("kind", "bearer").put("token", SET).build();
    };
  }

  private static Json policy(Policy policy) {
    return Json.object()
        .put("timeout", Times.text(policy.timeout()))
        .put(
            "retrySchedule",
            new JsonArray(
                policy.retrySchedule().stream()
                    .<Json>map(wait -> Json.of(Times.text(wait)))
                    .toList()))
        .put("concurrency", policy.concurrency())
        .build();
  }
}
