package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.connector.Author;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Draft;
import io.fairlead.connector.OneConnector;
import io.fairlead.connector.OneConnectors;
import io.fairlead.connector.OneConnectors.Kept;
import io.fairlead.connector.OneDraft;
import io.fairlead.connector.OneView;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonWriter;
import io.fairlead.storage.Database;
import io.fairlead.storage.Saved;
import io.fairlead.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `/compat/bealder/v2/connector`: a tenant's one connector, wire for wire as the clients of
/// another product know it. A view on an ordinary connector, which `/v1/connectors` shows and
/// changes like any other.
public final class OneConnectorResource {
  private static final Header NOT_TO_BE_KEPT = new Header("Cache-Control", "no-store");

  private final Database database;
  private final OneConnectors ones;
  private final Catalog catalog;
  private final ConnectorResource connectors;

  /// @param ones which connector it is
  /// @param connectors what a change of a connector concerns
  public OneConnectorResource(
      Database database, OneConnectors ones, Catalog catalog, ConnectorResource connectors) {
    this.database = database;
    this.ones = ones;
    this.catalog = catalog;
    this.connectors = connectors;
  }

  Response get(Call call) {
    call.refuse();
    Kept found = find(call.tenant());
    if (found == null) {
      throw new Refused(
          Problem.of(Kind.NOT_FOUND, "There is no connector here yet. A PUT makes it."));
    }
    return answer(found);
  }

  Response put(Call call) {
    OneDraft sent = OneDraft.read(call.pastedBodyOrNothing(), call.faults());
    return answer(Changes.done(Changes.retried(() -> save(call, sent)), "a connector"));
  }

  private Saved<Kept> save(Call call, OneDraft sent) {
    Tenant tenant = call.tenant();
    Author author = ConnectorResource.author(call);
    Kept before = find(tenant);
    Connector former = before == null ? null : before.connector();
    Draft draft = call.right(sent.over(former, connectors.home(tenant), call.faults()));
    Saved<Kept> saved =
        database.write(
            handle ->
                before == null
                    ? ones.insert(handle, tenant.id(), tenant.name(), draft, sent, author)
                    : ones.update(handle, before, draft, sent, author),
            now -> {
              if (now instanceof Saved.Done<Kept>(Kept kept)) {
                catalog.put(kept.connector());
              }
            });
    if (former != null && saved instanceof Saved.Done<Kept>(Kept kept)) {
      var _ = connectors.released(former, kept.connector(), author);
    }
    return saved;
  }

  private @Nullable Kept find(Tenant tenant) {
    OneConnector as = database.read(handle -> ones.find(handle, tenant.id())).orElse(null);
    Connector connector = as == null ? null : catalog.get(as.connector());
    return as == null || connector == null ? null : new Kept(connector, as);
  }

  /// As the original answers: slashes escaped, which means the same.
  private static Response answer(Kept kept) {
    return switch (OneView.of(kept.connector(), kept.as())) {
      case OneView.Shown(JsonObject document) -> {
        byte[] body =
            JsonWriter.text(document).replace("/", "\\/").getBytes(StandardCharsets.UTF_8);
        yield Answers.with(Response.of(200, "application/json", body), NOT_TO_BE_KEPT);
      }
      case OneView.NotShowable(String sentence) ->
          throw new Refused(Problem.of(Kind.CONFLICT, sentence));
    };
  }
}
