package io.fairlead.adaptor;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The object that the targets of all rows make together: members in the order of the rows, lists
/// from 0 without gaps.
final class Shape {
  private sealed interface Node {
    record Leaf(int row) implements Node {}

    record Members(Map<String, Node> nodes) implements Node {}

    record Items(TreeMap<Integer, Node> nodes) implements Node {}
  }

  private final Node.Members root = new Node.Members(new LinkedHashMap<>());

  /// Adds a target of a row; a sentence when it conflicts with an earlier one.
  @Nullable String add(JsonPath target, int row) {
    List<Step> steps = target.steps();
    Node here = root;
    for (int i = 0; i < steps.size(); i++) {
      Node fresh =
          i + 1 == steps.size()
              ? new Node.Leaf(row)
              : steps.get(i + 1) instanceof Step.Member
                  ? new Node.Members(new LinkedHashMap<>())
                  : new Node.Items(new TreeMap<>());
      Node there = hang(here, steps.get(i), fresh);
      if (there != null && (there instanceof Node.Leaf || fresh instanceof Node.Leaf)) {
        return there instanceof Node.Leaf(int other) && fresh instanceof Node.Leaf
            ? "%s is a target of row %d already.".formatted(target.text(), other + 1)
            : "%s is %s in another row.".formatted(target.text(i + 1), kind(there));
      }
      if (there != null && !there.getClass().equals(fresh.getClass())) {
        return "%s is %s in another row.".formatted(target.text(i + 1), kind(there));
      }
      here = there == null ? fresh : there;
    }
    return null;
  }

  /// Hangs a node below another unless one is there already: that one, or null. The kinds fit,
  /// since each node was made, or compared, for the step that follows it.
  private static @Nullable Node hang(Node below, Step step, Node fresh) {
    return switch (below) {
      case Node.Leaf leaf -> leaf;
      case Node.Members(var nodes) ->
          step instanceof Step.Member(String name) ? nodes.putIfAbsent(name, fresh) : below;
      case Node.Items(var nodes) ->
          step instanceof Step.Index(int index) ? nodes.putIfAbsent(index, fresh) : below;
    };
  }

  private static String kind(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> "a value";
      case Node.Members members -> "an object";
      case Node.Items items -> "a list";
    };
  }

  /// A gap in a list, which would be filled with what nobody asked for.
  ///
  /// @param row the first row after it
  record Gap(int row, String sentence) {}

  /// Every list's first gap.
  List<Gap> gaps() {
    var gaps = new ArrayList<Gap>();
    gaps(root, gaps);
    return gaps;
  }

  private static void gaps(Node node, List<Gap> gaps) {
    switch (node) {
      case Node.Leaf leaf -> {}
      case Node.Members(var nodes) -> nodes.values().forEach(child -> gaps(child, gaps));
      case Node.Items(var nodes) -> {
        int expected = 0;
        for (Map.Entry<Integer, Node> item : nodes.entrySet()) {
          if (item.getKey() != expected) {
            gaps.add(
                new Gap(
                    firstRow(item.getValue()),
                    "A list has no gaps: no row has item [%d], which comes before [%d]."
                        .formatted(expected, item.getKey())));
            break;
          }
          expected++;
        }
        nodes.values().forEach(child -> gaps(child, gaps));
      }
    }
  }

  private static int firstRow(Node node) {
    return switch (node) {
      case Node.Leaf(int row) -> row;
      case Node.Members(var nodes) -> firstRow(nodes.values().iterator().next());
      case Node.Items(var nodes) -> firstRow(nodes.firstEntry().getValue());
    };
  }

  /// The object that the rows' values make. A row without a value leaves its members out; an item
  /// of a list that is left out before one that is there is `null`, so that each keeps its place.
  ///
  /// @param values by row
  JsonObject make(List<@Nullable Json> values) {
    JsonObject made = object(root.nodes(), values);
    return made == null ? JsonObject.EMPTY : made;
  }

  private static @Nullable Json value(Node node, List<@Nullable Json> values) {
    return switch (node) {
      case Node.Leaf(int row) -> values.get(row);
      case Node.Members(var nodes) -> object(nodes, values);
      case Node.Items(var nodes) -> array(nodes.values(), values);
    };
  }

  private static @Nullable JsonObject object(Map<String, Node> nodes, List<@Nullable Json> values) {
    var members = new LinkedHashMap<String, Json>();
    nodes.forEach((name, node) -> {
      Json value = value(node, values);
      if (value != null) {
        members.put(name, value);
      }
    });
    return members.isEmpty() ? null : new JsonObject(members);
  }

  private static @Nullable JsonArray array(Iterable<Node> nodes, List<@Nullable Json> values) {
    var items = new ArrayList<Json>();
    int last = 0;
    for (Node node : nodes) {
      Json value = value(node, values);
      items.add(value == null ? JsonNull.NULL : value);
      if (value != null) {
        last = items.size();
      }
    }
    return last == 0 ? null : new JsonArray(List.copyOf(items.subList(0, last)));
  }
}
