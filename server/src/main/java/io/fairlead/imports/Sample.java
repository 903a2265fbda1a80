package io.fairlead.imports;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Data in which the tokens of a draft find something.
final class Sample {
  /// What stands at a place: a value, or more places by name or index.
  private sealed interface Node {
    record Value(Json json) implements Node {}

    record Members(Map<String, Node> nodes) implements Node {}

    record Items(List<Node> nodes) implements Node {}
  }

  private final Node.Members root = new Node.Members(new LinkedHashMap<>());

  /// Puts a value where a path leads, unless something else is there.
  void put(JsonPath path, Json value) {
    Node here = root;
    for (int i = 0; i < path.steps().size(); i++) {
      boolean last = i + 1 == path.steps().size();
      Node fresh =
          last
              ? new Node.Value(value)
              : path.steps().get(i + 1) instanceof Step.Member
                  ? new Node.Members(new LinkedHashMap<>())
                  : new Node.Items(new ArrayList<>());
      Node next = step(here, path.steps().get(i), fresh);
      if (next == null || next instanceof Node.Value) {
        return;
      }
      here = next;
    }
  }

  private static @Nullable Node step(Node here, Step step, Node fresh) {
    return switch (here) {
      case Node.Value value -> null;
      case Node.Members(var nodes) ->
          step instanceof Step.Member(String name) ? nodes.computeIfAbsent(name, _ -> fresh) : null;
      case Node.Items(var nodes) -> {
        if (!(step instanceof Step.Index(int index)) || index > nodes.size()) {
          yield null;
        }
        if (index == nodes.size()) {
          nodes.add(fresh);
        }
        yield nodes.get(index);
      }
    };
  }

  JsonObject json() {
    return (JsonObject) json(root);
  }

  private static Json json(Node node) {
    return switch (node) {
      case Node.Value(Json json) -> json;
      case Node.Members(var nodes) -> {
        var members = new LinkedHashMap<String, Json>();
        nodes.forEach((name, child) -> members.put(name, json(child)));
        yield new JsonObject(members);
      }
      case Node.Items(var nodes) -> new JsonArray(nodes.stream().map(Sample::json).toList());
    };
  }
}
