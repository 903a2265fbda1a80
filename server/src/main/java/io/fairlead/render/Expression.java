package io.fairlead.render;

import java.util.List;

/// What stands between the braces of a token.
sealed interface Expression {
  /// A place in the data.
  record Path(List<Step> steps) implements Expression {
    /// The path up to a step, as an author writes it.
    String text(int count) {
      var out = new StringBuilder();
      for (Step step : steps.subList(0, count)) {
        step.append(out);
      }
      return out.toString();
    }
  }

  /// What the hub knows of the delivery.
  enum SystemValue implements Expression {
    EVENT_ID("$event.id"),
    EVENT_TYPE("$event.type"),
    EVENT_TIME("$event.time"),
    TENANT_ID("$tenant.id"),
    CONNECTOR_NAME("$connector.name"),
    ATTEMPT("$attempt"),
    NOW("$now"),
    UUID("$uuid");

    private final String text;

    SystemValue(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /// Whether it is known when a connector is saved.
    boolean isFixed() {
      return this == TENANT_ID || this == CONNECTOR_NAME;
    }
  }

  /// One step into the data.
  sealed interface Step {
    /// Into an object.
    record Member(String name) implements Step {
      @Override
      public void append(StringBuilder out) {
        if (!name.isEmpty() && name.codePoints().allMatch(TokenParser::isNamePart)) {
          if (!out.isEmpty()) {
            out.append('.');
          }
          out.append(name);
        } else {
          out.append("[\"").append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"]");
        }
      }
    }

    /// Into an array, from 0.
    record Index(int index) implements Step {
      @Override
      public void append(StringBuilder out) {
        out.append('[').append(index).append(']');
      }
    }

    /// Writes it as an author does, after the steps before it.
    void append(StringBuilder out);
  }
}
