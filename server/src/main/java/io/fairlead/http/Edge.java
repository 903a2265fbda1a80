package io.fairlead.http;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What stands behind a listening port. Called on event loops, by several at once.
public interface Edge {
  /// Decides, before any of the body is read, who takes a request. Must not block; whatever can be
  /// refused by the head alone (unknown path, missing key, stopping) is answered {@link Now}.
  Take take(Head head);

  /// The answer to what the server itself has to refuse.
  ///
  /// @param head null when the request could not be read at all
  Response refuse(Refusal why, @Nullable Head head);

  /// Who takes a request.
  sealed interface Take {}

  /// Answered without the body, which is dropped.
  record Now(Response response) implements Take {}

  /// Handled on the loop that owns the connection, with the complete body.
  ///
  /// @param bodyLimit in bytes; more is refused
  record OnLoop(int bodyLimit, LoopHandler handler) implements Take {}

  /// Handled on the loop that owns the connection, with the complete body; the answer may be
  /// streamed.
  ///
  /// @param bodyLimit in bytes; more is refused
  record Streaming(int bodyLimit, StreamHandler handler) implements Take {}

  /// Handled on a virtual thread of its own, with the complete body.
  ///
  /// @param bodyLimit in bytes; more is refused
  record OnThread(int bodyLimit, ThreadHandler handler) implements Take {}

  /// Handles a request on its loop.
  interface LoopHandler {
    /// @param answer takes the response, once, now or later, on the same loop
    void handle(Request request, Consumer<Response> answer);
  }

  /// Handles a request on its loop and may stream its answer.
  interface StreamHandler {
    /// @param answering answers, now or later, on the same loop
    void handle(Request request, Answering answering);
  }

  /// Handles a request by blocking code.
  interface ThreadHandler {
    /// Makes the response.
    Response handle(Request request);
  }

  /// Why the server refuses a request by itself.
  enum Refusal {
    /// The body is larger than its taker's limit: 413.
    BODY_TOO_LARGE,
    /// The body did not come within 30 seconds: 408.
    BODY_TOO_SLOW,
    /// It is not HTTP, or its line or headers are too long: 400.
    MALFORMED,
    /// A handler threw: 500. It is logged already.
    FAILED
  }
}
