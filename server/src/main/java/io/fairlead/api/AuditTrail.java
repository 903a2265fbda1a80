package io.fairlead.api;

import io.fairlead.audit.AuditEntry.Actor;
import io.fairlead.audit.AuditLog;
import io.fairlead.base.Ids;
import io.fairlead.base.Refused;
import io.fairlead.http.Head;
import io.fairlead.http.Header;
import io.fairlead.http.Loop;
import io.fairlead.http.Request;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonDiff;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.storage.StoreUnavailable;
import io.fairlead.tenant.Tenant;
import io.fairlead.user.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the audit log: around every route that changes something, in one place.
///
/// What was changed is told by reading the thing before and after, as everybody reads it: so no
/// secret can get into the log. That a secret was set is told by the request, which has another
/// value where the thing then says `{"set": true}`. The entry is written right after the change,
/// and before its answer.
public final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

  private static final int MOST_CHANGES = 200;
  private static final int LONGEST_VALUE = 500;
  private static final int DEEPEST = 40;

  /// What moves by itself, or with every change.
  private static final Set<String> MOVING =
      Set.of(
          "/id",
          "/createdAt",
          "/updatedAt",
          "/revision",
          "/waiting",
          "/usedBy",
          "/lastUsedAt",
          "/lastSeenAt",
          "/stats",
          "/last");

  private static final Json SET = Json.object().put("set", true).build();

  private static final Map<String, String> NOUNS =
      Map.of(
          "authorizations", "authorization",
          "event-types", "event type",
          "deliveries", "delivery",
          "api-keys", "API key");

  private final AuditLog entries;
  private final ClientAddress addresses;
  private final JsonReader json;

  /// @param addresses who calls
  public AuditTrail(AuditLog entries, ClientAddress addresses, JsonReader json) {
    this.entries = entries;
    this.addresses = addresses;
    this.json = json;
  }

  /// Does what a route does, and writes it down when it came to something.
  ///
  /// @param whole the table, which tells how the thing is read
  /// @param work answers the call
  Response watch(Route route, Routes whole, Call call, Supplier<Response> work) {
    String path = thing(route, call.request().path());
    Json before = read(whole, call, path);
    Response response = work.get();
    if (response.status() < 300) {
      List<AuditLog.Draft> drafts = drafts(route, whole, call, path, before, response);
      write(drafts);
    }
    return response;
  }

  /// Writes entries. The change has been made: that it could not be written down must not make the
  /// caller believe otherwise, so it is told in the hub's log.
  private void write(List<AuditLog.Draft> drafts) {
    try {
      entries.add(drafts);
    } catch (StoreUnavailable e) {
      for (AuditLog.Draft draft : drafts) {
        log.atError()
            .addKeyValue("actor", draft.actor().name())
            .addKeyValue("action", draft.action())
            .addKeyValue("noun", draft.noun())
            .addKeyValue("subject", draft.subject())
            .log("the audit log can't be written");
      }
    }
  }

  /// Writes down what a user did about being signed in, for each tenant that they are in.
  void session(Head head, String action, User user) {
    var actor = new Actor(Actor.Kind.USER, user.id(), user.shownName());
    String subject = Ids.text(User.PREFIX, user.id());
    String address = addresses.of(head).getHostAddress();
    var tenants = new ArrayList<@Nullable Long>();
    user.joined().forEach(membership -> tenants.add(membership.tenant()));
    if (tenants.isEmpty()) {
      tenants.add(null);
    }
    write(
        tenants.stream()
            .map(tenant ->
                new AuditLog.Draft(tenant, actor, action, "session", subject, address, "[]"))
            .toList());
  }

  /// Writes down that somebody did not come in.
  ///
  /// @param email as whom they tried
  void failed(Head head, String email) {
    write(
        List.of(
            new AuditLog.Draft(
                null,
                new Actor(Actor.Kind.NOBODY, null, email),
                "fail to sign in",
                "session",
                null,
                addresses.of(head).getHostAddress(),
                "[]")));
  }

  private List<AuditLog.Draft> drafts(
      Route route, Routes whole, Call call, String path, @Nullable Json before, Response response) {
    Tenant tenant = call.tenantOrNull();
    Actor actor = actor(call.caller());
    String action = action(route);
    String noun = noun(route);
    String address = addresses.of(call.head()).getHostAddress();
    var drafts = new ArrayList<AuditLog.Draft>();
    List<String> each = doneEach(response);
    if (each != null) {
      each.forEach(id ->
          drafts.add(
              new AuditLog.Draft(
                  id(tenant), actor, action, noun, id, address, changes(List.of()))));
      return drafts;
    }
    String location = Header.first(response.headers(), "Location");
    Json after = read(whole, call, location == null ? path : location);
    String subject =
        location == null ? call.id() : location.substring(location.lastIndexOf('/') + 1);
    String changes = changes(changed(call, before, after));
    drafts.add(
        new AuditLog.Draft(
            id(tenant), actor, action, noun, subject.isEmpty() ? null : subject, address, changes));
    return drafts;
  }

  private static @Nullable Long id(@Nullable Tenant tenant) {
    return tenant == null ? null : tenant.id();
  }

  private static Actor actor(Principal caller) {
    Long key = caller.key();
    if (caller.session() != null) {
      return new Actor(Actor.Kind.USER, caller.session().user().id(), caller.name());
    }
    return key == null
        ? new Actor(Actor.Kind.OPERATOR, null, caller.name())
        : new Actor(Actor.Kind.API_KEY, key, caller.name());
  }

  /// The path of the thing that is changed: the verb at the end of a POST is none of it.
  private static String thing(Route route, String path) {
    boolean isVerb = route.method().equals("POST") && route.path().contains("{");
    return isVerb ? path.substring(0, path.lastIndexOf('/')) : path;
  }

  private static List<String> words(Route route) {
    return List.of(route.path().split("/", -1)).stream()
        .skip(2)
        .filter(word -> !word.startsWith("{"))
        .toList();
  }

  private static String action(Route route) {
    List<String> words = words(route);
    return switch (route.method()) {
      case "PUT" -> "replace";
      case "PATCH" -> "change";
      case "DELETE" -> "delete";
      default -> words.size() > 1 ? words.getLast() : "create";
    };
  }

  private static String noun(Route route) {
    List<String> words = words(route);
    String word = route.method().equals("POST") ? words.getFirst() : words.getLast();
    String plain = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return NOUNS.getOrDefault(word, plain);
  }

  /// The ids that something was done to, of an answer that says it for each; null of another.
  private @Nullable List<String> doneEach(Response response) {
    String type = Header.first(response.headers(), "Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      return null;
    }
    if (!(json.readTrusted(response.body()) instanceof JsonObject body)
        || !(body.get("results") instanceof JsonArray(List<Json> results))) {
      return null;
    }
    var ids = new ArrayList<String>();
    for (Json one : results) {
      if (one instanceof JsonObject result
          && result.get("problem") == null
          && result.get("id") instanceof JsonString(String id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /// A thing as it is read, without what in it is payload; null when it is not there, or is never
  /// read. What has credentials of its own is not looked at: it shows secrets to them.
  private @Nullable Json read(Routes whole, Call call, String path) {
    Routes.Found found = whole.find(path);
    Route route = found == null ? null : found.byMethod().get("GET");
    if (found == null
        || route == null
        || found.ids().isEmpty()
        || route.credentials() != Credentials.BEARER
        || (route.isOfTenant() && call.tenantOrNull() == null)
        || !(route.handler() instanceof Route.Handler.Blocking blocking)) {
      return null;
    }
    Json body;
    try {
      Response response =
          blocking.resource().apply(call.reading(new Asking(call.head(), path), found.ids()));
      body = json.readTrusted(response.body());
    } catch (Refused | StoreUnavailable e) {
      return null;
    }
    return switch (route.payloads()) {
      case Payloads.None none -> body;
      case Payloads.Hidden hidden -> hidden.in(body);
      case Payloads.Unsaid unsaid -> null;
      case Payloads.Shown shown -> null;
    };
  }

  /// A request for a thing, made by the hub itself in the course of another.
  private record Asking(Head head, String path) implements Head {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public List<Header> headers() {
      return List.of();
    }

    @Override
    public InetAddress remote() {
      return head.remote();
    }

    @Override
    public Loop loop() {
      return head.loop();
    }
  }

  private List<Json> changed(Call call, @Nullable Json before, @Nullable Json after) {
    Json none = JsonObject.EMPTY;
    var changes = new ArrayList<Json>();
    for (JsonDiff.Change change :
        JsonDiff.of(before == null ? none : before, after == null ? none : after)) {
      if (!MOVING.contains(change.pointer())) {
        changes.add(
            new JsonDiff.Change(change.pointer(), cut(change.before()), cut(change.after()))
                .json());
      }
    }
    Json sent = sent(call.request());
    if (after != null && sent != null) {
      secrets("", sent, after, changes, 0);
    }
    return changes;
  }

  private @Nullable Json sent(Request request) {
    return switch (json.read(request.body())) {
      case JsonReader.Result.Read read -> read.value();
      case JsonReader.Result.Malformed malformed -> null;
    };
  }

  private static @Nullable Json cut(@Nullable Json value) {
    if (value == null) {
      return null;
    }
    String text = new String(JsonWriter.bytes(value), StandardCharsets.UTF_8);
    return text.length() <= LONGEST_VALUE ? value : Json.of(text.substring(0, LONGEST_VALUE) + "…");
  }

  /// Finds where a secret was sent: the thing says that one is set, and the request had one.
  private static void secrets(
      String pointer, Json sent, Json after, List<Json> changes, int depth) {
    if (after.equals(SET) && (sent instanceof JsonString || sent instanceof JsonNumber)) {
      changes.add(Json.object().put("pointer", pointer).put("changed", true).build());
    } else if (depth < DEEPEST
        && sent instanceof JsonObject given
        && after instanceof JsonObject is) {
      given
          .members()
          .forEach((name, value) -> {
            Json there = is.get(name);
            if (there != null) {
              String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
              secrets(at, value, there, changes, depth + 1);
            }
          });
    } else if (depth < DEEPEST
        && sent instanceof JsonArray(List<Json> given)
        && after instanceof JsonArray(List<Json> are)) {
      for (int i = 0; i < Math.min(given.size(), are.size()); i++) {
        secrets(pointer + "/" + i, given.get(i), are.get(i), changes, depth + 1);
      }
    }
  }

  private static String changes(List<Json> changes) {
    List<Json> first = changes.subList(0, Math.min(changes.size(), MOST_CHANGES));
    return new String(JsonWriter.bytes(Json.array(first)), StandardCharsets.UTF_8);
  }
}
