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
/// @param payloads whether its answers hold what events and calls hold
/// @param changesNothing whether it is no change although its method says so
record Route(
    String method,
    String path,
    Access access,
    Takes takes,
    Credentials credentials,
    List<String> parameters,
    Handler handler,
    Payloads payloads,
    boolean changesNothing) {
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
    return with(List.of(names));
  }

  /// The same with query parameters.
  Route with(List<String> names) {
    return new Route(
        method,
        path,
        access,
        takes,
        credentials,
        List.copyOf(names),
        handler,
        payloads,
        changesNothing);
  }

  private Route with(Payloads payloads) {
    return new Route(
        method, path, access, takes, credentials, parameters, handler, payloads, changesNothing);
  }

  /// Its answers hold no payloads.
  Route plain() {
    return with(Payloads.None.NONE);
  }

  /// It is of no use to who must not see payloads.
  Route showsPayloads() {
    return with(Payloads.Shown.SHOWN);
  }

  /// Some members of its answers are hidden from who must not see payloads.
  ///
  /// @param pointers as {@link Payloads.Hidden} has them
  Route hiding(String... pointers) {
    return with(new Payloads.Hidden(List.of(pointers), List.of()));
  }

  /// The same, after {@link #hiding}, with query parameters that look into what is hidden.
  Route closing(String... parameters) {
    List<String> pointers =
        payloads instanceof Payloads.Hidden hidden ? hidden.pointers() : List.of();
    return with(new Payloads.Hidden(pointers, List.of(parameters)));
  }

  /// It changes nothing, so that the audit log need not have it.
  Route unchanging() {
    return new Route(method, path, access, takes, credentials, parameters, handler, payloads, true);
  }

  /// Whether the audit log has it. Events and what else products send are in logs of their own, and
  /// sessions write their own entries.
  boolean isAudited() {
    return switch (access) {
      case CHANGE, ADMIN, OPERATOR -> !method.equals("GET") && !changesNothing;
      case OPEN, FRONT_DOOR, SIGNED_IN, INGEST, READ -> false;
    };
  }

  /// The same with the key in other headers.
  Route by(Credentials others) {
    return new Route(
        method, path, access, takes, others, parameters, handler, payloads, changesNothing);
  }

  /// A list, with the parameters that page through it.
  Route paged(String... filters) {
    return paged(List.of(filters));
  }

  /// A list, with the parameters that page through it.
  Route paged(List<String> filters) {
    var names = new ArrayList<>(List.of("limit", "cursor"));
    names.addAll(filters);
    if (!filters.contains("sort")) {
      names.add("sort");
    }
    return with(names);
  }
}
