package io.fairlead.api;

import io.fairlead.base.Problem.Fault;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.http.Response;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.template.Filled;
import io.fairlead.template.Template;
import io.fairlead.template.Templates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/templates`: ready-made connectors, and how one becomes a connector's draft.
public final class TemplateResource {
  private static final TextRule ID = TextRule.any(1, 50);

  /// What may be said beside the values; it stands in the place of the template's.
  private static final List<String> BESIDE = List.of("name", "triggers", "policy", "active");

  private final Templates templates;

  /// @param templates of this version
  public TemplateResource(Templates templates) {
    this.templates = templates;
  }

  Response list(Call call) {
    call.refuse();
    List<Template> all = templates.all();
    return Answers.json(
        200,
        Json.object()
            .put("data", Json.array(all.stream().map(Template::json).toList()))
            .put("next", JsonNull.NULL)
            .put("total", all.size())
            .build());
  }

  Response get(Call call) {
    call.refuse();
    Template template =
        templates.get(call.id()).orElseThrow(() -> Answers.notFound("template", call.id()));
    return Answers.resource(200, template.json(), "\"1\"");
  }

  /// Whether a connector is to be made from a template.
  static boolean isMeant(Json document) {
    return document instanceof JsonObject object && object.get("template") != null;
  }

  /// Reads `{"template","values",…}`; null when something is wrong, which is told by the field that
  /// is to blame.
  @Nullable Draft draft(Json document, Home home, Faults faults) {
    Members members = Members.of(document, "", faults);
    Template template = template(members);
    Members values = members.object("values");
    if (values == null) {
      members.missing("values");
    }
    var beside = Json.object();
    var given = new ArrayList<String>();
    for (String name : BESIDE) {
      Json value = members.get(name);
      if (value != null) {
        beside.put(name, value);
        given.add("/" + name);
      }
    }
    members.refuseOthers();
    if (template == null || values == null) {
      return null;
    }
    Filled filled = template.fill(values);
    if (!faults.isEmpty()) {
      return null;
    }
    JsonObject whole = Json.object().putAll(filled.document()).putAll(beside.build()).build();
    var wrong = new Faults();
    Draft draft = ConnectorDocument.create(whole, home, wrong);
    for (Fault fault : wrong.list()) {
      faults.at(place(fault.at(), filled, given), fault.detail());
    }
    return draft;
  }

  private @Nullable Template template(Members members) {
    String id = members.text("template", ID);
    Template template = templates.get(id).orElse(null);
    if (template == null && !id.isEmpty()) {
      members.fault(
          "template",
          "There is no template \"%s\".%s".formatted(id, Members.didYouMean(id, templates.ids())));
    }
    return template;
  }

  private static String place(String pointer, Filled filled, List<String> given) {
    if (given.stream().anyMatch(one -> (pointer + "/").startsWith(one + "/"))) {
      return pointer;
    }
    String field = filled.fieldAt(pointer);
    return field == null ? "/template" : "/values/" + field;
  }
}
