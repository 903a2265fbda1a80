package io.fairlead.condition;

import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one value has to be: a value to be equal to, or an object of operators such as
/// `{"$gte":400,"$lt":500}`, in the language of {@link Filter} and with its bounds.
public final class Test {
  private final Json source;
  private final Node node;

  private Test(Json source, Node node) {
    this.source = source;
    this.node = node;
  }

  /// Reads a test; null when something is wrong, and all of it is noted.
  ///
  /// @param pointer where it stands in the request
  public static @Nullable Test read(Json source, String pointer, Faults faults) {
    Node node = new ConditionReader(faults).test(source, pointer);
    return node == null ? null : new Test(source, node);
  }

  /// Whether it holds.
  ///
  /// @param value null where there is none
  public boolean holds(@Nullable Json value) {
    return node.of(value) == Truth.TRUE;
  }

  /// Every question with its answer.
  ///
  /// @param name what the value is called
  public List<Finding> explain(String name, @Nullable Json value) {
    var findings = new ArrayList<Finding>();
    String missing = value == null ? "There is no %s.".formatted(name) : null;
    node.explain(new Node.Asked(name, value, missing), findings);
    return findings;
  }

  /// As it was written.
  public Json source() {
    return source;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Test test && test.source.equals(source);
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
