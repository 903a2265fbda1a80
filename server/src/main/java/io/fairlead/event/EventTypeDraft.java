package io.fairlead.event;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonSchema;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import org.jspecify.annotations.Nullable;

/// What people write about an event type.
///
/// @param document the schema as it was written
/// @param compiled the same, ready to check data
/// @param validate whether events are checked when they arrive
/// @param searchable by which paths its events are found
public record EventTypeDraft(
    @Nullable String description,
    @Nullable Json document,
    @Nullable JsonSchema compiled,
    boolean validate,
    Searchable searchable) {
  private static final TextRule DESCRIPTION = TextRule.any(1, 1_000);

  /// Reads `{"description"?, "schema"?, "validate"?, "searchable"?}`; what is wrong is noted in the
  /// faults.
  public static EventTypeDraft read(Json document, Faults faults) {
    Members members = Members.of(document, "", faults);
    String description =
        members.get("description") instanceof JsonNull
            ? null
            : members.optionalText("description", DESCRIPTION);
    boolean validate = members.flag("validate", false);
    Json schema = members.get("schema");
    Searchable searchable = Searchable.read(members, faults);
    members.refuseOthers();
    if (schema == null || schema instanceof JsonNull) {
      if (validate) {
        members.fault("validate", "Without a schema there is nothing to validate by.");
      }
      return new EventTypeDraft(description, null, null, false, searchable);
    }
    return new EventTypeDraft(
        description, schema, JsonSchema.compile(schema, "/schema", faults), validate, searchable);
  }
}
