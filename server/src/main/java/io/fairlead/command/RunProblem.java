package io.fairlead.command;

import io.fairlead.base.Problem;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.ProblemJson;
import io.fairlead.response.ErrorClass;
import org.jspecify.annotations.Nullable;

/// Why a run brought nothing, for the caller.
///
/// @param run its public id
/// @param said what the third party said; null when it said nothing
public record RunProblem(Problem problem, String run, @Nullable Said said) {
  /// What a third party said, masked: data of a problem, never the answer itself.
  ///
  /// @param target whom it is about
  /// @param status null when there was no answer
  /// @param contentType as its header says
  /// @param excerpt how its body begins, where that is text; at most 1,000 characters
  public record Said(
      String target,
      @Nullable Integer status,
      @Nullable ErrorClass errorClass,
      @Nullable String contentType,
      @Nullable String excerpt) {
    JsonObject json() {
      return Json.object()
          .put("target", target)
          .put("status", status == null ? Json.JsonNull.NULL : Json.of(status))
          .put("errorClass", errorClass == null ? null : errorClass.name())
          .put("contentType", contentType)
          .put("excerpt", excerpt)
          .build();
    }
  }

  /// The problem document.
  public JsonObject json() {
    Json.Builder json = Json.object().putAll(ProblemJson.of(problem)).put("run", run);
    return said == null ? json.build() : json.put("thirdParty", said.json()).build();
  }
}
