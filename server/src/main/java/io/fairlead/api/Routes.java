package io.fairlead.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. A path that is written out goes before one with an `{id}`.
final class Routes {
  private static final String ID = "{id}";

  /// A path of the table that fits a request.
  ///
  /// @param byMethod what the path has
  /// @param id what stands for `{id}`, or empty
  record Found(Map<String, Route> byMethod, String id) {}

  /// A path with an id: what stands before and after it.
  private record Template(String before, String after, Map<String, Route> byMethod) {
    @Nullable String idIn(String path) {
      boolean fits =
          path.length() > before.length() + after.length()
              && path.startsWith(before)
              && path.endsWith(after);
      if (!fits) {
        return null;
      }
      String id = path.substring(before.length(), path.length() - after.length());
      return id.indexOf('/') < 0 ? id : null;
    }
  }

  private final Map<String, Found> exact = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();

  Routes(List<Route> routes) {
    var byPath = new LinkedHashMap<String, Map<String, Route>>();
    for (Route route : routes) {
      byPath.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>()).put(route.method(), route);
    }
    byPath.forEach(this::add);
  }

  private void add(String path, Map<String, Route> byMethod) {
    int id = path.indexOf(ID);
    if (id < 0) {
      exact.put(path, new Found(byMethod, ""));
    } else {
      templates.add(
          new Template(path.substring(0, id), path.substring(id + ID.length()), byMethod));
    }
  }

  /// The path of the table that fits, or null.
  @Nullable Found find(String path) {
    Found found = exact.get(path);
    if (found != null) {
      return found;
    }
    for (Template template : templates) {
      String id = template.idIn(path);
      if (id != null) {
        return new Found(template.byMethod(), id);
      }
    }
    return null;
  }
}
