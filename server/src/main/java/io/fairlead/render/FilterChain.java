package io.fairlead.render;

import io.fairlead.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters in a row, such as `upper | date:"yyyy-MM-dd"`: each takes what the one before it made.
/// Total, bounded and immutable.
public final class FilterChain {
  /// The most filters in a chain.
  public static final int MOST = 10;

  /// The longest text that may come out of a filter, in characters.
  public static final int LONGEST = 1 << 20;

  /// No filters: every value comes out as it went in.
  public static final FilterChain NONE = new FilterChain(List.of());

  private static final int STEP = Budget.STEP;

  /// @param name as its author wrote it
  record Named(String name, Filter filter) {}

  private final List<Named> filters;
  private final boolean usesSecret;
  private final boolean needsAttempt;

  FilterChain(List<Named> filters) {
    this.filters = List.copyOf(filters);
    this.usesSecret = this.filters.stream().anyMatch(named -> named.filter.secret() != null);
    this.needsAttempt =
        usesSecret || this.filters.stream().anyMatch(named -> named.filter.needsAttempt());
  }

  /// What reading a text as a chain came to.
  public sealed interface Parsed {
    /// It is one.
    record Good(FilterChain chain) implements Parsed {}

    /// It is none.
    ///
    /// @param detail a sentence with line and column and what was expected
    record Bad(String detail) implements Parsed {}
  }

  /// Reads a chain as it stands in a token after the first `|`; `$secret` is refused. A blank text
  /// is a chain without filters.
  public static Parsed parse(String text) {
    if (text.isBlank()) {
      return new Parsed.Good(NONE);
    }
    try {
      var cursor = new Cursor(text, 0, text.length());
      return new Parsed.Good(new FilterParser(cursor, null, false).parseFirst());
    } catch (Flawed flawed) {
      return new Parsed.Bad(flawed.flaw().in(text));
    }
  }

  /// Sends a value through the filters.
  ///
  /// @param value null when there is none
  /// @param now the time that `now` and `age` go by, epoch milliseconds
  public Filtered apply(@Nullable Json value, long now) {
    return apply(value, new Filter.Attempt(now, Map.of()), new Budget());
  }

  Filtered apply(@Nullable Json value, Filter.Attempt attempt, Budget budget) {
    Filtered current = value == null ? Filtered.Absent.ABSENT : new Filtered.Value(value);
    for (Named named : filters) {
      Filtered next =
          switch (current) {
            case Filtered.Value(Json json) ->
                budget.spend(STEP + weight(json))
                    ? named.filter.apply(json, attempt)
                    : new Filtered.Refused("there is too much to do for one request");
            case Filtered.Absent absent -> named.filter.absent(attempt);
            case Filtered.Refused refused -> refused;
          };
      if (next instanceof Filtered.Refused(String reason)) {
        return new Filtered.Refused("%s: %s".formatted(named.name, reason));
      }
      if (next instanceof Filtered.Value(Json made)) {
        long weight = weight(made);
        if (weight > LONGEST || !budget.spend(weight)) {
          return new Filtered.Refused(
              "%s: what comes out is longer than %,d characters".formatted(named.name, LONGEST));
        }
      }
      current = next;
    }
    return current;
  }

  private static long weight(Json value) {
    return switch (value) {
      case Json.JsonString(String text) -> text.length();
      case Json.JsonNumber(String text) -> text.length();
      case Json.JsonArray(var items) -> items.size();
      case Json.JsonObject object -> object.members().size();
      case Json.JsonBool bool -> 1;
      case Json.JsonNull nothing -> 1;
    };
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /// Whether a secret is the key of one of them.
  boolean usesSecret() {
    return usesSecret;
  }

  /// Whether the same value may come out differently in another attempt.
  boolean needsAttempt() {
    return needsAttempt;
  }
}
