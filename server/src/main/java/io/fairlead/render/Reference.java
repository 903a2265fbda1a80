package io.fairlead.render;

import io.fairlead.json.JsonPath;
import org.jspecify.annotations.Nullable;

/// Where a token's value is looked up.
sealed interface Reference {
  /// A place in the data, or in the item that the innermost `#each` is at.
  ///
  /// @param path null for the whole
  record Path(From from, @Nullable JsonPath path) implements Reference {}

  /// Where a path begins.
  enum From {
    DATA,
    ITEM
  }

  /// What the hub knows of the delivery.
  enum SystemValue implements Reference {
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

    /// Whether it is there only where an event is delivered.
    boolean isOfEvents() {
      return switch (this) {
        case EVENT_ID, EVENT_TYPE, EVENT_TIME, ATTEMPT -> true;
        case TENANT_ID, CONNECTOR_NAME, NOW, UUID -> false;
      };
    }

    /// Whether it is known when a connector is saved.
    boolean isFixed() {
      return this == TENANT_ID || this == CONNECTOR_NAME;
    }
  }

  /// Where the innermost `#each` is.
  enum Turn implements Reference {
    INDEX("$index"),
    FIRST("$first"),
    LAST("$last");

    private final String text;

    Turn(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// A field of the connector's authorization.
  record Secret(String name) implements Reference {}
}
