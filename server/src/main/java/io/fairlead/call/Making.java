package io.fairlead.call;

import io.fairlead.http.Header;
import io.fairlead.render.Origin;
import io.fairlead.response.ErrorClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What making a request came to, before anything is sent.
public sealed interface Making {
  /// The exact request.
  ///
  /// @param target path and query as they go on the wire
  /// @param headers all but those that the client computes
  /// @param body null for none; not to be written to
  /// @param sent the same as it is stored and shown: masked
  record Ready(
      String method,
      Origin origin,
      String target,
      List<Header> headers,
      byte @Nullable [] body,
      Sent sent)
      implements Making {}

  /// There is none: nothing may be sent.
  ///
  /// @param sentence why, for a person, without secrets
  record Failed(ErrorClass errorClass, String sentence) implements Making {}
}
