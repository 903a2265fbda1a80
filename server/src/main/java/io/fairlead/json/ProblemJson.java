package io.fairlead.json;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Problems as they are answered, `application/problem+json`.
public final class ProblemJson {
  private static final int MOST_ERRORS = 100;

  private ProblemJson() {}

  /// The whole document.
  public static JsonObject of(Problem problem) {
    Json.Builder object =
        Json.object()
            .put("type", problem.kind().type())
            .put("title", problem.kind().title())
            .put("status", problem.kind().status())
            .put("detail", problem.detail());
    return (problem.errors().isEmpty() ? object : object.put("errors", errors(problem.errors())))
        .build();
  }

  private static Json errors(List<Fault> faults) {
    var errors = new ArrayList<Json>(faults.size());
    for (Fault fault : faults.subList(0, Math.min(faults.size(), MOST_ERRORS))) {
      errors.add(
          Json.object()
              .put(fault.where().name().toLowerCase(Locale.ROOT), fault.at())
              .put("detail", fault.detail())
              .build());
    }
    return Json.array(errors);
  }
}
