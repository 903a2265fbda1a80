package io.fairlead.demo;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// An attempt as the API tells of it.
///
/// @param request the request line, the headers and the body, line by line
/// @param answer what came back, in a line
public record SeenAttempt(List<String> request, String answer) {
  public SeenAttempt {
    request = List.copyOf(request);
  }

  static SeenAttempt of(JsonObject attempt) {
    JsonObject request = Fields.object(attempt, "request");
    var lines = new ArrayList<String>();
    lines.add(Fields.text(request, "method") + " " + Fields.text(request, "url"));
    for (Json header : Fields.array(request, "headers")) {
      if (header instanceof JsonObject row) {
        lines.add(Fields.text(row, "name") + ": " + Fields.text(row, "value"));
      }
    }
    lines.add("");
    lines.add(Fields.text(request, "body"));
    JsonObject response = Fields.object(attempt, "response");
    return new SeenAttempt(
        lines,
        "%s %s after %s ms"
            .formatted(
                Fields.text(response, "status"),
                Fields.text(response, "body"),
                Fields.text(attempt, "durationMs")));
  }
}
