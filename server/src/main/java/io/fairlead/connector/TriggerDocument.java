package io.fairlead.connector;

import io.fairlead.base.Times;
import io.fairlead.condition.Filter;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The member `triggers` of a connector's document.
final class TriggerDocument {
  private static final TextRule EVENT_TYPE =
      TextRule.matching(
          1,
          200,
          "\\*|[A-Za-z0-9._:/-]{1,198}\\.\\*|[A-Za-z0-9._:/-]{1,200}",
          "is an event type of A-Z a-z 0-9 . _ : / -, all below one (invoice.*), or all (*)");
  private static final TextRule DELAY_KEY = TextRule.any(1, 500);

  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofDays(365);

  private static final List<String> WEEKDAYS =
      Arrays.stream(DayOfWeek.values()).map(TriggerDocument::text).toList();
  private static final List<String> OUTSIDE = List.of("hold", "drop");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Members trigger;
  private final Faults faults;

  private TriggerDocument(Members trigger, Faults faults) {
    this.trigger = trigger;
    this.faults = faults;
  }

  static List<Trigger> read(Members settings, Faults faults) {
    var triggers = new ArrayList<Trigger>();
    for (Members trigger : settings.objects("triggers", 0, 100)) {
      triggers.add(new TriggerDocument(trigger, faults).read());
      trigger.refuseOthers();
    }
    return triggers;
  }

  private Trigger read() {
    String eventType = trigger.text("eventType", EVENT_TYPE);
    Json source = trigger.get("filter");
    Filter filter = source == null ? null : Filter.read(source, trigger.pointer("filter"), faults);
    Window window = window(trigger.object("window"));
    return new Trigger(eventType, filter, window, leastDelay(eventType, filter));
  }

  private @Nullable LeastDelay leastDelay(String eventType, @Nullable Filter filter) {
    String text = trigger.optionalText("delayKey", DELAY_KEY);
    DelayKey key = text == null ? null : key(text);
    if (!trigger.has("leastDelay")) {
      if (trigger.has("delayKey")) {
        trigger.fault(
            "delayKey", "delayKey says what leastDelay counts by; leastDelay is missing.");
      }
      return null;
    }
    Duration least = trigger.duration("leastDelay", SHORTEST_DELAY, LONGEST_DELAY, SHORTEST_DELAY);
    String what = filter == null ? "" : JsonWriter.text(filter.source());
    return new LeastDelay(
        least, key, LeastDelay.identity(eventType, what, key == null ? "" : key.text()));
  }

  private @Nullable DelayKey key(String text) {
    return switch (DelayKey.read(text)) {
      case DelayKey.Read.Good(DelayKey key) -> key;
      case DelayKey.Read.Bad(String detail) -> {
        trigger.fault("delayKey", detail);
        yield null;
      }
    };
  }

  private @Nullable Window window(@Nullable Members window) {
    if (window == null) {
      return null;
    }
    Set<DayOfWeek> weekdays = weekdays(window);
    int from = time(window, "from", 0, 0, Window.DAY - 1);
    int to = time(window, "to", Window.DAY, 1, Window.DAY);
    ZoneId zone = zone(window);
    LocalDate first = date(window, "firstDate");
    LocalDate last = date(window, "lastDate");
    String outside = window.word("outside", OUTSIDE, OUTSIDE.getFirst());
    if (from == to) {
      window.fault(
          "to", "to is another time than from; over midnight, such as 22:00 to 06:00, works.");
    }
    if (first != null && last != null && last.isBefore(first)) {
      window.fault("lastDate", "lastDate is not before firstDate.");
    }
    window.refuseOthers();
    return new Window(
        weekdays,
        from,
        to,
        zone,
        first,
        last,
        Window.Outside.valueOf(outside.toUpperCase(Locale.ROOT)));
  }

  private static Set<DayOfWeek> weekdays(Members window) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<Json> items = window.items("weekdays", 1, 7);
    for (int i = 0; i < items.size(); i++) {
      int day = items.get(i) instanceof JsonString(String name) ? WEEKDAYS.indexOf(name) : -1;
      if (day < 0) {
        String given = items.get(i) instanceof JsonString(String name) ? name : "";
        window.fault(
            "weekdays",
            i,
            "A weekday is one of %s.%s"
                .formatted(
                    String.join(", ", WEEKDAYS),
                    given.isEmpty() ? "" : Members.didYouMean(given, WEEKDAYS)));
      } else if (!days.add(DayOfWeek.values()[day])) {
        window.fault("weekdays", i, "%s stands here twice.".formatted(WEEKDAYS.get(day)));
      }
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  private static String text(DayOfWeek day) {
    return day.name().substring(0, 3);
  }

  private static int time(Members window, String name, int otherwise, int min, int max) {
    Integer minutes =
        window.optionalParsed(
            name,
            text -> minutes(text, min, max),
            "is a time of the day from %s to %s, such as 09:30"
                .formatted(Window.time(min), Window.time(max)));
    return minutes == null ? otherwise : minutes;
  }

  private static @Nullable Integer minutes(String text, int min, int max) {
    if (text.length() != 5 || text.charAt(2) != ':') {
      return null;
    }
    int digits = 0;
    for (int i = 0; i < 5; i++) {
      char c = text.charAt(i);
      if (i != 2) {
        if (c < '0' || c > '9') {
          return null;
        }
        digits = digits * 10 + c - '0';
      }
    }
    int minutes = digits / 100 * 60 + digits % 100;
    return digits % 100 > 59 || minutes < min || minutes > max ? null : minutes;
  }

  private static ZoneId zone(Members window) {
    ZoneId zone = ZoneId.of("UTC");
    if (!(window.get("zone") instanceof JsonString(String name))) {
      // Absent, or of a wrong type, which the reader of texts tells.
      var _ = window.optionalText("zone", TextRule.any(0, 100));
      return zone;
    }
    try {
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException e) {
      // Not a name at all: told as any other unknown one.
    }
    window.fault(
        "zone",
        "zone is the IANA name of a time zone such as Europe/Oslo.%s"
            .formatted(Members.didYouMean(name, ZoneId.getAvailableZoneIds())));
    return zone;
  }

  private static @Nullable LocalDate date(Members window, String name) {
    return window.optionalParsed(
        name, TriggerDocument::dateOf, "is a date from 1970 to 9999 such as 2026-03-31");
  }

  private static @Nullable LocalDate dateOf(String text) {
    try {
      LocalDate date = LocalDate.parse(text, DATE);
      return date.getYear() < 1970 || date.getYear() > 9999 ? null : date;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static Json write(List<Trigger> triggers) {
    return new JsonArray(triggers.stream().map(TriggerDocument::write).toList());
  }

  private static Json write(Trigger trigger) {
    Json.Builder out = Json.object().put("eventType", trigger.eventType());
    if (trigger.filter() != null) {
      out.put("filter", trigger.filter().source());
    }
    if (trigger.window() != null) {
      out.put("window", write(trigger.window()));
    }
    if (trigger.leastDelay() != null) {
      out.put("leastDelay", Times.text(trigger.leastDelay().least()));
      DelayKey key = trigger.leastDelay().key();
      out.putIfPresent("delayKey", key == null ? null : key.text());
    }
    return out.build();
  }

  private static Json write(Window window) {
    List<Json> weekdays =
        EnumSet.copyOf(window.weekdays()).stream().map(day -> Json.of(text(day))).toList();
    return Json.object()
        .put("weekdays", Json.array(weekdays))
        .put("from", Window.time(window.from()))
        .put("to", Window.time(window.to()))
        .put("zone", window.zone().getId())
        .putIfPresent(
            "firstDate", window.firstDate() == null ? null : window.firstDate().toString())
        .putIfPresent("lastDate", window.lastDate() == null ? null : window.lastDate().toString())
        .put("outside", window.outside().name().toLowerCase(Locale.ROOT))
        .build();
  }
}
