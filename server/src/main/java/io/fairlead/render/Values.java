package io.fairlead.render;

import io.fairlead.base.Ids;
import io.fairlead.base.Quote;
import io.fairlead.base.Times;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonObject;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What tokens find while one attempt is rendered. One for each rendering.
final class Values {
  /// Sets the hub's `$uuid` apart from other name-based UUIDs (RFC 9562, 5.5).
  private static final byte[] NAMESPACE =
      "io.fairlead:delivery".getBytes(StandardCharsets.US_ASCII);

  private final Facts facts;
  private final Scope scope;
  private final @Nullable Trace trace;
  private final Budget budget = new Budget();
  private Filter.@Nullable Attempt attempt;
  private @Nullable Turns turns;

  /// @param trace notes what is found, when somebody looks
  Values(Facts facts, Scope scope, @Nullable Trace trace) {
    this.facts = facts;
    this.scope = scope;
    this.trace = trace;
  }

  /// What no delivery changes.
  static Values fixed(Scope scope) {
    var facts = new Facts(0, 0, "", 0, 0, 0, Data.received(new byte[0]), Map.of());
    return new Values(facts, scope, null);
  }

  Data data() {
    return facts.data();
  }

  long delivery() {
    return facts.delivery();
  }

  @Nullable Trace trace() {
    return trace;
  }

  /// Whether more was done than one rendering may do.
  boolean isSpent() {
    return !budget.spend(Budget.STEP);
  }

  /// What a token came to.
  sealed interface Found {
    /// It has a value.
    record Value(Json json) implements Found {}

    /// Its default stands in.
    record Default(Json json) implements Found {}

    /// It has none, and needs none.
    enum Absent implements Found {
      ABSENT
    }

    /// It has none; the reason completes "{{x}} in the URL path: ".
    record Missing(String reason) implements Found {}
  }

  Found find(Expression expression) {
    var _ = budget.spend(Budget.STEP);
    Reference reference = expression.reference();
    Json value = value(reference);
    if (value == null && isUnreadable(reference)) {
      return new Found.Missing(missing(reference));
    }
    if (value == null || value == Json.JsonNull.NULL) {
      Json otherwise = expression.otherwise();
      if (otherwise != null) {
        Found made = filter(expression, otherwise);
        return made instanceof Found.Value(Json json) ? new Found.Default(json) : made;
      }
      if (expression.mayBeAbsent()) {
        return filter(expression, null);
      }
      if (value == null) {
        Found made = filter(expression, null);
        return made instanceof Found.Absent ? new Found.Missing(missing(reference)) : made;
      }
    }
    return filter(expression, value);
  }

  private Found filter(Expression expression, @Nullable Json value) {
    FilterChain filters = expression.filters();
    if (filters.isEmpty()) {
      return value == null ? Found.Absent.ABSENT : new Found.Value(value);
    }
    return switch (filters.apply(value, attempt(), budget)) {
      case Filtered.Value(Json json) -> new Found.Value(json);
      case Filtered.Refused(String reason) -> new Found.Missing(reason);
      case Filtered.Absent absent ->
          value == null || expression.mayBeAbsent()
              ? Found.Absent.ABSENT
              : new Found.Missing("the list is empty, so it has no such item");
    };
  }

  private Filter.Attempt attempt() {
    Filter.Attempt before = attempt;
    if (before == null) {
      before = new Filter.Attempt(facts.now(), facts.secrets());
      attempt = before;
    }
    return before;
  }

  /// The value there, or null.
  private @Nullable Json value(Reference reference) {
    return switch (reference) {
      case Reference.Path(var from, var path) -> {
        Json whole = whole(from);
        if (whole == null || path == null) {
          yield whole;
        }
        var _ = budget.spend(path.steps().size());
        yield path.get(whole);
      }
      case Reference.SystemValue system -> system(system);
      case Reference.Turn turn -> turns == null ? null : turns.value(turn);
      case Reference.Secret(String name) -> {
        String secret = facts.secrets().get(name);
        yield secret == null ? null : Json.of(secret);
      }
    };
  }

  private @Nullable Json whole(Reference.From from) {
    return switch (from) {
      case DATA -> facts.data().tree() instanceof Data.Tree.Read(Json json) ? json : null;
      case ITEM -> turns == null ? null : turns.item();
    };
  }

  private boolean isUnreadable(Reference reference) {
    return reference instanceof Reference.Path(var from, var _)
        && from == Reference.From.DATA
        && facts.data().tree() instanceof Data.Tree.Unreadable;
  }

  /// Why there is no value.
  private String missing(Reference reference) {
    return switch (reference) {
      case Reference.Path(var from, var path) -> {
        if (facts.data().tree() instanceof Data.Tree.Unreadable(String detail)) {
          yield facts.data().words() + " cannot be read. " + detail;
        }
        Json whole = whole(from);
        yield whole != null
                && path != null
                && path.find(whole, wholeWords(from)) instanceof JsonPath.Found.Missing(var reason)
            ? reason
            : "there is none";
      }
      case Reference.SystemValue system -> "there is none";
      case Reference.Turn turn -> "there is none";
      case Reference.Secret(String name) -> "the authorization has no $secret.%s".formatted(name);
    };
  }

  private String wholeWords(Reference.From from) {
    Turns here = turns;
    return from == Reference.From.DATA || here == null ? "the data" : Quote.of(here.text());
  }

  private Json system(Reference.SystemValue value) {
    return switch (value) {
      case EVENT_ID -> Json.of(Ids.text(facts.eventPrefix(), facts.event()));
      case EVENT_TYPE -> Json.of(facts.eventType());
      case EVENT_TIME -> Json.of(Times.text(facts.occurredAt()));
      case TENANT_ID -> Json.of(scope.tenant());
      case CONNECTOR_NAME -> Json.of(scope.connector());
      case ATTEMPT -> Json.of(facts.attempt());
      case NOW -> Json.of(Times.text(facts.now()));
      case UUID -> Json.of(uuid(facts.delivery()));
    };
  }

  /// One UUID for the delivery, so that each attempt has the same.
  private static String uuid(long delivery) {
    byte[] name = ByteBuffer.allocate(8).putLong(delivery).array();
    return HashFilters.uuid(NAMESPACE, name).toString();
  }

  /// Whether an `#if` is true: something is there, and it is not null, false, an empty text, an
  /// empty list or an empty object. 0 is something.
  boolean holds(Reference subject) {
    var _ = budget.spend(Budget.STEP);
    return switch (value(subject)) {
      case null -> false;
      case JsonString(String text) -> !text.isEmpty();
      case JsonNumber number -> true;
      case Json.JsonBool(boolean bool) -> bool;
      case Json.JsonNull nothing -> false;
      case JsonArray(var items) -> !items.isEmpty();
      case JsonObject object -> !object.members().isEmpty();
    };
  }

  /// What an `#each` runs over.
  sealed interface Items {
    record Some(List<Json> items) implements Items {}

    record Wrong(String reason) implements Items {}
  }

  Items items(Piece.Loop loop) {
    Json value = value(loop.subject());
    if (value instanceof JsonArray(List<Json> items)) {
      return new Items.Some(items);
    }
    boolean isNothing = value == null || value == Json.JsonNull.NULL;
    if (isNothing && loop.mayBeAbsent() && !isUnreadable(loop.subject())) {
      return new Items.Some(List.of());
    }
    return new Items.Wrong(
        value == null
            ? missing(loop.subject())
            : "the value is %s, and a list is needed".formatted(value.kind()));
  }

  /// Begins a loop; {@link #next} goes to its first item.
  void enter(Piece.Loop loop, List<Json> items) {
    turns = new Turns(turns, loop.subject(), items);
  }

  /// Goes to the next item of the innermost loop, if there is one.
  boolean next() {
    return turns != null && turns.next();
  }

  /// Ends the innermost loop.
  void leave() {
    turns = turns == null ? null : turns.outer;
  }

  /// Where a token's value came from, in words.
  String source(Expression expression, Found found) {
    return switch (found) {
      case Found.Default standIn -> "the default";
      case Found.Absent absent -> "absent";
      case Found.Value value -> source(expression.reference());
      case Found.Missing missing -> source(expression.reference());
    };
  }

  private String source(Reference reference) {
    return switch (reference) {
      case Reference.Path path -> {
        String at = Turns.text(turns, path);
        yield at.isEmpty()
            ? facts.data().words()
            : "%s at %s".formatted(facts.data().words(), Quote.of(at));
      }
      case Reference.SystemValue system -> system.text();
      case Reference.Turn turn -> turn.text();
      case Reference.Secret secret -> "a secret of the authorization";
    };
  }

  /// The text that a value is in a place for text, or null for what is no text.
  static @Nullable String text(Json value) {
    return switch (value) {
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> text;
      case Json.JsonBool(boolean bool) -> bool ? "true" : "false";
      case Json.JsonNull nothing -> null;
      case JsonObject object -> null;
      case JsonArray array -> null;
    };
  }

  /// Where a loop is, and the loops around it.
  private static final class Turns {
    private final @Nullable Turns outer;
    private final Reference.Path subject;
    private final List<Json> items;
    private int index = -1;

    Turns(@Nullable Turns outer, Reference.Path subject, List<Json> items) {
      this.outer = outer;
      this.subject = subject;
      this.items = items;
    }

    boolean next() {
      return ++index < items.size();
    }

    Json item() {
      return items.get(index);
    }

    Json value(Reference.Turn turn) {
      return switch (turn) {
        case INDEX -> Json.of(index);
        case FIRST -> Json.of(index == 0);
        case LAST -> Json.of(index == items.size() - 1);
      };
    }

    /// Where the item is in the data, as a path.
    String text() {
      return "%s[%d]".formatted(text(outer, subject), index);
    }

    /// Where a path leads to in the data, as a path; empty for the whole.
    static String text(@Nullable Turns turns, Reference.Path path) {
      String base = path.from() == Reference.From.ITEM && turns != null ? turns.text() : "";
      String rest = path.path() == null ? "" : path.path().text();
      return base.isEmpty() || rest.isEmpty() || rest.startsWith("[")
          ? base + rest
          : base + "." + rest;
    }
  }
}
