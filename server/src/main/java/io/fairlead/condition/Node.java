package io.fairlead.condition;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonPath.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled condition on one value.
interface Node {
  /// What the condition comes to.
  ///
  /// @param value null where there is none
  Truth of(@Nullable Json value);

  /// Asks every question, whether it decides or not.
  ///
  /// @param asked the value, and what to call it
  void explain(Asked asked, List<Finding> findings);

  /// A value that is asked something.
  ///
  /// @param path where it was looked for, empty for the whole
  /// @param missing why there is none, when there is none
  record Asked(String path, @Nullable Json value, @Nullable String missing) {
    Asked at(JsonPath step) {
      String text = step.text();
      String there = path.isEmpty() || text.startsWith("[") ? path + text : path + "." + text;
      if (value == null) {
        return new Asked(there, null, missing);
      }
      return switch (step.find(value, path.isEmpty() ? "The data" : path)) {
        case Found.Value(Json found) -> new Asked(there, found, null);
        case Found.Missing(String reason) -> new Asked(there, null, reason);
      };
    }
  }

  /// All of them hold.
  record All(List<Node> nodes) implements Node {
    @Override
    public Truth of(@Nullable Json value) {
      Truth all = Truth.TRUE;
      for (Node node : nodes) {
        all = all.and(node.of(value));
        if (all == Truth.FALSE) {
          return all;
        }
      }
      return all;
    }

    @Override
    public void explain(Asked asked, List<Finding> findings) {
      nodes.forEach(node -> node.explain(asked, findings));
    }
  }

  /// One of them holds.
  record Any(List<Node> nodes) implements Node {
    @Override
    public Truth of(@Nullable Json value) {
      Truth any = Truth.FALSE;
      for (Node node : nodes) {
        any = any.or(node.of(value));
        if (any == Truth.TRUE) {
          return any;
        }
      }
      return any;
    }

    @Override
    public void explain(Asked asked, List<Finding> findings) {
      nodes.forEach(node -> node.explain(asked, findings));
    }
  }

  /// It does not hold.
  record Not(Node node) implements Node {
    @Override
    public Truth of(@Nullable Json value) {
      return node.of(value).not();
    }

    @Override
    public void explain(Asked asked, List<Finding> findings) {
      node.explain(asked, findings);
    }
  }

  /// It holds for the value at a path.
  record At(JsonPath path, Node node) implements Node {
    @Override
    public Truth of(@Nullable Json value) {
      return node.of(value == null ? null : path.get(value));
    }

    @Override
    public void explain(Asked asked, List<Finding> findings) {
      node.explain(asked.at(path), findings);
    }
  }

  /// It holds for an object, or for an item of an array.
  record Inside(Node node) implements Node {
    @Override
    public Truth of(@Nullable Json value) {
      if (!(value instanceof JsonArray(List<Json> items))) {
        return node.of(value);
      }
      if (items.isEmpty()) {
        return node.of(null);
      }
      Truth any = Truth.FALSE;
      for (Json item : items) {
        any = any.or(node.of(item));
        if (any == Truth.TRUE) {
          return any;
        }
      }
      return any;
    }

    /// Of an array the item that decides, or else the first.
    @Override
    public void explain(Asked asked, List<Finding> findings) {
      if (!(asked.value() instanceof JsonArray(List<Json> items))) {
        node.explain(asked, findings);
        return;
      }
      if (items.isEmpty()) {
        node.explain(new Asked(asked.path(), null, name(asked) + " has no items."), findings);
        return;
      }
      int deciding = 0;
      for (int i = 0; i < items.size(); i++) {
        if (node.of(items.get(i)) == Truth.TRUE) {
          deciding = i;
          break;
        }
      }
      String path = "%s[%d]".formatted(asked.path(), deciding);
      node.explain(new Asked(path, items.get(deciding), null), findings);
    }

    private static String name(Asked asked) {
      return asked.path().isEmpty() ? "The data" : asked.path();
    }
  }
}
