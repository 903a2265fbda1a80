package io.fairlead.api;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.command.Dependents;
import io.fairlead.connector.Author;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Connectors;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.connector.Revision;
import io.fairlead.connector.Revisions;
import io.fairlead.delivery.Activation;
import io.fairlead.delivery.Activation.Deletion;
import io.fairlead.delivery.Activation.Held;
import io.fairlead.delivery.Backlog;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Saved;
import io.fairlead.storage.Sql;
import io.fairlead.storage.StoreUnavailable;
import io.fairlead.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/v1/connectors`: where events go, and how. Reads come from the catalog, which is what runs.
public final class ConnectorResource {
  private static final List<String> HELD = List.of("release", "discard", "keep");

  private final Database database;
  private final Connectors connectors;
  private final Catalog catalog;
  private final AuthorizationCatalog authorizations;
  private final AdaptorCatalog adaptors;
  private final Activation activation;
  private final Backlog backlog;
  private final Revisions revisions;
  private final TemplateResource templates;
  private final Dependents dependents;

  /// @param connectors writes the rows
  /// @param authorizations what connectors may refer to
  /// @param adaptors the same
  /// @param activation switches connectors, and takes them away
  /// @param backlog counts what waits
  /// @param revisions reads what may be restored
  /// @param templates what connectors may be made from
  /// @param dependents what needs them
  public ConnectorResource(
      Database database,
      Connectors connectors,
      Catalog catalog,
      AuthorizationCatalog authorizations,
      AdaptorCatalog adaptors,
      Activation activation,
      Backlog backlog,
      Revisions revisions,
      TemplateResource templates,
      Dependents dependents) {
    this.database = database;
    this.connectors = connectors;
    this.catalog = catalog;
    this.authorizations = authorizations;
    this.adaptors = adaptors;
    this.activation = activation;
    this.backlog = backlog;
    this.revisions = revisions;
    this.templates = templates;
    this.dependents = dependents;
  }

  Response list(Call call) {
    ConnectorFilter filter = ConnectorFilter.read(call);
    List<Connector> all = catalog.of(call.tenant().id()).all();
    return call.listInOrder(
        () -> all.stream().filter(filter::fits).toList(), ConnectorFilter.ORDERS, this::rows);
  }

  /// What waits for each is counted for all of them together.
  private List<Json> rows(List<Connector> page) {
    List<Long> ids = page.stream().map(Connector::id).toList();
    Map<Long, Integer> waiting = backlog.counts(ids, Page.MOST_COUNTED);
    return page.stream()
        .map(one -> json(one, List.of(), waiting.getOrDefault(one.id(), 0)))
        .toList();
  }

  Response create(Call call) {
    Tenant tenant = call.tenant();
    Json document = call.body();
    var notes = new ArrayList<String>();
    Connector made =
        done(
            Changes.retried(() -> {
              Draft draft = call.right(draft(call, document, tenant));
              notes.clear();
              notes.addAll(draft.notes());
              return insert(call, draft);
            }));
    return Answers.created(
        "/v1/connectors/" + Ids.text(Connector.PREFIX, made.id()), json(made, notes), etag(made));
  }

  Response get(Call call) {
    return answer(find(call));
  }

  Response replace(Call call) {
    Json document = call.body();
    return change(
        call,
        before -> ConnectorDocument.replace(document, before, home(call.tenant()), call.faults()));
  }

  Response patch(Call call) {
    Json document = call.body();
    return change(
        call,
        before -> ConnectorDocument.patch(document, before, home(call.tenant()), call.faults()));
  }

  private Response change(Call call, Function<Connector, @Nullable Draft> drafts) {
    var notes = new ArrayList<String>();
    Connector after =
        retrying(
            call,
            before -> {
              Draft draft = call.right(drafts.apply(before));
              notes.clear();
              notes.addAll(draft.notes());
              Saved<Connector> saved =
                  save(handle -> connectors.update(handle, before, draft, author(call)));
              return saved instanceof Saved.Done<Connector>(Connector changed)
                  ? released(before, changed, author(call))
                  : saved;
            });
    return Answers.resource(200, json(after, notes), etag(after));
  }

  /// What a change came to, after letting go what is held where it has set the connector going.
  Saved<Connector> released(Connector before, Connector changed, Author author) {
    return changed.runs() && !before.runs()
        ? activation.activate(changed, Held.RELEASE, author)
        : new Saved.Done<>(changed);
  }

  private @Nullable Draft draft(Call call, Json document, Tenant tenant) {
    return TemplateResource.isMeant(document)
        ? templates.draft(document, home(tenant), call.faults())
        : ConnectorDocument.create(document, home(tenant), call.faults());
  }

  private Saved<Connector> insert(Call call, Draft draft) {
    Tenant tenant = call.tenant();
    return save(
        handle -> connectors.insert(handle, tenant.id(), tenant.name(), draft, author(call)));
  }

  /// Goes back to what an earlier revision had. Whether it is active, people say apart from that.
  Response restore(Call call) {
    Members members = Members.of(call.bodyOrNothing(), "", call.faults());
    Json authorization = members.get("authorization");
    Json signing = members.get("signing");
    members.refuseOthers();
    return change(
        call,
        before -> {
          Revision revision = RevisionResource.find(call, revisions, before);
          JsonObject document =
              Json.object().putAll(revision.settings()).put("active", before.active()).build();
          document = over(document, "authorization", authorization);
          document = over(document, "signing", signing);
          return ConnectorDocument.replace(document, before, home(call.tenant()), call.faults());
        });
  }

  /// Puts what the caller sent over what the revision has, member by member: above all a secret,
  /// which no revision has.
  private static JsonObject over(JsonObject document, String name, @Nullable Json sent) {
    if (sent == null) {
      return document;
    }
    Json.Builder changed = Json.object().putAll(document);
    return document.get(name) instanceof JsonObject had && sent instanceof JsonObject given
        ? changed.put(name, Json.object().putAll(had).putAll(given).build()).build()
        : changed.put(name, sent).build();
  }

  static Author author(Call call) {
    return new Author(call.caller().key(), call.caller().name());
  }

  Home home(Tenant tenant) {
    return new Home(tenant.id(), tenant.name(), authorizations, adaptors);
  }

  private Saved<Connector> save(Sql<Saved<Connector>> change) {
    return database.write(
        change,
        saved -> {
          if (saved instanceof Saved.Done<Connector>(Connector connector)) {
            catalog.put(connector);
          }
        });
  }

  Response activate(Call call) {
    Members members = Members.of(call.bodyOrNothing(), "", call.faults());
    Held held = held(members);
    members.refuseOthers();
    call.refuse();
    return answer(retrying(call, before -> activation.activate(before, held, author(call))));
  }

  Response disable(Call call) {
    Members.of(call.bodyOrNothing(), "", call.faults()).refuseOthers();
    call.refuse();
    return answer(retrying(call, before -> activation.disable(before, author(call))));
  }

  private static Held held(Members members) {
    String word = members.word("held", HELD, HELD.getFirst());
    return Held.valueOf(word.toUpperCase(Locale.ROOT));
  }

  Response activateMany(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    List<Long> ids = ManyIds.read(members, Connector.PREFIX);
    Held held = held(members);
    members.refuseOthers();
    return many(call, ids, before -> activation.activate(before, held, author(call)));
  }

  Response disableMany(Call call) {
    Members members = Members.of(call.body(), "", call.faults());
    List<Long> ids = ManyIds.read(members, Connector.PREFIX);
    members.refuseOthers();
    return many(call, ids, before -> activation.disable(before, author(call)));
  }

  private Response many(Call call, List<Long> ids, Function<Connector, Saved<Connector>> change) {
    call.refuse();
    var results = new ArrayList<Json>(ids.size());
    for (long id : ids) {
      results.add(
          ManyIds.result(
              Ids.text(Connector.PREFIX, id), 200, problemOf(call.tenant().id(), id, change)));
    }
    return Answers.json(200, Json.object().put("results", Json.array(results)).build());
  }

  private @Nullable Problem problemOf(
      long tenant, long id, Function<Connector, Saved<Connector>> change) {
    try {
      var _ = done(Changes.retried(() -> change.apply(find(tenant, id))));
      return null;
    } catch (Refused e) {
      return e.problem();
    } catch (StoreUnavailable e) {
      return Problem.unavailable(
          "The store cannot write now. Nothing was promised; send it again.",
          Duration.ofSeconds(1));
    }
  }

  Response delete(Call call) {
    boolean cancel = call.parameters().word("deliveries", List.of("cancel"), "").equals("cancel");
    Connector before = find(call);
    call.checkIfMatch(etag(before));
    return switch (activation.delete(before, cancel, author(call), dependents::hold)) {
      case Deletion.Done done -> Answers.noContent();
      case Deletion.Missing missing -> throw Answers.notFound("connector", call.id());
      case Deletion.StillWaiting waiting ->
          throw new Refused(
              Problem.of(
                  Kind.CONFLICT,
                  "%s of this connector %s not ended. Delete with ?deliveries=cancel to cancel them."
                      .formatted(
                          count(waiting.waiting()), waiting.waiting() == 1 ? "has" : "have")));
    };
  }

  private static String count(int deliveries) {
    return switch (deliveries) {
      case 1 -> "1 delivery";
      case Page.MOST_COUNTED -> deliveries + " or more deliveries";
      default -> deliveries + " deliveries";
    };
  }

  /// Makes a change on the connector as it is; when another change came between, on what that one
  /// left, unless the call depends on what it had read.
  private Connector retrying(Call call, Function<Connector, Saved<Connector>> change) {
    return done(
        Changes.retried(() -> {
          Connector before = find(call);
          call.checkIfMatch(etag(before));
          return change.apply(before);
        }));
  }

  private static Connector done(Saved<Connector> saved) {
    return Changes.done(saved, "a connector");
  }

  private Connector find(Call call) {
    return find(call.tenant().id(), call.id(Connector.PREFIX, "connector"));
  }

  private Connector find(long tenant, long id) {
    Connector connector = catalog.get(id);
    if (connector == null || connector.tenant() != tenant) {
      throw Answers.notFound("connector", Ids.text(Connector.PREFIX, id));
    }
    return connector;
  }

  private Response answer(Connector connector) {
    return Answers.resource(200, json(connector), etag(connector));
  }

  private static String etag(Connector connector) {
    return Answers.etag(connector.revision());
  }

  private static @Nullable String reason(Connector connector) {
    if (!connector.active()) {
      return "Disabled by hand.";
    }
    return connector.halt() == null ? null : connector.halt().reason();
  }

  /// How a connector is named where others speak of it.
  static Json reference(Connector connector) {
    return Json.object()
        .put("id", Ids.text(Connector.PREFIX, connector.id()))
        .put("name", connector.spec().name())
        .build();
  }

  private Json json(Connector connector) {
    return json(connector, List.of());
  }

  /// @param notes on what was left out of what was sent
  private Json json(Connector connector, List<String> notes) {
    return json(connector, notes, backlog.count(connector.id(), Page.MOST_COUNTED));
  }

  private static Json json(Connector connector, List<String> notes, int waiting) {
    return Json.object()
        .put("id", Ids.text(Connector.PREFIX, connector.id()))
        .putAll(ConnectorDocument.settings(connector))
        .put("state", connector.state().name())
        .put("stateReason", reason(connector))
        .put("revision", connector.revision())
        .put("createdAt", Answers.time(connector.createdAt()))
        .put("updatedAt", Answers.time(connector.updatedAt()))
        .put("waiting", waiting)
        .put(
            "notes",
            Json.array(
                Stream.concat(notes.stream(), connector.plan().notes().stream())
                    .map(Json::of)
                    .toList()))
        .build();
  }
}
