package io.fairlead.connector;

import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Place;
import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the one-connector API is sent: all texts, as its manual has it, in the form
/// `{"name","url","method","auth","parameters"}`, with `id` or without. What else stands in it is
/// passed over, as clients of that manual may expect.
///
/// @param number the `id`, null where none was sent
/// @param auth as it was sent
/// @param method as it was sent
/// @param parameters as they were sent: secrets in the clear
/// @param secrets what stands in `parameters`
public record OneDraft(
    @Nullable Integer number,
    String name,
    String url,
    String auth,
    String method,
    String parameters,
    List<Credential.Parameter> secrets) {
  /// What a new one is called for.
  private static final String EVENT_TYPE = "beacon.detected";

  private static final TextRule ANY = TextRule.any(1, 8_192);
  private static final TextRule JSON = TextRule.any(1, 400_000);
  private static final TextRule AUTH =
      TextRule.matching(1, 10, "(?i)header|get", "is header or get");
  private static final TextRule METHOD = TextRule.matching(1, 10, "(?i)post|get", "is POST or GET");

  public OneDraft {
    secrets = List.copyOf(secrets);
  }

  /// Reads what was sent; what is wrong is noted, with stand-ins in its place.
  public static OneDraft read(Json document, Faults faults) {
    Members members = Members.of(document, "", faults);
    Integer number = null;
    if (members.has("id") && !members.isNull("id")) {
      number = members.wholeNumber("id", 0, Integer.MAX_VALUE, OneConnector.FIRST);
    }
    String name = members.text("name", ANY);
    String url = members.text("url", ANY);
    String auth = members.text("auth", AUTH);
    String method = members.text("method", METHOD);
    String parameters = members.text("parameters", JSON);
    List<Credential.Parameter> secrets = List.of();
    if (!members.isFaulty("parameters")) {
      switch (OneParameters.read(parameters, place(auth), new JsonReader())) {
        case OneParameters.Read.Good(var rows) -> secrets = rows;
        case OneParameters.Read.Bad(var details) ->
            details.forEach(detail -> members.fault("parameters", detail));
      }
    }
    return new OneDraft(number, name, url, auth, method, parameters, secrets);
  }

  private static Place place(String auth) {
    return auth.equalsIgnoreCase("header") ? Place.HEADER : Place.QUERY;
  }

  /// How it is given back.
  ///
  /// @param before null for a new one
  OneConnector as(long connector, @Nullable OneConnector before) {
    int former = before == null ? OneConnector.FIRST : before.number();
    return new OneConnector(connector, number == null ? former : number, auth, method, parameters);
  }

  /// The connector that it makes, or makes of another; null when something is wrong, here or with
  /// what was sent.
  ///
  /// @param before null for a new one
  public @Nullable Draft over(@Nullable Connector before, Home home, Faults faults) {
    var found = new Faults();
    Draft draft = ConnectorDocument.ofOne(document(before == null), before, home, found);
    for (Fault fault : found.list()) {
      tell(fault, faults);
    }
    return faults.isEmpty() ? draft : null;
  }

  private JsonObject document(boolean isNew) {
    Json.Builder out =
        Json.object()
            .put("name", name)
            .put("url", url)
            .put("method", method.isEmpty() ? "POST" : method.toUpperCase(Locale.ROOT))
            .put("authorization", authorization());
    if (isNew) {
      Json trigger = Json.object().put("eventType", EVENT_TYPE).build();
      out.put("triggers", Json.array(List.of(trigger)));
    }
    return out.build();
  }

  private Json authorization() {
    if (secrets.isEmpty()) {
      return JsonNull.NULL;
    }
    List<Json> rows =
        secrets.stream()
            .<Json>map(one ->
                Json.object()
                    .put("in", one.in().text())
                    .put("name", one.name())
                    .put("value", one.value())
                    .build())
            .toList();
    return Json.object().put("kind", "custom").put("parameters", Json.array(rows)).build();
  }

  /// Tells a fault of the connector where the one-connector API has it.
  private static void tell(Fault fault, Faults faults) {
    String at = fault.at();
    boolean told = faults.list().stream().anyMatch(other -> other.at().equals(at));
    switch (at) {
      case "/name", "/url", "/method" -> {
        if (!told) {
          faults.at(at, fault.detail());
        }
      }
      default -> {
        if (at.startsWith("/authorization")) {
          faults.at("/parameters", "parameters: " + pair(at) + fault.detail());
        } else {
          faults.at(
              "",
              "This does not go with the connector's own %s, which /v1/connectors shows: %s"
                  .formatted(at.substring(1), fault.detail()));
        }
      }
    }
  }

  /// Which pair `/authorization/parameters/1/value` is about.
  private static String pair(String pointer) {
    String[] steps = pointer.split("/", -1);
    return steps.length > 3 ? "in pair %d, ".formatted(Integer.parseInt(steps[3], 10) + 1) : "";
  }
}
