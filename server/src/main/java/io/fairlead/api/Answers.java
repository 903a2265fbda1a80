package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.base.Times;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import io.fairlead.json.Json;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.ProblemJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How everything is answered.
final class Answers {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final int MAX_SHOWN = 100;

  private Answers() {}

  static Response json(int status, Json body) {
    return Response.of(status, JSON, JsonWriter.bytes(body));
  }

  /// A resource with its version.
  static Response resource(int status, Json body, String etag) {
    return with(json(status, body), new Header("ETag", etag));
  }

  /// A resource that was just made.
  static Response created(String path, Json body, String etag) {
    return with(resource(201, body, etag), new Header("Location", path));
  }

  /// The entity tag of what has revisions.
  static String etag(int revision) {
    return "\"" + revision + "\"";
  }

  static Response noContent() {
    return Response.empty(204);
  }

  static Response with(Response response, Header header) {
    var headers = new ArrayList<>(response.headers());
    headers.add(header);
    return new Response(response.status(), headers, response.body());
  }

  static Response problem(Problem problem) {
    return problem(problem, ProblemJson.of(problem));
  }

  /// A problem with members of its own.
  ///
  /// @param document the whole of it
  static Response problem(Problem problem, Json document) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", PROBLEM));
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      headers.add(new Header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }
    if (problem.kind() == Kind.UNAUTHORIZED) {
      headers.add(new Header("WWW-Authenticate", "Bearer"));
    }
    return new Response(problem.kind().status(), headers, JsonWriter.bytes(document));
  }

  /// Refuses with a 404: there is no such thing for this tenant, or at all.
  static Refused notFound(String noun, String id) {
    return new Refused(Problem.of(Kind.NOT_FOUND, "There is no %s %s.".formatted(noun, shown(id))));
  }

  /// A problem of one fault.
  static Problem problem(Kind kind, String detail, Fault fault) {
    return new Problem(kind, detail, List.of(fault), null);
  }

  /// A text from a request, cut so that no answer grows with it.
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  static Json time(@Nullable Long epochMillis) {
    return epochMillis == null ? Json.JsonNull.NULL : Json.of(Times.text(epochMillis));
  }

  static Json number(@Nullable Integer value) {
    return value == null ? Json.JsonNull.NULL : Json.of(value);
  }
}
