package io.fairlead.render;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How a body is made, settled when a connector is saved.
sealed interface BodyPlan {
  /// Makes it for one attempt.
  Made<Rendered.Body> make(Values values, boolean masked);

  /// Whether a secret is written somewhere.
  boolean hasSecret();

  /// The same kind, or the same bytes, for every delivery.
  record Fixed(Rendered.Body body) implements BodyPlan {
    @Override
    public Made<Rendered.Body> make(Values values, boolean masked) {
      return new Made.Done<>(body);
    }

    @Override
    public boolean hasSecret() {
      return false;
    }
  }

  /// Text with values in it, sent as UTF-8.
  record Text(List<Piece> pieces) implements BodyPlan {
    @Override
    public Made<Rendered.Body> make(Values values, boolean masked) {
      var output = new Output(values, RequestPlan.MAX_BODY, masked);
      Piece.Stop stop = output.append(pieces);
      if (stop != null) {
        return new Made.Not<>(stop.failed());
      }
      byte[] bytes = output.text().toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > RequestPlan.MAX_BODY && !masked) {
        return new Made.Not<>(
            new Rendered.Failed(
                "",
                "the body",
                "The body is longer than %,d bytes.".formatted(RequestPlan.MAX_BODY)));
      }
      return new Made.Done<>(new Rendered.Body.Made(bytes, bytes));
    }

    @Override
    public boolean hasSecret() {
      return Piece.anySecret(pieces);
    }
  }
}
