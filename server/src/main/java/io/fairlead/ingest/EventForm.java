package io.fairlead.ingest;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The form that an event comes in.
public sealed interface EventForm {
  /// The hub's own, `{"type","data","id"?,"time"?,"key"?}`.
  enum Own implements EventForm {
    /// The only one.
    OWN
  }

  /// A CloudEvent in the structured mode of the JSON format, CloudEvents 1.0.
  enum CloudEvent implements EventForm {
    /// The only one.
    CLOUD_EVENT
  }

  /// A CloudEvent in the binary mode of the HTTP binding: the body is its data.
  ///
  /// @param headers the value of the request's header of that name, or null
  record CloudEventInHeaders(Function<String, @Nullable String> headers) implements EventForm {}
}
