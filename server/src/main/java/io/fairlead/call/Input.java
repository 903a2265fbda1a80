package io.fairlead.call;

import io.fairlead.adaptor.Adapted;
import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import io.fairlead.render.Data;
import org.jspecify.annotations.Nullable;

/// What the tokens of one attempt look into: the event's data, or what the connector's adaptor
/// makes of it.
sealed interface Input {
  /// There it is.
  ///
  /// @param made by the adaptor; null when there is none
  record Ready(Data data, @Nullable Json made) implements Input {
    /// What an envelope carries.
    ///
    /// @param received the event's data
    byte[] bytes(byte[] received) {
      return made == null ? received : JsonWriter.bytes(made);
    }
  }

  /// The adaptor makes nothing of this data.
  record Failed(String sentence) implements Input {}

  /// @param now when the attempt began, epoch milliseconds
  static Input of(@Nullable SharedAdaptor adaptor, Occasion occasion, long now) {
    Data data =
        switch (occasion.purpose()) {
          case DELIVERY -> Data.received(occasion.data());
          case RUN -> Data.inputs(occasion.data());
        };
    return adaptor == null ? new Ready(data, null) : of(adaptor.now(), data, now);
  }

  private static Input of(Adaptor adaptor, Data data, long now) {
    return switch (data.tree()) {
      case Data.Tree.Unreadable(String detail) -> failed(adaptor, detail);
      case Data.Tree.Read(Json json) ->
          switch (adaptor.apply(json, now)) {
            case Adapted.Made(Json made) -> new Ready(Data.adapted(made), made);
            case Adapted.Failed failed -> failed(adaptor, failed.sentence());
          };
    };
  }

  private static Input failed(Adaptor adaptor, String sentence) {
    return new Failed("Adaptor %s: %s".formatted(Quote.of(adaptor.name()), sentence));
  }
}
