package io.fairlead.connector;

import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.base.Ids;
import io.fairlead.base.Quote;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The member `adaptor` of a connector's document: an adaptor's id, or null.
final class AdaptorReference {
  private AdaptorReference() {}

  static @Nullable SharedAdaptor read(Members settings, Home home) {
    Json given = settings.get("adaptor");
    if (given == null || given instanceof JsonNull) {
      return null;
    }
    OptionalLong id =
        given instanceof JsonString(String text)
            ? Ids.parse(Adaptor.PREFIX, text)
            : OptionalLong.empty();
    if (id.isEmpty()) {
      settings.fault(
          "adaptor",
          "adaptor is an adaptor's id such as %s, or null.".formatted(Ids.text(Adaptor.PREFIX, 0)));
      return null;
    }
    SharedAdaptor adaptor = home.adaptors().get(home.tenant(), id.getAsLong());
    if (adaptor == null) {
      settings.fault("adaptor", "There is no such adaptor.");
    } else if (!adaptor.isChoosable()) {
      settings.fault(
          "adaptor",
          "The adaptor \"%s\" is not active. Activate it, or choose another one."
              .formatted(Quote.of(adaptor.now().name())));
    }
    return adaptor;
  }

  static Json write(@Nullable SharedAdaptor adaptor) {
    return adaptor == null ? JsonNull.NULL : Json.of(Ids.text(Adaptor.PREFIX, adaptor.id()));
  }
}
