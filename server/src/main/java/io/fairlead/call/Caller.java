package io.fairlead.call;

import io.fairlead.connector.Connector;
import io.fairlead.http.Cancel;
import java.util.function.Consumer;

/// Makes calls: gate, credential, render, send, classify. One for each loop, used only on it.
public final class Caller {
  /// Makes one attempt.
  ///
  /// @param done hears of the attempt exactly once, on the loop, possibly before this returns
  /// @return ends the attempt at once, as BROKEN with the sentence given
  public Cancel call(Connector connector, Occasion occasion, Consumer<Attempt> done) {
    done.accept(
        new Attempt(
            0,
            0,
            connector.revision(),
            Sent.nothing(),
            null,
            Outcome.RETRY,
            ErrorClass.BROKEN,
            "Calls cannot be made yet.",
            null));
    return sentence -> {};
  }
}
