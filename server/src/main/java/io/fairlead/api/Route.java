package io.fairlead.api;

import io.fairlead.http.Answering;
import io.fairlead.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// One operation of the contract.
///
/// @param path with `{id}` for a segment that names something
/// @param credentials in which headers the key comes
/// @param parameters the names of its query parameters
record Route(
    String method,
    String path,
    Access access,
    Takes takes,
    Credentials credentials,
    List<String> parameters,
    Handler handler) {
  /// Who answers.
  sealed interface Handler {
    /// Blocking code, on a virtual thread.
    record Blocking(Function<Call, Response> resource) implements Handler {}

    /// Code on the event loop, which answers later.
    record OnLoop(Asynchronous resource) implements Handler {}

    /// Code on the event loop, which answers later and may stream its answer.
    record Streaming(Streams resource) implements Handler {}
  }

  /// Answers later, on the loop of the request.
  interface Asynchronous {
    void answer(Call call, Consumer<Response> answer);
  }

  /// Answers later, on the loop of the request, whole or piece by piece.
  interface Streams {
    /// @throws io.fairlead.base.Refused when the call is refused at once
    void answer(Call call, Answering answering);
  }

  /// Whether it is for one tenant: that of the key, or the one that the caller names.
  boolean isOfTenant() {
    return switch (access) {
      case OPEN, FRONT_DOOR, SIGNED_IN, OPERATOR -> false;
      case INGEST, READ, CHANGE, ADMIN -> true;
    };
  }

  /// The same with query parameters.
  Route with(String... names) {
    return new Route(method, path, access, takes, credentials, List.of(names), handler);
  }

  /// The same with the key in other headers.
  Route by(Credentials others) {
    return new Route(method, path, access, takes, others, parameters, handler);
  }

  /// A list, with the parameters that page through it.
  Route paged(String... filters) {
    var names = new ArrayList<>(List.of("limit", "cursor", "sort"));
    names.addAll(List.of(filters));
    return with(names.toArray(String[]::new));
  }
}
