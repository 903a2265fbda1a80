package io.fairlead.api;

import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.authorization.Authorization;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.command.Command;
import io.fairlead.command.CommandCatalog;
import io.fairlead.command.LoggedRun;
import io.fairlead.command.RunRows;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.LoggedAttempt;
import io.fairlead.delivery.LoggedDelivery;
import io.fairlead.event.Events;
import io.fairlead.event.StoredEvent;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.storage.Database;
import io.fairlead.storage.Slice;
import io.fairlead.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/v1/search`: one box for "what happened to INV0000001?".
public final class SearchResource {
  /// Of each kind.
  private static final int MOST = 20;

  private static final int MOST_NAMED = 5;
  private static final int SHORTEST_TEXT = 3;
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private final Catalog connectors;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final CommandCatalog commands;
  private final Events events;
  private final DeliveryLog log;
  private final RunRows runs;
  private final Database database;
  private final Clock clock;
  private final Turns looks = new Turns(2, "searches through data");

  /// What is looked through.
  public SearchResource(
      Catalog connectors,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors,
      CommandCatalog commands,
      Events events,
      DeliveryLog log,
      RunRows runs,
      Database database,
      Clock clock) {
    this.connectors = connectors;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
    this.commands = commands;
    this.events = events;
    this.log = log;
    this.runs = runs;
    this.database = database;
    this.clock = clock;
  }

  Response search(Call call) {
    String text = text(call);
    boolean inData = call.parameters().word("in", List.of("data"), "").equals("data");
    if (inData && text.length() < SHORTEST_TEXT) {
      call.faults()
          .inParameter(
              "q", "To look into data q has at least %d characters.".formatted(SHORTEST_TEXT));
    }
    Slice slice = call.slice(MOST);
    boolean seesPayloads = call.caller().seesPayloads();
    var hits = new ArrayList<Json>();
    hits.addAll(byId(call.tenant(), text));
    hits.addAll(byName(call.tenant(), text.toLowerCase(Locale.ROOT)));
    List<StoredEvent> byKey =
        events.foundBy(call.tenant().id(), text, slice.from(), slice.to(), seesPayloads, MOST);
    byKey.forEach(event -> hits.add(hit(event, "Found by its key, its id or a searchable path.")));
    Json.Builder answer = Json.object();
    if (inData && seesPayloads) {
      Set<Long> known = new HashSet<>(byKey.stream().map(StoredEvent::id).toList());
      Events.LookedThrough looked = look(call.tenant().id(), text, slice);
      looked.found().stream()
          .filter(event -> !known.contains(event.id()))
          .forEach(event -> hits.add(hit(event, "The text stands in its data.")));
      answer.put("lookedThrough", lookedThrough(looked, slice));
    } else {
      answer.put("lookedThrough", JsonNull.NULL);
    }
    return Answers.json(200, answer.put("data", Json.array(hits)).build());
  }

  private static String text(Call call) {
    String text = call.parameters().searched("q");
    if (call.parameters().one("q") == null) {
      call.faults().inParameter("q", "q says what to look for.");
    }
    return text == null ? "" : text;
  }

  private Events.LookedThrough look(long tenant, String text, Slice slice) {
    long end = clock.nanos() + LONGEST_LOOK.toNanos();
    return looks.take(
        tenant,
        () ->
            events.withText(
                tenant, text, slice.from(), slice.to(), MOST, () -> clock.nanos() - end > 0));
  }

  private static Json lookedThrough(Events.LookedThrough looked, Slice slice) {
    boolean all = looked.from() <= slice.from();
    return Json.object()
        .put("events", looked.lookedAt())
        .put("all", all)
        .put("since", all ? JsonNull.NULL : Answers.time(Ids.millisOf(looked.from())))
        .build();
  }

  private List<Json> byId(Tenant tenant, String text) {
    return Stream.of(
            connector(tenant, number(Connector.PREFIX, text)),
            authorization(tenant, number(Authorization.PREFIX, text)),
            adaptor(tenant, number(Adaptor.PREFIX, text)),
            event(tenant, number(StoredEvent.PREFIX, text)),
            delivery(tenant, number(LoggedDelivery.PREFIX, text)),
            attempt(tenant, number(LoggedAttempt.PREFIX, text)),
            run(tenant, number(LoggedRun.PREFIX, text)))
        .flatMap(found -> found)
        .toList();
  }

  private static @Nullable Long number(String prefix, String text) {
    var id = Ids.parse(prefix, text);
    return id.isPresent() ? id.getAsLong() : null;
  }

  private Stream<Json> connector(Tenant tenant, @Nullable Long id) {
    Connector found = id == null ? null : connectors.get(id);
    return found == null || found.tenant() != tenant.id() ? Stream.empty() : Stream.of(hit(found));
  }

  private Stream<Json> authorization(Tenant tenant, @Nullable Long id) {
    Authorization found = id == null ? null : authorizations.get(tenant.id(), id);
    return found == null ? Stream.empty() : Stream.of(hit(found));
  }

  private Stream<Json> adaptor(Tenant tenant, @Nullable Long id) {
    SharedAdaptor found = id == null ? null : adaptors.get(tenant.id(), id);
    return found == null ? Stream.empty() : Stream.of(hit(found.now()));
  }

  private Stream<Json> event(Tenant tenant, @Nullable Long id) {
    return id == null
        ? Stream.empty()
        : events.get(tenant.id(), id).stream().map(found -> hit(found.event(), "Found by its id."));
  }

  private Stream<Json> delivery(Tenant tenant, @Nullable Long id) {
    return id == null ? Stream.empty() : log.get(tenant.id(), id).stream().map(found -> hit(found));
  }

  private Stream<Json> attempt(Tenant tenant, @Nullable Long id) {
    return id == null
        ? Stream.empty()
        : log.exchange(tenant.id(), id).stream()
            .flatMap(found -> delivery(tenant, found.delivery()));
  }

  private Stream<Json> run(Tenant tenant, @Nullable Long id) {
    return id == null
        ? Stream.empty()
        : database.read(handle -> runs.get(handle, tenant.id(), id)).stream()
            .map(SearchResource::hit);
  }

  private List<Json> byName(Tenant tenant, String part) {
    return Stream.of(
            connectors.of(tenant.id()).all().stream()
                .filter(
                    one -> isIn(one.spec().name(), part) || isIn(one.spec().request().url(), part))
                .limit(MOST_NAMED)
                .map(SearchResource::hit),
            authorizations.of(tenant.id()).stream()
                .filter(one -> isIn(one.name(), part))
                .limit(MOST_NAMED)
                .map(SearchResource::hit),
            adaptors.of(tenant.id()).stream()
                .filter(one -> isIn(one.name(), part))
                .limit(MOST_NAMED)
                .map(SearchResource::hit),
            commands.all().stream()
                .filter(one -> one.definition().isFor(tenant.name()) && isIn(one.name(), part))
                .limit(MOST_NAMED)
                .map(SearchResource::hit))
        .flatMap(found -> found)
        .toList();
  }

  private static boolean isIn(String name, String part) {
    return name.toLowerCase(Locale.ROOT).contains(part);
  }

  private static Json hit(Connector one) {
    return hit(
        "connector",
        Ids.text(Connector.PREFIX, one.id()),
        one.spec().name(),
        one.spec().request().method() + " " + one.spec().request().url(),
        one.createdAt());
  }

  private static Json hit(Authorization one) {
    return hit(
        "authorization",
        Ids.text(Authorization.PREFIX, one.id()),
        one.name(),
        null,
        Ids.millisOf(one.id()));
  }

  private static Json hit(Adaptor one) {
    return hit(
        "adaptor", Ids.text(Adaptor.PREFIX, one.id()), one.name(), null, Ids.millisOf(one.id()));
  }

  private static Json hit(Command one) {
    return hit("command", one.name(), one.name(), one.definition().sentence(), null);
  }

  private static Json hit(StoredEvent one, String why) {
    return hit(
        "event",
        Ids.text(StoredEvent.PREFIX, one.id()),
        one.subject() == null ? one.type() : one.type() + " " + one.subject(),
        why,
        Ids.millisOf(one.id()));
  }

  private static Json hit(LoggedDelivery one) {
    String connector = one.connectorName() == null ? "a deleted connector" : one.connectorName();
    return hit(
        "delivery",
        Ids.text(LoggedDelivery.PREFIX, one.id()),
        "%s to %s".formatted(one.eventType(), connector),
        one.state().name(),
        Ids.millisOf(one.id()));
  }

  private static Json hit(LoggedRun one) {
    return hit(
        "run",
        Ids.text(LoggedRun.PREFIX, one.id()),
        "Run of " + one.command(),
        one.outcome().name(),
        one.startedAt());
  }

  private static Json hit(
      String kind, String id, String title, @Nullable String detail, @Nullable Long at) {
    return Json.object()
        .put("kind", kind)
        .put("id", id)
        .put("title", title)
        .put("detail", detail)
        .put("at", Answers.time(at))
        .build();
  }
}
