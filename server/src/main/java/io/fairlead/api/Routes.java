package io.fairlead.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. A path that is written out goes before one with an `{id}`.
final class Routes {
  private static final Pattern NAMED = Pattern.compile("\\{[a-z]+}");

  /// A path of the table that fits a request.
  ///
  /// @param byMethod what the path has
  /// @param ids what stands for `{id}` and for what else is named after it
  record Found(Map<String, Route> byMethod, List<String> ids) {}

  /// A path with segments that name something, and what stands around them.
  private record Template(List<String> around, Map<String, Route> byMethod) {
    @Nullable List<String> idsIn(String path) {
      if (!path.startsWith(around.getFirst())) {
        return null;
      }
      var ids = new ArrayList<String>(around.size() - 1);
      int at = around.getFirst().length();
      for (String after : around.subList(1, around.size())) {
        int slash = path.indexOf('/', at);
        int end = slash < 0 ? path.length() : slash;
        if (end == at || !path.startsWith(after, end)) {
          return null;
        }
        ids.add(path.substring(at, end));
        at = end + after.length();
      }
      return at == path.length() ? ids : null;
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
    List<String> around = List.of(NAMED.split(path, -1));
    if (around.size() == 1) {
      exact.put(path, new Found(byMethod, List.of()));
    } else {
      templates.add(new Template(around, byMethod));
    }
  }

  /// The path of the table that fits, or null.
  @Nullable Found find(String path) {
    Found found = exact.get(path);
    if (found != null) {
      return found;
    }
    for (Template template : templates) {
      List<String> ids = template.idsIn(path);
      if (ids != null) {
        return new Found(template.byMethod(), ids);
      }
    }
    return null;
  }
}
