package io.fairlead.response;

import io.fairlead.base.Rfc3339;
import io.fairlead.base.Times;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNumber;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonPath;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long a rule has the next attempt wait, in the place of the schedule's wait: 24 hours at
/// most.
sealed interface Delay {
  /// What a number in an answer counts.
  enum Unit {
    /// Seconds, or a time since 1970 in seconds or milliseconds where it is that large.
    AUTO,
    /// Seconds from now.
    SECONDS,
    /// Milliseconds from now.
    MILLISECONDS;

    static final List<String> WORDS = List.of("auto", "seconds", "milliseconds");

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Always the same.
  record Fixed(Duration time) implements Delay {}

  /// A header of the answer says it.
  record InHeader(String name, Unit unit) implements Delay {}

  /// The answer's body says it.
  record InBody(JsonPath path, Unit unit) implements Delay {}

  /// Reads a duration, `{"header":…}` or `{"path":…}`; null when something is wrong.
  static @Nullable Delay read(Json source, String pointer, Faults faults) {
    if (source instanceof JsonString(String text)) {
      Duration wait = Times.duration(text);
      if (wait == null
          || wait.compareTo(Duration.ofSeconds(1)) < 0
          || wait.compareTo(Duration.ofHours(24)) > 0) {
        faults.at(pointer, "delay is a duration such as 30s, 10m or 6h, from 1s to 24h.");
        return null;
      }
      return new Fixed(wait);
    }
    if (!(source instanceof Json.JsonObject)) {
      faults.at(
          pointer,
          "delay is a duration such as 30s, or says where the answer has one:"
              + " {\"header\":\"X-Reset\"} or {\"path\":\"error.retry_in\"}.");
      return null;
    }
    Members members = Members.of(source, pointer, faults);
    String header = members.optionalText("header", OutcomeRule.HEADER_NAME);
    String path = members.optionalText("path", TextRule.any(1, 500));
    Unit unit = Unit.valueOf(members.word("unit", Unit.WORDS, "auto").toUpperCase(Locale.ROOT));
    boolean one = members.has("header") != members.has("path");
    members.refuseOthers();
    if (!one) {
      faults.at(pointer, "delay has a header or a path, one of the two.");
      return null;
    }
    if (header != null) {
      return new InHeader(header, unit);
    }
    JsonPath parsed = path == null ? null : Paths.read(path, pointer + "/path", faults);
    return parsed == null ? null : new InBody(parsed, unit);
  }

  /// As it was written.
  default Json json() {
    return switch (this) {
      case Fixed(Duration time) -> Json.of(Times.text(time));
      case InHeader(String name, Unit unit) -> json("header", name, unit);
      case InBody(JsonPath path, Unit unit) -> json("path", path.text(), unit);
    };
  }

  private static Json json(String member, String value, Unit unit) {
    return Json.object()
        .put(member, value)
        .putIfPresent("unit", unit == Unit.AUTO ? null : unit.word())
        .build();
  }

  /// What a value in an answer comes to in milliseconds from now, 0 to 24 h; null when it says
  /// nothing that can be understood. Understood are numbers, durations (`1.5s`, `6m0s`, `20ms`) and
  /// times (RFC 3339, and those of HTTP).
  static @Nullable Long millis(Json value, Unit unit, long nowMillis) {
    return switch (value) {
      case JsonNumber(String number) -> ofNumber(number, unit, nowMillis);
      case JsonString(String text) -> ofText(text.strip(), unit, nowMillis);
      case Json.JsonObject _, Json.JsonArray _, Json.JsonBool _, Json.JsonNull _ -> null;
    };
  }

  private static @Nullable Long ofText(String text, Unit unit, long nowMillis) {
    if (text.isEmpty() || text.length() > 64) {
      return null;
    }
    if (isNumber(text)) {
      return ofNumber(text, unit, nowMillis);
    }
    Long asked = ofUnits(text);
    if (asked != null) {
      return asked;
    }
    Long at = Rfc3339.parse(text);
    return at == null
        ? RetryAfter.millis(text, nowMillis)
        : Long.valueOf(Math.clamp(at - nowMillis, 0L, RetryAfter.LONGEST_MILLIS));
  }

  private static boolean isNumber(String text) {
    boolean point = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = (c >= '0' && c <= '9') || (c == '.' && !point && i > 0);
      if (!allowed) {
        return false;
      }
      point |= c == '.';
    }
    return text.charAt(text.length() - 1) != '.';
  }

  private static @Nullable Long ofNumber(String text, Unit unit, long nowMillis) {
    if (text.length() > 64) {
      return null;
    }
    double number = new BigDecimal(text).doubleValue();
    if (number < 0) {
      return null;
    }
    return switch (unit) {
      case SECONDS -> bounded(number * 1_000);
      case MILLISECONDS -> bounded(number);
      case AUTO -> {
        if (number < 1e9) {
          yield bounded(number * 1_000);
        }
        yield bounded((number < 1e11 ? number * 1_000 : number) - nowMillis);
      }
    };
  }

  /// `1h2m3.5s`, as rate limits are often written.
  private static @Nullable Long ofUnits(String text) {
    double sum = 0;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      while (at < text.length()
          && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) {
        at++;
      }
      String number = text.substring(start, at);
      if (number.isEmpty() || !isNumber(number)) {
        return null;
      }
      double millis = unitMillis(text, at);
      if (millis == 0) {
        return null;
      }
      sum += new BigDecimal(number).doubleValue() * millis;
      at += text.startsWith("ms", at) ? 2 : 1;
    }
    return bounded(sum);
  }

  private static double unitMillis(String text, int at) {
    if (text.startsWith("ms", at)) {
      return 1;
    }
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case 's' -> 1_000;
      case 'm' -> 60_000;
      case 'h' -> 3_600_000;
      case 'd' -> 86_400_000;
      default -> 0;
    };
  }

  private static long bounded(double millis) {
    return Math.clamp((long) Math.ceil(millis), 0, RetryAfter.LONGEST_MILLIS);
  }
}
