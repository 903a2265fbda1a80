package io.fairlead.render;

import io.fairlead.json.JsonPath;

/// What stands between the braces of a token.
sealed interface Expression {
  /// A place in the data.
  record Path(JsonPath path) implements Expression {}

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
}
