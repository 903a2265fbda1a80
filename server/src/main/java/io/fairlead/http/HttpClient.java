package io.fairlead.http;

import java.util.function.Consumer;

/// Makes calls on one loop and keeps its connections; used only on that loop.
public final class HttpClient {
  HttpClient() {}

  /// Sends a request.
  ///
  /// @param done hears of the reply exactly once, on the loop, possibly before this returns
  public Cancel send(Outgoing outgoing, Consumer<Reply> done) {
    done.accept(new Reply.Broke(Reply.Failure.CONNECT, "Calls cannot be made yet.", 0));
    return sentence -> {};
  }
}
