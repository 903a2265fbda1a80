package io.fairlead.condition;

import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operator with what it compares with: a leaf.
///
/// @param spelled the operator as its author wrote it
/// @param pointer where it stands in the document
/// @param judge answers for a value that is there
record Question(Operator operator, String spelled, String pointer, Json expected, Judge judge)
    implements Node {
  private static final int MOST_SHOWN = 200;

  /// Answers a question about a value that is there.
  interface Judge {
    Truth of(Json value);
  }

  @Override
  public Truth of(@Nullable Json value) {
    if (value != null) {
      return judge.of(value);
    }
    return switch (operator) {
      case EXIST -> Truth.of(expected.equals(Json.of(false)));
      case BLANK -> Truth.of(expected.equals(Json.of(true)));
      case EQ, NEQ, GT, GTE, LT, LTE, BETWEEN, IN, NIN, STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES ->
          Truth.UNKNOWN;
    };
  }

  @Override
  public void explain(Asked asked, List<Finding> findings) {
    Json value = asked.value();
    Truth truth = of(value);
    findings.add(
        new Finding(
            pointer,
            asked.path(),
            spelled,
            expected,
            value == null ? null : shown(value),
            truth == Truth.TRUE,
            truth == Truth.UNKNOWN ? why(asked) : null));
  }

  private String why(Asked asked) {
    Json value = asked.value();
    if (value == null) {
      String missing = asked.missing();
      return missing == null ? "There is no value." : missing;
    }
    String name = asked.path().isEmpty() ? "The value" : asked.path();
    if (operator == Operator.MATCHES && value instanceof JsonString) {
      return "%s has more than 4,096 characters; a pattern looks at no longer text."
          .formatted(name);
    }
    return "%s is %s, which %s can't compare with %s."
        .formatted(name, value.kind(), spelled, expected.kind());
  }

  private static String shown(Json value) {
    String text = JsonWriter.text(value);
    return text.codePointCount(0, text.length()) <= MOST_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN - 1)) + "…";
  }
}
