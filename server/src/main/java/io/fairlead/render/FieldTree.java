package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import io.fairlead.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the names of fields make together: `address.city` nests, `lines[0].sku` makes a list,
/// `["a.b"]` is one name with a dot in it.
final class FieldTree {
  private final List<Field> fields;
  private final boolean mayBeList;
  private final Faults faults;

  private FieldTree(List<Field> fields, boolean mayBeList, Faults faults) {
    this.fields = fields;
    this.mayBeList = mayBeList;
    this.faults = faults;
  }

  /// The tree of the fields' names; meaningless when there are new faults.
  ///
  /// @param mayBeList whether names may begin with an index, and the whole so be a list
  /// @param pointer where the rows stand in the document
  static Node read(List<Field> fields, boolean mayBeList, String pointer, Faults faults) {
    return new FieldTree(fields, mayBeList, faults).read(pointer);
  }

  /// What the names make.
  sealed interface Node {
    /// A field's value.
    record Leaf(int field) implements Node {}

    /// An object; members in the order of their first field.
    record Members(SequencedMap<String, Node> nodes) implements Node {}

    /// An array, from 0 without gaps when all is well.
    record Items(TreeMap<Integer, Node> nodes) implements Node {}
  }

  private sealed interface Step {
    record Name(String name) implements Step {}

    record Index(int index) implements Step {}
  }

  private Node read(String pointer) {
    Node root = null;
    for (int i = 0; i < fields.size(); i++) {
      String at = pointer + "/" + i + "/name";
      List<Step> steps = steps(fields.get(i).name(), at);
      if (steps == null) {
        continue;
      }
      Node fresh = below(steps.getFirst());
      if (root != null && !root.getClass().equals(fresh.getClass())) {
        faults.at(at, "Other fields have made the whole %s.".formatted(kind(root)));
        continue;
      }
      root = root == null ? fresh : root;
      String refused = place(root, steps, i);
      if (refused != null) {
        faults.at(at, refused);
      }
    }
    if (root == null) {
      return new Node.Members(new LinkedHashMap<>());
    }
    gaps(root, pointer);
    return root;
  }

  /// The node that a step leads out of.
  private static Node below(Step step) {
    return step instanceof Step.Name
        ? new Node.Members(new LinkedHashMap<>())
        : new Node.Items(new TreeMap<>());
  }

  private @Nullable List<Step> steps(String name, String at) {
    if (name.contains("{{")) {
      faults.at(at, "Tokens may not stand in names.");
      return null;
    }
    if (TemplateText.loneSurrogate(name) >= 0) {
      faults.at(at, "The name has half of a surrogate pair.");
      return null;
    }
    var steps = new ArrayList<Step>();
    int from = 0;
    while (from < name.length()) {
      if (name.charAt(from) == '[') {
        from = bracket(name, from, steps);
        if (from >= 0 && from < name.length() && ".[".indexOf(name.charAt(from)) < 0) {
          from = -1;
        }
      } else {
        if (name.charAt(from) == '.' && !steps.isEmpty()) {
          from++;
        }
        int end = from;
        while (end < name.length() && ".[]".indexOf(name.charAt(end)) < 0) {
          end++;
        }
        if (end > from) {
          steps.add(new Step.Name(name.substring(from, end)));
        }
        from = end > from && (end == name.length() || name.charAt(end) != ']') ? end : -1;
      }
      if (from < 0) {
        faults.at(
            at,
            "Expected a name like title, address.city, lines[0].sku or [\"a.b\"], but found %s."
                .formatted(Quote.of(name)));
        return null;
      }
    }
    if (steps.isEmpty() || (!mayBeList && steps.getFirst() instanceof Step.Index)) {
      faults.at(at, "Expected a name that begins with a member, as the body is an object.");
      return null;
    }
    if (steps.size() > JsonReader.MAX_DEPTH) {
      faults.at(at, "Expected no deeper nesting than %d.".formatted(JsonReader.MAX_DEPTH));
      return null;
    }
    return steps;
  }

  /// Reads `[0]` or `["name"]`; the offset after it, or -1.
  private static int bracket(String name, int open, List<Step> steps) {
    if (name.startsWith("[\"", open)) {
      int close = name.indexOf("\"]", open + 2);
      if (close < 0) {
        return -1;
      }
      steps.add(new Step.Name(name.substring(open + 2, close)));
      return close + 2;
    }
    int close = name.indexOf(']', open);
    int digits = close - open - 1;
    if (close < 0 || digits < 1 || digits > 4) {
      return -1;
    }
    for (int i = open + 1; i < close; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return -1;
      }
    }
    steps.add(new Step.Index(Integer.parseInt(name, open + 1, close, 10)));
    return close + 1;
  }

  /// Hangs a field into the tree; a sentence when something else is there.
  private static @Nullable String place(Node root, List<Step> steps, int field) {
    Node here = root;
    for (int i = 0; i < steps.size(); i++) {
      Node fresh = i + 1 == steps.size() ? new Node.Leaf(field) : below(steps.get(i + 1));
      Node there = hang(here, steps.get(i), fresh);
      if (there instanceof Node.Leaf && fresh instanceof Node.Leaf) {
        return "There is a field of this name already.";
      }
      if (there != null && !there.getClass().equals(fresh.getClass())) {
        return "Another field has made this name %s.".formatted(kind(there));
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
          step instanceof Step.Name(String name) ? nodes.putIfAbsent(name, fresh) : below;
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

  private void gaps(Node node, String pointer) {
    switch (node) {
      case Node.Leaf leaf -> {}
      case Node.Members(var nodes) -> nodes.values().forEach(child -> gaps(child, pointer));
      case Node.Items(var nodes) -> {
        if (nodes.lastKey() != nodes.size() - 1) {
          int expected = 0;
          for (var item : nodes.entrySet()) {
            if (item.getKey() != expected) {
              faults.at(
                  pointer + "/" + firstField(item.getValue()) + "/name",
                  "A list has no gaps: item [%d] is missing before [%d]."
                      .formatted(expected, item.getKey()));
              break;
            }
            expected++;
          }
        }
        nodes.values().forEach(child -> gaps(child, pointer));
      }
    }
  }

  static int firstField(Node node) {
    return switch (node) {
      case Node.Leaf(int field) -> field;
      case Node.Members(var nodes) -> firstField(nodes.values().iterator().next());
      case Node.Items(var nodes) -> firstField(nodes.firstEntry().getValue());
    };
  }
}
