package io.fairlead.api;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.ProblemJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `{"ids": [...]}`, and the result for each of them.
final class ManyIds {
  private static final int MOST = 1_000;

  private ManyIds() {}

  /// Reads 1 to 1,000 ids, each once.
  static List<Long> read(Members members, String prefix) {
    var ids = new ArrayList<Long>();
    if (!members.has("ids")) {
      members.missing("ids");
      return ids;
    }
    var seen = new HashSet<Long>();
    List<Json> items = members.items("ids", 1, MOST);
    for (int i = 0; i < items.size(); i++) {
      OptionalLong id =
          items.get(i) instanceof JsonString(String text)
              ? Ids.parse(prefix, text)
              : OptionalLong.empty();
      if (id.isEmpty()) {
        members.fault("ids", i, "This is no id such as " + Ids.text(prefix, 0) + ".");
      } else if (!seen.add(id.getAsLong())) {
        members.fault("ids", i, "This id stands twice.");
      } else {
        ids.add(id.getAsLong());
      }
    }
    return ids;
  }

  /// @param status when there is no problem
  static Json result(String id, int status, @Nullable Problem problem) {
    Json.Builder result = Json.object().put("id", id);
    return problem == null
        ? result.put("status", status).build()
        : result
            .put("status", problem.kind().status())
            .put("problem", ProblemJson.of(problem))
            .build();
  }
}
