package io.fairlead.condition;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which data is meant: paths into it with what has to be there, all of which must hold, joined by
/// `$and`, `$or` and `$not`.
///
/// It fails closed: what is not there, or is of a type that can't be compared, neither holds nor,
/// under `$not`, does not hold. Only `$exist` and `$blank` ask for absence. At most 16 KiB, 10
/// deep, 100 questions and 10 patterns.
public final class Filter {
  private final Json source;
  private final Node node;

  private Filter(Json source, Node node) {
    this.source = source;
    this.node = node;
  }

  /// Reads a filter; null when something is wrong, and all of it is noted.
  ///
  /// @param pointer where it stands in the request
  public static @Nullable Filter read(Json source, String pointer, Faults faults) {
    if (!(source instanceof JsonObject)) {
      faults.at(
          pointer,
          "A filter is an object such as {\"amount\":{\"$gt\":100}}, not %s."
              .formatted(source.kind()));
      return null;
    }
    Node node = new ConditionReader(faults).filter(source, pointer);
    return node == null ? null : new Filter(source, node);
  }

  /// Whether the data is meant.
  public boolean matches(Json data) {
    return node.of(data) == Truth.TRUE;
  }

  /// Every question of the filter with its answer, in the order of the document.
  public List<Finding> explain(Json data) {
    var findings = new ArrayList<Finding>();
    node.explain(new Node.Asked("", data, null), findings);
    return findings;
  }

  /// As it was written.
  public Json source() {
    return source;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Filter filter && filter.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
