package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.connector.Author;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Revision;
import io.fairlead.connector.Revisions;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonDiff;
import io.fairlead.tenant.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/connectors/{id}/revisions`: what a connector was, who made it so, and what that changed.
public final class RevisionResource {
  private static final int LAST = 999_999_999;

  private final Catalog catalog;
  private final Revisions revisions;

  /// Puts together what they are read from.
  public RevisionResource(Catalog catalog, Revisions revisions) {
    this.catalog = catalog;
    this.revisions = revisions;
  }

  Response list(Call call) {
    // What is wrong with the page is told before the connector is looked for.
    return call.list(
        slice -> revisions.list(connector(call), slice),
        revision -> summary(connector(call), revision).build(),
        Revision::number);
  }

  Response get(Call call) {
    Connector connector = connector(call);
    Revision revision = find(call, revisions, connector);
    Json body = summary(connector, revision).put("document", revision.settings()).build();
    return Answers.resource(200, body, Answers.etag(revision.number()));
  }

  Response diff(Call call) {
    int with = call.parameters().wholeNumber("with", 1, LAST, 0);
    Connector connector = connector(call);
    Revision revision = find(call, revisions, connector);
    int other = with == 0 ? revisions.before(connector, revision.number()) : with;
    // Before the first there was nothing.
    JsonObject before =
        other == 0 ? JsonObject.EMPTY : find(revisions, connector, other, "" + other).settings();
    List<Json> changes =
        JsonDiff.of(before, revision.settings()).stream().map(JsonDiff.Change::json).toList();
    return Answers.json(
        200,
        Json.object()
            .put("connector", Ids.text(Connector.PREFIX, connector.id()))
            .put("revision", revision.number())
            .put("with", other == 0 ? JsonNull.NULL : Json.of(other))
            .put("changes", Json.array(changes))
            .build());
  }

  private Connector connector(Call call) {
    long id = call.id(Connector.PREFIX, "connector");
    Connector connector = catalog.get(id);
    if (connector == null || connector.tenant() != call.tenant().id()) {
      throw Answers.notFound("connector", call.id());
    }
    return connector;
  }

  /// The revision that the path names.
  static Revision find(Call call, Revisions revisions, Connector connector) {
    return find(revisions, connector, call.secondNumber(), call.second());
  }

  private static Revision find(Revisions revisions, Connector connector, int number, String text) {
    return revisions.get(connector, number).orElseThrow(() -> Answers.notFound("revision", text));
  }

  private static Json.Builder summary(Connector connector, Revision revision) {
    return Json.object()
        .put("connector", Ids.text(Connector.PREFIX, connector.id()))
        .put("revision", revision.number())
        .put("current", revision.number() == connector.revision())
        .put("name", revision.settings().members().getOrDefault("name", JsonNull.NULL))
        .put("active", revision.settings().members().getOrDefault("active", JsonNull.NULL))
        .put("madeAt", Answers.time(revision.madeAt()))
        .put("madeBy", author(revision.madeBy()));
  }

  private static Json author(@Nullable Author author) {
    if (author == null) {
      return JsonNull.NULL;
    }
    Long key = author.key();
    return Json.object()
        .put("apiKey", key == null ? null : Ids.text(ApiKey.PREFIX, key))
        .put("name", author.name())
        .build();
  }
}
