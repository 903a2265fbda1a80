package io.fairlead.connector;

import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connectors that one event is meant for, as far as its type and its data say; what the time
/// says is left to whoever makes the deliveries. It holds as long as the tenant's connectors are
/// the same object.
///
/// @param of the tenant's connectors that were asked
/// @param wanted those that want the event, in the order of ids
public record Selection(TenantConnectors of, List<Wanted> wanted) {
  private static final JsonReader READER = new JsonReader();

  /// A connector that wants the event.
  ///
  /// @param chances one for each trigger that does; empty where nothing is left to ask
  public record Wanted(Connector connector, List<Chance> chances) {}

  /// A trigger whose type and filter fit.
  ///
  /// @param mark what its deliveries are remembered by, where it has a least delay
  /// @param key the key in words, or null where there is none
  public record Chance(Trigger trigger, LeastDelay.@Nullable Mark mark, @Nullable String key) {
    static Chance of(Trigger trigger, long connector, Json data) {
      LeastDelay delay = trigger.leastDelay();
      if (delay == null) {
        return new Chance(trigger, null, null);
      }
      String key = delay.keyOf(data);
      return new Chance(trigger, delay.mark(connector, key), key);
    }
  }

  /// Whether it was made of these connectors as they are, without a change since.
  @SuppressWarnings("ReferenceEquality")
  public boolean isOf(TenantConnectors connectors) {
    return of == connectors;
  }

  /// Adds what has to be known of past deliveries.
  public void addMarksTo(Set<LeastDelay.Mark> marks) {
    for (Wanted one : wanted) {
      for (Chance chance : one.chances()) {
        LeastDelay.Mark mark = chance.mark();
        if (mark != null) {
          marks.add(mark);
        }
      }
    }
  }

  /// Asks a tenant's connectors. The data is parsed once, and only if one of them asks it.
  ///
  /// @param data JSON in UTF-8
  public static Selection of(TenantConnectors connectors, String eventType, byte[] data) {
    Meant meant = connectors.meant(eventType);
    Json parsed = meant.asksData() ? parsed(data) : Json.JsonNull.NULL;
    var wanted = new ArrayList<Wanted>(meant.candidates().size());
    for (Meant.Candidate candidate : meant.candidates()) {
      Wanted one = wanted(candidate, parsed);
      if (one != null) {
        wanted.add(one);
      }
    }
    return new Selection(connectors, wanted);
  }

  /// Asks one connector; null when it does not want the event.
  public static @Nullable Wanted of(Connector connector, String eventType, Json data) {
    boolean isMeant =
        connector.spec().triggers().stream().anyMatch(trigger -> trigger.matches(eventType));
    return isMeant ? wanted(Meant.candidate(connector, eventType), data) : null;
  }

  /// What data says that can't be read: nothing that a filter could ask holds of it.
  private static Json parsed(byte[] data) {
    return switch (READER.read(data)) {
      case JsonReader.Result.Read read -> read.value();
      case JsonReader.Result.Malformed malformed -> Json.JsonNull.NULL;
    };
  }

  private static @Nullable Wanted wanted(Meant.Candidate candidate, Json data) {
    Connector connector = candidate.connector();
    if (candidate.triggers().isEmpty()) {
      return new Wanted(connector, List.of());
    }
    var chances = new ArrayList<Chance>();
    for (Trigger trigger : candidate.triggers()) {
      if (trigger.filter() == null || trigger.filter().matches(data)) {
        if (trigger.window() == null && trigger.leastDelay() == null) {
          return new Wanted(connector, List.of());
        }
        chances.add(Chance.of(trigger, connector.id(), data));
      }
    }
    return chances.isEmpty() ? null : new Wanted(connector, chances);
  }
}
