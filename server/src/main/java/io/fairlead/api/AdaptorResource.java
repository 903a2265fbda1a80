package io.fairlead.api;

import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.AdaptorDocument;
import io.fairlead.adaptor.AdaptorDraft;
import io.fairlead.adaptor.Adaptors;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Quote;
import io.fairlead.base.Refused;
import io.fairlead.command.Dependents;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Saved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/v1/adaptors`: mappings of events' data to third parties' fields, and who uses them. Reads come
/// from the catalog, which is what runs.
public final class AdaptorResource {
  private static final int MOST_NAMED = 5;
  private static final int MOST_USERS = 1_000;

  private final Database database;
  private final Adaptors adaptors;
  private final AdaptorCatalog catalog;
  private final Catalog connectors;
  private final Dependents dependents;
  private final AdaptorPreview preview;

  /// @param adaptors writes the rows
  /// @param connectors those who use them
  /// @param dependents the commands among these
  /// @param preview what a draft would make
  public AdaptorResource(
      Database database,
      Adaptors adaptors,
      AdaptorCatalog catalog,
      Catalog connectors,
      Dependents dependents,
      AdaptorPreview preview) {
    this.database = database;
    this.adaptors = adaptors;
    this.catalog = catalog;
    this.connectors = connectors;
    this.dependents = dependents;
    this.preview = preview;
  }

  Response list(Call call) {
    String part = call.parameters().searched("q");
    List<Adaptor> all =
        catalog.of(call.tenant().id()).stream()
            .filter(one -> Parameters.isIn(one.name(), part))
            .toList();
    return call.listRows(
        slice -> Page.ofAll(all, slice, Adaptor::id),
        page -> rows(call.tenant().id(), page),
        Adaptor::id);
  }

  /// All connectors are gone through once for the page, not once for each of its rows.
  private List<Json> rows(long tenant, List<Adaptor> page) {
    var users = new HashMap<Long, List<Connector>>();
    for (Connector connector : connectors.of(tenant).all()) {
      SharedAdaptor used = connector.spec().adaptor();
      if (used != null) {
        users.computeIfAbsent(used.id(), _ -> new ArrayList<>()).add(connector);
      }
    }
    return page.stream().map(one -> json(one, users.getOrDefault(one.id(), List.of()))).toList();
  }

  Response create(Call call) {
    AdaptorDraft draft = call.right(AdaptorDocument.read(call.body(), call.faults()));
    Adaptor made =
        done(
            database.write(
                handle -> adaptors.insert(handle, call.tenant().id(), draft), this::remember));
    return Answers.created(
        "/v1/adaptors/" + Ids.text(Adaptor.PREFIX, made.id()), json(made), etag(made));
  }

  Response get(Call call) {
    return answer(find(call));
  }

  Response replace(Call call) {
    Json document = call.body();
    return change(call, before -> AdaptorDocument.read(document, call.faults()));
  }

  Response patch(Call call) {
    Json patch = call.body();
    return change(call, before -> AdaptorDocument.patch(patch, before, call.faults()));
  }

  private Response change(Call call, Function<Adaptor, @Nullable AdaptorDraft> drafts) {
    return answer(done(Changes.retried(() -> changed(call, drafts))));
  }

  private Saved<Adaptor> changed(Call call, Function<Adaptor, @Nullable AdaptorDraft> drafts) {
    Adaptor before = find(call);
    call.checkIfMatch(etag(before));
    AdaptorDraft draft = call.right(drafts.apply(before));
    return database.write(
        handle -> {
          if (!draft.active()) {
            refuseWhileUsed(before, "switched off");
          }
          return adaptors.update(handle, before, draft);
        },
        this::remember);
  }

  private void remember(Saved<Adaptor> saved) {
    if (saved instanceof Saved.Done<Adaptor>(Adaptor adaptor)) {
      catalog.put(adaptor);
    }
  }

  Response delete(Call call) {
    Adaptor before = find(call);
    call.checkIfMatch(etag(before));
    boolean deleted =
        database.write(
            handle -> {
              refuseWhileUsed(before, "deleted");
              return adaptors.delete(handle, before);
            },
            done -> {
              if (done) {
                catalog.remove(before);
              }
            });
    if (!deleted) {
      throw Answers.notFound("adaptor", call.id());
    }
    return Answers.noContent();
  }

  /// On the writer's thread, where no connector can be saved in between.
  private void refuseWhileUsed(Adaptor adaptor, String what) {
    dependents.holdAdaptor(adaptor.tenant(), adaptor.id(), what);
    List<Connector> users = users(adaptor);
    if (!users.isEmpty()) {
      String names =
          users.stream()
              .limit(MOST_NAMED)
              .map(user -> Quote.of(user.spec().name()))
              .collect(Collectors.joining(", "));
      int more = users.size() - MOST_NAMED;
      throw new Refused(
          Problem.of(
              Kind.CONFLICT,
              "It is used by %s%s. An adaptor can be %s when no connector uses it."
                  .formatted(names, more > 0 ? " and %d more".formatted(more) : "", what)));
    }
  }

  private List<Connector> users(Adaptor adaptor) {
    return connectors.of(adaptor.tenant()).all().stream()
        .filter(connector -> {
          SharedAdaptor used = connector.spec().adaptor();
          return used != null && used.id() == adaptor.id();
        })
        .toList();
  }

  Response preview(Call call) {
    return preview.answer(call);
  }

  private static Adaptor done(Saved<Adaptor> saved) {
    return Changes.done(saved, "an adaptor");
  }

  private Adaptor find(Call call) {
    long id = call.id(Adaptor.PREFIX, "adaptor");
    SharedAdaptor found = catalog.get(call.tenant().id(), id);
    if (found == null) {
      throw Answers.notFound("adaptor", call.id());
    }
    return found.now();
  }

  private Response answer(Adaptor adaptor) {
    return Answers.resource(200, json(adaptor), etag(adaptor));
  }

  private static String etag(Adaptor adaptor) {
    return Answers.etag(adaptor.revision());
  }

  private Json json(Adaptor adaptor) {
    return json(adaptor, users(adaptor));
  }

  private Json json(Adaptor adaptor, List<Connector> users) {
    return Json.object()
        .put("id", Ids.text(Adaptor.PREFIX, adaptor.id()))
        .putAll(AdaptorDocument.settings(adaptor))
        .put(
            "usedBy",
            Json.array(users.stream().limit(MOST_USERS).map(ConnectorResource::reference).toList()))
        .put(
            "usedByCommands",
            Json.array(
                dependents.commandsWithAdaptor(adaptor.tenant(), adaptor.id()).stream()
                    .map(Json::of)
                    .toList()))
        .put("revision", adaptor.revision())
        .put("createdAt", Answers.time(adaptor.createdAt()))
        .put("updatedAt", Answers.time(adaptor.updatedAt()))
        .build();
  }
}
