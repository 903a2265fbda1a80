package io.fairlead.connector;

import io.fairlead.authorization.Auth;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Place;
import io.fairlead.authorization.ProofDocument;
import io.fairlead.base.Ids;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A connector as the one-connector API shows it, its secrets in the clear: the one exception to
/// that they never come out, since its manual promises them to its own callers.
public sealed interface OneView {
  /// It can be shown.
  record Shown(JsonObject document) implements OneView {}

  /// It has an authorization that has no place in that API.
  ///
  /// @param sentence says so, and what to do
  record NotShowable(String sentence) implements OneView {}

  /// Shows a connector as it is now. What has not been changed since it was sent is given back as
  /// it came.
  static OneView of(Connector connector, OneConnector sent) {
    return switch (Secrets.of(connector.auth())) {
      case Secrets.Elsewhere(String what) ->
          new NotShowable(
              "The authorization of the connector %s was changed at /v1/connectors to %s, which this API cannot show. A PUT here replaces it."
                  .formatted(Ids.text(Connector.PREFIX, connector.id()), what));
      case Secrets.Pairs(Place in, List<Credential.Parameter> rows) ->
          new Shown(document(connector, sent, in, rows));
    };
  }

  private static JsonObject document(
      Connector connector, OneConnector sent, @Nullable Place in, List<Credential.Parameter> rows) {
    String auth =
        in == null ? sent.auth().toLowerCase(Locale.ROOT) : in == Place.HEADER ? "header" : "get";
    Place place = auth.equals("header") ? Place.HEADER : Place.QUERY;
    boolean asSent =
        OneParameters.read(sent.parameters(), place, new JsonReader())
            .equals(new OneParameters.Read.Good(rows));
    ConnectorSpec spec = connector.spec();
    return Json.object()
        .put("id", sent.number())
        .put("name", spec.name())
        .put("url", spec.request().url())
        .put("auth", asSentOr(auth, sent.auth()))
        .put("method", asSentOr(spec.request().method().name(), sent.method()))
        .put("parameters", asSent ? sent.parameters() : OneParameters.write(rows))
        .build();
  }

  private static String asSentOr(String now, String sent) {
    return now.equalsIgnoreCase(sent) ? sent : now;
  }

  /// What a connector's authorization is to the one-connector API.
  sealed interface Secrets {
    /// Pairs, all in one place.
    ///
    /// @param in null when there are none
    record Pairs(@Nullable Place in, List<Credential.Parameter> rows) implements Secrets {}

    /// Something else.
    record Elsewhere(String what) implements Secrets {}

    /// Looks at an authorization. One of its own is not shown: its secrets are not the connector's.
    static Secrets of(Auth auth) {
      if (auth.credentialFrom() != null) {
        return new Elsewhere("an authorization of its own");
      }
      return switch (auth.credential()) {
        case Credential.None none -> new Pairs(null, List.of());
        case Credential.Custom(List<Credential.Parameter> rows) -> {
          Place in = rows.getFirst().in();
          boolean showable =
              (in == Place.HEADER || in == Place.QUERY)
                  && rows.stream().allMatch(row -> row.in() == in);
          yield showable
              ? new Pairs(in, rows)
              : new Elsewhere("parameters that are not all in headers, or all in the query");
        }
        case Credential.Basic basic -> kind(basic);
        case Credential.Bearer bearer -> kind(bearer);
        case Credential.ApiKey key -> kind(key);
      };
    }

    private static Secrets kind(Credential credential) {
      return new Elsewhere("the kind " + ProofDocument.kind(credential));
    }
  }
}
