package io.fairlead.condition;

import io.fairlead.base.Quote;
import io.fairlead.condition.Question.Judge;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compiles one condition, and notes everything that is wrong with it.
///
/// In an object members that begin with `$` are operators on the value at hand, and all others are
/// paths into it. All members must hold.
final class ConditionReader {
  private static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_DEPTH = 10;
  private static final int MAX_QUESTIONS = 100;
  private static final int MAX_PATTERNS = 10;
  private static final int MAX_PATH = 500;
  private static final int MAX_NEEDLE = 200;

  private static final List<String> JOINS = List.of("$and", "$or", "$not");
  private static final List<String> KNOWN =
      Stream.concat(JOINS.stream(), Operator.allNames().stream()).toList();

  private final Faults faults;
  private int questions;
  private int patterns;
  private int wrong;

  ConditionReader(Faults faults) {
    this.faults = faults;
  }

  /// Reads what begins with paths.
  @Nullable Node filter(Json source, String pointer) {
    return whole(source, pointer, true);
  }

  /// Reads what begins with a value or operators.
  @Nullable Node test(Json source, String pointer) {
    return whole(source, pointer, false);
  }

  private @Nullable Node whole(Json source, String pointer, boolean paths) {
    if (JsonWriter.bytes(source).length > MAX_BYTES) {
      fault(pointer, "A condition has at most 16 KiB.");
      return null;
    }
    Node node = value(source, pointer, 1, paths);
    return wrong == 0 ? node : null;
  }

  private void fault(String pointer, String sentence) {
    wrong++;
    faults.at(pointer, sentence);
  }

  /// Stands in where something is wrong.
  private static final Node NOTHING = new Node.Any(List.of());

  /// @param onlyPaths whether there is no value yet that an operator could be asked of
  private Node value(Json source, String pointer, int depth, boolean onlyPaths) {
    if (!(source instanceof JsonObject object)) {
      return question(Operator.EQ, "$eq", source, pointer);
    }
    if (depth > MAX_DEPTH) {
      fault(pointer, "A condition is at most 10 deep.");
      return NOTHING;
    }
    if (object.members().isEmpty()) {
      fault(
          pointer,
          onlyPaths
              ? "A filter needs something to ask; leave it out to mean everything."
              : "There is nothing to ask here; to ask for an empty object write {\"$eq\":{}}.");
      return NOTHING;
    }
    return members(object, pointer, depth, onlyPaths);
  }

  private Node members(JsonObject object, String pointer, int depth, boolean onlyPaths) {
    var nodes = new ArrayList<Node>();
    var below = new ArrayList<Node>();
    boolean compares = false;
    boolean looksBelow = false;
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      String name = member.getKey();
      String at = pointer(pointer, name);
      if (!name.startsWith("$")) {
        looksBelow = true;
        Node there = at(name, member.getValue(), at, depth);
        (isOfItem(there) ? nodes : below).add(there);
      } else if (JOINS.contains(name)) {
        nodes.add(join(name, member.getValue(), at, depth, onlyPaths));
      } else if (onlyPaths && Operator.of(name) != null) {
        fault(at, "%s stands under a path: {\"amount\":{\"%s\":…}}.".formatted(name, name));
      } else {
        compares = true;
        nodes.add(operator(name, member.getValue(), at));
      }
    }
    if (compares && looksBelow) {
      fault(pointer, "Operators and paths do not stand side by side; join them by $and.");
    }
    if (!below.isEmpty()) {
      nodes.addFirst(new Node.Inside(together(below)));
    }
    return together(nodes);
  }

  /// Whether it asks an item by its place, and so is not asked of each item.
  private static boolean isOfItem(Node node) {
    return node instanceof Node.At at
        && at.path().steps().getFirst() instanceof JsonPath.Step.Index;
  }

  private static Node together(List<Node> nodes) {
    return nodes.size() == 1 ? nodes.getFirst() : new Node.All(nodes);
  }

  private Node at(String name, Json source, String pointer, int depth) {
    if (name.length() > MAX_PATH) {
      fault(pointer, "A path has at most 500 characters.");
      return NOTHING;
    }
    return switch (JsonPath.parse(name)) {
      case JsonPath.Parsed.Good(JsonPath path) ->
          new Node.At(path, value(source, pointer, depth + 1, false));
      case JsonPath.Parsed.Bad(int offset, String detail) -> {
        fault(pointer, "This is not a path (column %d): %s".formatted(offset + 1, detail));
        yield NOTHING;
      }
    };
  }

  private Node join(String name, Json source, String pointer, int depth, boolean onlyPaths) {
    if (name.equals("$not")) {
      if (onlyPaths && !(source instanceof JsonObject)) {
        fault(pointer, "$not takes a filter, not %s.".formatted(source.kind()));
        return NOTHING;
      }
      return new Node.Not(value(source, pointer, depth + 1, onlyPaths));
    }
    if (!(source instanceof JsonArray(List<Json> items)) || items.isEmpty()) {
      fault(pointer, "%s takes an array of at least one condition.".formatted(name));
      return NOTHING;
    }
    var nodes = new ArrayList<Node>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String at = pointer + "/" + i;
      if (onlyPaths && !(items.get(i) instanceof JsonObject)) {
        fault(at, "This must be an object, not %s.".formatted(items.get(i).kind()));
      } else {
        nodes.add(value(items.get(i), at, depth + 1, onlyPaths));
      }
    }
    return name.equals("$or") ? new Node.Any(nodes) : new Node.All(nodes);
  }

  private Node operator(String name, Json expected, String pointer) {
    Operator operator = Operator.of(name);
    if (operator == null) {
      fault(
          pointer,
          "There is no operator %s.%s".formatted(Quote.of(name), Members.didYouMean(name, KNOWN)));
      return NOTHING;
    }
    return question(operator, name, expected, pointer);
  }

  private Node question(Operator operator, String spelled, Json expected, String pointer) {
    if (++questions > MAX_QUESTIONS) {
      if (questions == MAX_QUESTIONS + 1) {
        fault(pointer, "A condition asks at most 100 questions.");
      }
      return NOTHING;
    }
    Judge judge = judge(operator, spelled, expected, pointer);
    return judge == null ? NOTHING : new Question(operator, spelled, pointer, expected, judge);
  }

  private @Nullable Judge judge(Operator operator, String spelled, Json expected, String pointer) {
    return switch (operator) {
      case EQ -> equal(List.of(expected), pointer);
      case NEQ -> not(equal(List.of(expected), pointer));
      case IN -> equal(list(spelled, expected, pointer), pointer);
      case NIN -> not(equal(list(spelled, expected, pointer), pointer));
      case GT -> compare(spelled, expected, pointer, order -> order > 0);
      case GTE -> compare(spelled, expected, pointer, order -> order >= 0);
      case LT -> compare(spelled, expected, pointer, order -> order < 0);
      case LTE -> compare(spelled, expected, pointer, order -> order <= 0);
      case BETWEEN -> between(spelled, expected, pointer);
      case STARTS_WITH -> {
        String text = text(spelled, expected, pointer, Integer.MAX_VALUE);
        yield text == null ? null : ofTexts(value -> Truth.of(value.startsWith(text)));
      }
      case ENDS_WITH -> {
        String text = text(spelled, expected, pointer, Integer.MAX_VALUE);
        yield text == null ? null : ofTexts(value -> Truth.of(value.endsWith(text)));
      }
      case CONTAINS -> contains(spelled, expected, pointer);
      case MATCHES -> matches(spelled, expected, pointer);
      case EXIST -> flag(spelled, expected, pointer) ? value -> Truth.of(isTrue(expected)) : null;
      case BLANK ->
          flag(spelled, expected, pointer)
              ? value -> Truth.of(isBlank(value) == isTrue(expected))
              : null;
    };
  }

  private @Nullable Judge equal(List<Json> expected, String pointer) {
    if (expected.isEmpty() || !expected.stream().allMatch(value -> isReckonable(value, pointer))) {
      return null;
    }
    Set<Object> canonical = new HashSet<>();
    expected.forEach(value -> canonical.add(Values.canonical(value)));
    boolean deep =
        expected.stream()
            .anyMatch(value -> value instanceof JsonArray || value instanceof JsonObject);
    return value -> Truth.of(Values.isOneOf(canonical, deep, value));
  }

  private static @Nullable Judge not(@Nullable Judge judge) {
    return judge == null ? null : value -> judge.of(value).not();
  }

  private List<Json> list(String spelled, Json expected, String pointer) {
    if (expected instanceof JsonArray(List<Json> items) && !items.isEmpty()) {
      return items;
    }
    fault(pointer, "%s takes an array of at least one value.".formatted(spelled));
    return List.of();
  }

  private boolean isReckonable(Json value, String pointer) {
    if (value instanceof JsonNumber number && Numbers.of(number) == null) {
      fault(pointer, "This number is too long or its exponent too large to compare with.");
      return false;
    }
    return true;
  }

  /// Whether an order of two values is the one that is wanted.
  private interface OrderRule {
    boolean fits(int order);
  }

  private @Nullable Judge compare(String spelled, Json expected, String pointer, OrderRule rule) {
    return isOrdered(spelled, expected, pointer)
        ? ofItems(value -> compare(value, expected, rule))
        : null;
  }

  private static Truth compare(Json value, Json expected, OrderRule rule) {
    Integer order = Values.order(value, expected);
    return order == null ? Truth.UNKNOWN : Truth.of(rule.fits(order));
  }

  private boolean isOrdered(String spelled, Json expected, String pointer) {
    if (expected instanceof JsonNumber || expected instanceof JsonString) {
      return isReckonable(expected, pointer);
    }
    fault(pointer, "%s takes a number or a string, not %s.".formatted(spelled, expected.kind()));
    return false;
  }

  private @Nullable Judge between(String spelled, Json expected, String pointer) {
    Integer order =
        expected instanceof JsonArray(List<Json> ends) && ends.size() == 2
            ? Values.order(ends.getFirst(), ends.getLast())
            : null;
    if (order == null || order > 0 || !(expected instanceof JsonArray(List<Json> ends))) {
      fault(
          pointer,
          "%s takes two numbers or two strings, the smaller one first.".formatted(spelled));
      return null;
    }
    return ofItems(value ->
        compare(value, ends.getFirst(), atLeast -> atLeast >= 0)
            .and(compare(value, ends.getLast(), atMost -> atMost <= 0)));
  }

  private @Nullable String text(String spelled, Json expected, String pointer, int most) {
    if (!(expected instanceof JsonString(String text))) {
      fault(pointer, "%s takes a string, not %s.".formatted(spelled, expected.kind()));
      return null;
    }
    if (text.isEmpty() || text.length() > most) {
      fault(
          pointer,
          text.isEmpty()
              ? "%s takes a string that is not empty.".formatted(spelled)
              : "%s takes at most %d characters.".formatted(spelled, most));
      return null;
    }
    return text;
  }

  private @Nullable Judge contains(String spelled, Json expected, String pointer) {
    if (!(expected instanceof JsonString)) {
      Judge isItem = equal(List.of(expected), pointer);
      return isItem == null
          ? null
          : value -> value instanceof JsonArray ? isItem.of(value) : Truth.UNKNOWN;
    }
    String needle = text(spelled, expected, pointer, MAX_NEEDLE);
    if (needle == null) {
      return null;
    }
    Set<Object> item = Set.of(expected);
    return value ->
        switch (value) {
          case JsonString(String text) -> Truth.of(text.contains(needle));
          case JsonArray array -> Truth.of(Values.isOneOf(item, false, array));
          case JsonObject object -> Truth.UNKNOWN;
          case JsonNumber number -> Truth.UNKNOWN;
          case JsonBool bool -> Truth.UNKNOWN;
          case Json.JsonNull none -> Truth.UNKNOWN;
        };
  }

  private @Nullable Judge matches(String spelled, Json expected, String pointer) {
    String text = text(spelled, expected, pointer, SafePattern.MAX_LENGTH);
    if (text == null) {
      return null;
    }
    if (++patterns > MAX_PATTERNS) {
      fault(pointer, "A condition has at most 10 patterns.");
      return null;
    }
    return switch (SafePattern.of(text)) {
      case SafePattern.Read.Good(SafePattern pattern) ->
          ofTexts(value ->
              value.length() > SafePattern.MAX_TEXT
                  ? Truth.UNKNOWN
                  : Truth.of(pattern.isIn(value)));
      case SafePattern.Read.Bad(String detail) -> {
        fault(pointer, "%s %s.".formatted(spelled, detail));
        yield null;
      }
    };
  }

  private boolean flag(String spelled, Json expected, String pointer) {
    if (expected instanceof JsonBool) {
      return true;
    }
    fault(pointer, "%s takes true or false, not %s.".formatted(spelled, expected.kind()));
    return false;
  }

  private static boolean isTrue(Json value) {
    return value instanceof JsonBool(boolean flag) && flag;
  }

  private static boolean isBlank(Json value) {
    return switch (value) {
      case JsonString(String text) -> text.isBlank();
      case JsonArray(List<Json> items) -> items.isEmpty();
      case JsonObject(var members) -> members.isEmpty();
      case Json.JsonNull none -> true;
      case JsonNumber number -> false;
      case JsonBool bool -> false;
    };
  }

  /// Answers a question about a text.
  private interface TextJudge {
    Truth of(String text);
  }

  private static Judge ofTexts(TextJudge judge) {
    return ofItems(
        value -> value instanceof JsonString(String text) ? judge.of(text) : Truth.UNKNOWN);
  }

  /// Of an array one item will do.
  private static Judge ofItems(Judge judge) {
    return value -> {
      if (!(value instanceof JsonArray(List<Json> items))) {
        return judge.of(value);
      }
      Truth any = Truth.FALSE;
      for (Json item : items) {
        any = any.or(judge.of(item));
        if (any == Truth.TRUE) {
          return any;
        }
      }
      return any;
    };
  }

  private static String pointer(String pointer, String name) {
    String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
    return pointer + "/" + shown.replace("~", "~0").replace("/", "~1");
  }
}
