package io.fairlead.template;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Members;
import java.util.List;
import java.util.Optional;

/// A ready-made connector.
///
/// @param id small letters, digits and hyphens
/// @param name the service's, and what is done with it
/// @param docs where the service describes the request
/// @param auth how the service knows who calls, in one word: the kind of authorization, `url` where
///   the address is the secret, or `none`
/// @param fields what people fill in, in order
/// @param connector the connector's document, with placeholders
/// @param sample an event that it can be tried with: `{"type","data"}`
public record Template(
    String id,
    String name,
    String description,
    String docs,
    String auth,
    List<TemplateField> fields,
    JsonObject connector,
    JsonObject sample) {
  public Template {
    fields = List.copyOf(fields);
  }

  /// The field of that name.
  Optional<TemplateField> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /// Fills it in.
  ///
  /// @param values the members of `values`; what is wrong with them is noted there, and then what
  ///   comes back means nothing
  public Filled fill(Members values) {
    return Placeholders.fill(this, values);
  }

  /// As people read it: all but what it is made of.
  public JsonObject json() {
    return Json.object()
        .put("id", id)
        .put("name", name)
        .put("description", description)
        .put("docs", docs)
        .put("auth", auth)
        .put("fields", Json.array(fields.stream().map(TemplateField::json).toList()))
        .put("sample", sample)
        .build();
  }
}
