package io.fairlead.json;

import io.fairlead.base.Nearest;
import io.fairlead.base.Times;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonBool;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of one object of a request, read by name. What is wrong is noted in {@link Faults}
/// and a stand-in is returned, so that reading goes on and finds the rest; the caller looks at the
/// faults before it uses what it read.
///
/// Each name that is asked for is known; {@link #refuseOthers} refuses the rest. Where a member is
/// optional, absent gives the default, and `null` is a fault unless the method says otherwise.
public final class Members {
  private static final int MAX_NAME_SHOWN = 100;

  private final SequencedMap<String, Json> members;
  private final String pointer;
  private final Faults faults;
  private final boolean real;
  private final boolean nullIsAbsent;
  private final Set<String> known = new LinkedHashSet<>();

  private Members(
      SequencedMap<String, Json> members,
      String pointer,
      Faults faults,
      boolean real,
      boolean nullIsAbsent) {
    this.members = members;
    this.pointer = pointer;
    this.faults = faults;
    this.real = real;
    this.nullIsAbsent = nullIsAbsent;
  }

  /// The members of a value that must be an object. When it is not, that is the only fault noted:
  /// its members are not called missing.
  ///
  /// @param pointer where the value stands in the body; empty for the whole
  public static Members of(Json value, String pointer, Faults faults) {
    return of(value, pointer, faults, false);
  }

  /// The same of what {@link MergePatch#applyKeepingNulls} made: a member that is `null` counts as
  /// absent, here and in every object below. {@link #isNull} tells it from one that is.
  public static Members ofPatched(Json value, String pointer, Faults faults) {
    return of(value, pointer, faults, true);
  }

  private static Members of(Json value, String pointer, Faults faults, boolean nullIsAbsent) {
    if (value instanceof JsonObject object) {
      return new Members(object.members(), pointer, faults, true, nullIsAbsent);
    }
    faults.at(pointer, here(pointer) + " must be an object, not " + value.kind() + ".");
    return new Members(JsonObject.EMPTY.members(), pointer, faults, false, nullIsAbsent);
  }

  /// Where a member stands in the body, RFC 6901.
  public String pointer(String name) {
    return pointer + "/" + shown(name).replace("~", "~0").replace("/", "~1");
  }

  /// Where the object itself stands in the body, RFC 6901.
  public String pointer() {
    return pointer;
  }

  /// Notes that something is wrong with a member.
  public void fault(String name, String sentence) {
    faults.at(pointer(name), sentence);
  }

  /// Notes that something is wrong with an item of a member that is a list.
  public void fault(String name, int item, String sentence) {
    faults.at(pointer(name) + "/" + item, sentence);
  }

  /// Whether the member is there, `null` too.
  public boolean has(String name) {
    return get(name) != null;
  }

  /// Whether the member is `null`, in what was patched too.
  public boolean isNull(String name) {
    known.add(name);
    return members.get(name) instanceof JsonNull;
  }

  /// Lets a patch take away members of another kind of the same thing: `null` for them is no fault.
  public void mayTakeAway(List<String> names) {
    for (String name : names) {
      if (nullIsAbsent && members.get(name) instanceof JsonNull) {
        known.add(name);
      }
    }
  }

  /// The member as it is, or null when it is absent.
  public @Nullable Json get(String name) {
    known.add(name);
    Json value = members.get(name);
    return nullIsAbsent && value instanceof JsonNull ? null : value;
  }

  /// Whether something is wrong with the member, or in it, so far.
  public boolean isFaulty(String name) {
    String at = pointer(name);
    return faults.list().stream()
        .anyMatch(fault -> fault.at().equals(at) || fault.at().startsWith(at + "/"));
  }

  /// The member as it is; a fault when it is absent.
  public Json required(String name) {
    Json value = get(name);
    if (value == null) {
      missing(name);
      return JsonNull.NULL;
    }
    return value;
  }

  /// A text that must be there; `""` stands in for a wrong one.
  public String text(String name, TextRule rule) {
    Json value = get(name);
    if (value == null) {
      missing(name);
      return "";
    }
    String text = textOf(name, value, rule);
    return text == null ? "" : text;
  }

  /// A text that may be absent: then, and when it is wrong, null.
  public @Nullable String optionalText(String name, TextRule rule) {
    Json value = get(name);
    return value == null ? null : textOf(name, value, rule);
  }

  private @Nullable String textOf(String name, Json value, TextRule rule) {
    if (!(value instanceof JsonString(String text))) {
      wrongType(name, "a string", value);
      return null;
    }
    String wrong = rule.fault(text);
    if (wrong != null) {
      fault(name, name + " " + wrong + ".");
      return null;
    }
    return text;
  }

  /// A text that must be there and that a parser must take.
  ///
  /// @param parser gives null for a wrong text
  /// @param expected what a right one is, as the end of a sentence: `is a time, ...`
  /// @param otherwise stands in for a wrong one
  public <T> T parsed(
      String name, Function<String, @Nullable T> parser, String expected, T otherwise) {
    if (get(name) == null) {
      missing(name);
      return otherwise;
    }
    T value = optionalParsed(name, parser, expected);
    return value == null ? otherwise : value;
  }

  /// The same for one that may be absent: then, and when it is wrong, null.
  public <T> @Nullable T optionalParsed(
      String name, Function<String, @Nullable T> parser, String expected) {
    Json value = get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString(String text))) {
      wrongType(name, "a string", value);
      return null;
    }
    T parsed = parser.apply(text);
    if (parsed == null) {
      fault(name, name + " " + expected + ".");
    }
    return parsed;
  }

  /// One of a few words; must be there. The first stands in for a wrong one.
  public String word(String name, List<String> words) {
    Json value = get(name);
    if (value == null) {
      missing(name);
      return words.getFirst();
    }
    return wordOf(name, value, words);
  }

  /// One of a few words; `otherwise` when absent.
  public String word(String name, List<String> words, String otherwise) {
    Json value = get(name);
    return value == null ? otherwise : wordOf(name, value, words);
  }

  private String wordOf(String name, Json value, List<String> words) {
    if (!(value instanceof JsonString(String text))) {
      wrongType(name, "a string", value);
      return words.getFirst();
    }
    if (!words.contains(text)) {
      String list = String.join(", ", words);
      String question = didYouMean(text, words);
      fault(name, name + (words.size() == 1 ? " is " : " is one of ") + list + "." + question);
      return words.getFirst();
    }
    return text;
  }

  /// A truth value; `otherwise` when absent.
  public boolean flag(String name, boolean otherwise) {
    Json value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonBool(boolean flag)) {
      return flag;
    }
    wrongType(name, "true or false", value);
    return otherwise;
  }

  /// A whole number in a range; `otherwise` when absent. `4.0` is a whole number too, as in JSON
  /// Schema.
  public int wholeNumber(String name, int min, int max, int otherwise) {
    Json value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof JsonNumber number)) {
      wrongType(name, "a whole number", value);
      return otherwise;
    }
    Integer whole = wholeIn(number.text(), min, max);
    if (whole == null) {
      fault(name, "%s is a whole number from %d to %d.".formatted(name, min, max));
      return otherwise;
    }
    return whole;
  }

  private static @Nullable Integer wholeIn(String text, int min, int max) {
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
    boolean inRange =
        value.compareTo(BigDecimal.valueOf(min)) >= 0
            && value.compareTo(BigDecimal.valueOf(max)) <= 0;
    // Range first: a huge exponent must not be written out. A tiny one has at most 1,000 digits.
    if (!inRange || value.stripTrailingZeros().scale() > 0) {
      return null;
    }
    return value.intValue();
  }

  /// A duration in a range; `otherwise` when absent.
  public Duration duration(String name, Duration min, Duration max, Duration otherwise) {
    Json value = get(name);
    if (value == null) {
      return otherwise;
    }
    Duration duration = duration(value, pointer(name), name, min, max, faults);
    return duration == null ? otherwise : duration;
  }

  /// A list of durations, each in a range; `otherwise` when absent.
  public List<Duration> durations(
      String name, int most, Duration min, Duration max, List<Duration> otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    var durations = new ArrayList<Duration>();
    List<Json> items = items(name, 0, most);
    for (int i = 0; i < items.size(); i++) {
      String at = pointer(name) + "/" + i;
      Duration duration = duration(items.get(i), at, "a wait", min, max, faults);
      if (duration != null) {
        durations.add(duration);
      }
    }
    return durations;
  }

  private static @Nullable Duration duration(
      Json value, String at, String what, Duration min, Duration max, Faults faults) {
    Duration duration = value instanceof JsonString(String text) ? Times.duration(text) : null;
    if (duration == null || duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      faults.at(
          at,
          "%s is a duration such as 30s, 10m or 6h, from %s to %s."
              .formatted(what, Times.text(min), Times.text(max)));
      return null;
    }
    return duration;
  }

  /// The items of a list that may be absent: then, and when it is wrong, there are none.
  public List<Json> items(String name, int fewest, int most) {
    Json value = get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray(List<Json> items))) {
      wrongType(name, "an array", value);
      return List.of();
    }
    if (items.size() < fewest || items.size() > most) {
      String expected =
          items.size() > most ? "at most " + most + " items" : "at least " + fewest + " items";
      fault(name, name + " has " + expected.replace("1 items", "one item") + ".");
      return List.of();
    }
    return items;
  }

  /// The items of a list of objects, each with its place, in order. It may be absent.
  public List<Members> objects(String name, int fewest, int most) {
    List<Json> items = items(name, fewest, most);
    var objects = new ArrayList<Members>(items.size());
    for (int i = 0; i < items.size(); i++) {
      objects.add(of(items.get(i), pointer(name) + "/" + i, faults, nullIsAbsent));
    }
    return objects;
  }

  /// A member that is an object; null when it is absent or `null`.
  public @Nullable Members objectOrNull(String name) {
    Json value = get(name);
    return value == null || value instanceof JsonNull
        ? null
        : of(value, pointer(name), faults, nullIsAbsent);
  }

  /// A member that is an object and may be absent: then null. `null` is a fault.
  public @Nullable Members object(String name) {
    Json value = get(name);
    return value == null ? null : of(value, pointer(name), faults, nullIsAbsent);
  }

  /// Notes a fault for every member that was not asked for. The last call of reading an object.
  public void refuseOthers() {
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        String question = didYouMean(name, known);
        fault(name, "There is no \"" + shown(name) + "\" here." + question);
      }
    }
  }

  /// Notes that a member must be there.
  public void missing(String name) {
    if (real) {
      fault(name, name + " is missing.");
    }
  }

  private void wrongType(String name, String expected, Json value) {
    fault(name, name + " must be " + expected + ", not " + value.kind() + ".");
  }

  /// A sentence that offers the nearest known name, or nothing.
  public static String didYouMean(String given, Iterable<String> known) {
    String nearest = Nearest.to(given, known);
    return nearest == null ? "" : " Did you mean \"" + nearest + "\"?";
  }

  private static String here(String pointer) {
    return pointer.isEmpty() ? "The body" : "This";
  }

  /// A name from a request, cut so that no answer grows with it.
  private static String shown(String name) {
    return name.length() <= MAX_NAME_SHOWN ? name : name.substring(0, MAX_NAME_SHOWN) + "…";
  }
}
