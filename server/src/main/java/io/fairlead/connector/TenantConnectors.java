package io.fairlead.connector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One tenant's connectors at one moment. Immutable: a change makes another object, so that
/// identity is the version. What matches a type is worked out once and remembered, for at most
/// 1,000 types.
public final class TenantConnectors {
  /// A tenant without connectors.
  public static final TenantConnectors EMPTY = new TenantConnectors(new Connector[0]);

  private static final int REMEMBERED_TYPES = 1_000;

  /// In the order of ids.
  private final Connector[] connectors;

  private final Map<String, Meant> remembered = new ConcurrentHashMap<>();
  private volatile @Nullable Index index;

  private TenantConnectors(Connector[] connectors) {
    this.connectors = connectors;
  }

  /// Every connector, in the order of ids.
  public List<Connector> all() {
    return Collections.unmodifiableList(Arrays.asList(connectors));
  }

  /// Every connector, active or not, with a trigger that means this type; each once, in the order
  /// of ids.
  public List<Connector> matching(String eventType) {
    return meant(eventType).connectors();
  }

  /// The same with what their triggers ask besides the type.
  public Meant meant(String eventType) {
    Meant known = remembered.get(eventType);
    if (known != null) {
      return known;
    }
    Meant found = Meant.of(index().matching(eventType), eventType);
    // A sender that makes up types forever may fill the memory, not grow it.
    if (remembered.size() < REMEMBERED_TYPES) {
      remembered.put(eventType, found);
    }
    return found;
  }

  TenantConnectors with(Connector connector) {
    int at = find(connector.id());
    Connector[] changed;
    if (at >= 0) {
      changed = connectors.clone();
    } else {
      at = -at - 1;
      changed = new Connector[connectors.length + 1];
      System.arraycopy(connectors, 0, changed, 0, at);
      System.arraycopy(connectors, at, changed, at + 1, connectors.length - at);
    }
    changed[at] = connector;
    return new TenantConnectors(changed);
  }

  TenantConnectors without(long id) {
    int at = find(id);
    if (at < 0) {
      return this;
    }
    var changed = new Connector[connectors.length - 1];
    System.arraycopy(connectors, 0, changed, 0, at);
    System.arraycopy(connectors, at + 1, changed, at, changed.length - at);
    return new TenantConnectors(changed);
  }

  private int find(long id) {
    int low = 0;
    int high = connectors.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = connectors[middle].id();
      if (there == id) {
        return middle;
      }
      if (there < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /// Made at the first look-up, not at each change: ten thousand connectors made in a row would
  /// otherwise cost ten thousand indexes.
  private Index index() {
    Index made = index;
    if (made == null) {
      made = new Index(connectors);
      index = made;
    }
    return made;
  }

  /// Positions by what a trigger says.
  private static final class Index {
    private final Connector[] connectors;
    private final List<Integer> every = new ArrayList<>();
    private final Map<String, List<Integer>> exact = new HashMap<>();

    /// By the text up to and with the dot.
    private final Map<String, List<Integer>> below = new HashMap<>();

    Index(Connector[] connectors) {
      this.connectors = connectors;
      for (int i = 0; i < connectors.length; i++) {
        for (Trigger trigger : connectors[i].spec().triggers()) {
          String type = trigger.eventType();
          if (type.equals("*")) {
            every.add(i);
          } else if (type.endsWith(".*")) {
            add(below, type.substring(0, type.length() - 1), i);
          } else {
            add(exact, type, i);
          }
        }
      }
    }

    private static void add(Map<String, List<Integer>> map, String key, int position) {
      map.computeIfAbsent(key, _ -> new ArrayList<>()).add(position);
    }

    List<Connector> matching(String type) {
      var found = new TreeMap<Integer, Connector>();
      take(found, every);
      take(found, exact.get(type));
      if (!below.isEmpty()) {
        for (int dot = type.indexOf('.'); dot >= 0; dot = type.indexOf('.', dot + 1)) {
          if (dot + 1 < type.length()) {
            take(found, below.get(type.substring(0, dot + 1)));
          }
        }
      }
      return List.copyOf(found.values());
    }

    private void take(Map<Integer, Connector> found, @Nullable List<Integer> positions) {
      if (positions != null) {
        for (int position : positions) {
          found.put(position, connectors[position]);
        }
      }
    }
  }
}
