package io.fairlead.api;

import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.AdaptorDocument;
import io.fairlead.adaptor.AdaptorDraft;
import io.fairlead.adaptor.Adaptors;
import io.fairlead.adaptor.SavedAdaptor;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Quote;
import io.fairlead.base.Refused;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.storage.Database;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/v1/adaptors`: mappings of events' data to third parties' fields, and who uses them. Reads come
/// from the catalog, which is what runs.
public final class AdaptorResource {
  /// A change that another one overtook is made again on what that one left.
  private static final int TRIES = 5;

  private static final int MOST_NAMED = 5;
  private static final int MOST_USERS = 1_000;

  private final Database database;
  private final Adaptors adaptors;
  private final AdaptorCatalog catalog;
  private final Catalog connectors;
  private final AdaptorPreview preview;

  /// @param adaptors writes the rows
  /// @param connectors those who use them
  /// @param preview what a draft would make
  public AdaptorResource(
      Database database,
      Adaptors adaptors,
      AdaptorCatalog catalog,
      Catalog connectors,
      AdaptorPreview preview) {
    this.database = database;
    this.adaptors = adaptors;
    this.catalog = catalog;
    this.connectors = connectors;
    this.preview = preview;
  }

  Response list(Call call) {
    List<Adaptor> all = catalog.of(call.tenant().id());
    return call.list(slice -> page(all, slice), this::json, Adaptor::id);
  }

  private static Page<Adaptor> page(List<Adaptor> all, Slice slice) {
    List<Adaptor> ordered = slice.newestFirst() ? all.reversed() : all;
    List<Adaptor> probed =
        ordered.stream()
            .filter(adaptor -> adaptor.id() >= slice.low() && adaptor.id() < slice.high())
            .limit(slice.probe())
            .toList();
    return Page.of(probed, slice, Math.min(all.size(), Page.MOST_COUNTED));
  }

  Response create(Call call) {
    AdaptorDraft draft = AdaptorDocument.read(call.body(), call.faults());
    AdaptorDraft right = right(call, draft);
    SavedAdaptor saved =
        database.write(
            handle -> adaptors.insert(handle, call.tenant().id(), right), this::remember);
    Adaptor made = done(saved);
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
    SavedAdaptor saved = SavedAdaptor.Stale.STALE;
    for (int i = 0; i < TRIES && saved instanceof SavedAdaptor.Stale; i++) {
      Adaptor before = find(call);
      call.checkIfMatch(etag(before));
      AdaptorDraft draft = right(call, drafts.apply(before));
      saved =
          database.write(
              handle -> {
                if (!draft.active()) {
                  refuseWhileUsed(before, "switched off");
                }
                return adaptors.update(handle, before, draft);
              },
              this::remember);
    }
    return answer(done(saved));
  }

  private void remember(SavedAdaptor saved) {
    if (saved instanceof SavedAdaptor.Done(Adaptor adaptor)) {
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

  /// What was read, if nothing is wrong.
  private static AdaptorDraft right(Call call, @Nullable AdaptorDraft draft) {
    call.refuse();
    if (draft == null) {
      throw new IllegalStateException("a draft is wrong and nothing says why");
    }
    return draft;
  }

  private static Adaptor done(SavedAdaptor saved) {
    return switch (saved) {
      case SavedAdaptor.Done done -> done.adaptor();
      case SavedAdaptor.NameTaken taken ->
          throw Call.taken("There is an adaptor \"%s\" already.".formatted(taken.name()), "/name");
      case SavedAdaptor.Stale stale -> throw Call.stale();
      case SavedAdaptor.Missing missing ->
          throw new Refused(
              Problem.of(Kind.NOT_FOUND, "The adaptor has been deleted in the meantime."));
    };
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
    return "\"" + adaptor.revision() + "\"";
  }

  private Json json(Adaptor adaptor) {
    return Json.object()
        .put("id", Ids.text(Adaptor.PREFIX, adaptor.id()))
        .putAll(AdaptorDocument.settings(adaptor))
        .put(
            "usedBy",
            Json.array(
                users(adaptor).stream().limit(MOST_USERS).map(AdaptorResource::user).toList()))
        .put("revision", adaptor.revision())
        .put("createdAt", Answers.time(adaptor.createdAt()))
        .put("updatedAt", Answers.time(adaptor.updatedAt()))
        .build();
  }

  private static Json user(Connector connector) {
    return Json.object()
        .put("id", Ids.text(Connector.PREFIX, connector.id()))
        .put("name", connector.spec().name())
        .build();
  }
}
