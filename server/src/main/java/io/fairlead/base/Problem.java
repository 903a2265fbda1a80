package io.fairlead.base;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong with a request, in the words of RFC 9457.
///
/// @param kind the stable type, its title and its status
/// @param detail one sentence for a person: what is wrong and what to do
/// @param errors each wrong part of the request, all at once
/// @param retryAfter how long to wait before trying again, for 429 and 503
public record Problem(Kind kind, String detail, List<Fault> errors, @Nullable Duration retryAfter) {
  /// The stable list of problem types.
  public enum Kind {
    INVALID_REQUEST("invalid-request", 400, "The request is not valid"),
    UNAUTHORIZED("unauthorized", 401, "A session or a valid API key is needed"),
    FORBIDDEN("forbidden", 403, "The caller may not do that"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    NOTHING_FOUND("nothing-found", 404, "The third party has no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "That method does not work here"),
    CONFLICT("conflict", 409, "The request conflicts with what is there"),
    LINK_EXPIRED("link-expired", 410, "The link has expired"),
    PRECONDITION_FAILED("precondition-failed", 412, "It was changed in the meantime"),
    TOO_LARGE("too-large", 413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "That content type does not work here"),
    INVALID_INPUTS("invalid-inputs", 422, "The command's inputs are not right"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    THIRD_PARTY_LIMITS("third-party-limits", 429, "The third party wants fewer calls"),
    INTERNAL("internal", 500, "Something broke in the hub"),
    THIRD_PARTY_FAILED("third-party-failed", 502, "The third party failed"),
    THIRD_PARTY_TIMEOUT("third-party-timeout", 504, "The third party did not answer in time"),
    UNAVAILABLE("unavailable", 503, "The hub cannot take this now");

    private final String slug;
    private final int status;
    private final String title;

    Kind(String slug, int status, String title) {
      this.slug = slug;
      this.status = status;
      this.title = title;
    }

    /// The type as a URI.
    public String type() {
      return "https://fairlead.io/problems/" + slug;
    }

    /// The HTTP status.
    public int status() {
      return status;
    }

    /// A short text, the same for every problem of the kind.
    public String title() {
      return title;
    }
  }

  /// One wrong part of a request.
  ///
  /// @param where which kind of part `at` names
  /// @param at a JSON pointer (RFC 6901), or the name of a parameter or header
  /// @param detail what is wrong there and what is expected
  public record Fault(Where where, String at, String detail) {
    /// Which part of a request a fault is in.
    public enum Where {
      POINTER,
      PARAMETER,
      HEADER
    }

    /// A fault in the body.
    public static Fault at(String pointer, String detail) {
      return new Fault(Where.POINTER, pointer, detail);
    }

    /// A fault in a path or query parameter.
    public static Fault inParameter(String name, String detail) {
      return new Fault(Where.PARAMETER, name, detail);
    }

    /// A fault in a header.
    public static Fault inHeader(String name, String detail) {
      return new Fault(Where.HEADER, name, detail);
    }
  }

  public Problem {
    errors = List.copyOf(errors);
  }

  /// A problem with a sentence alone.
  public static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, List.of(), null);
  }

  /// A 400 that names each fault.
  public static Problem invalid(List<Fault> faults) {
    String detail = faults.isEmpty() ? "The request is not valid." : faults.getFirst().detail();
    return new Problem(Kind.INVALID_REQUEST, detail, faults, null);
  }

  /// A 503 that says when to come back.
  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(Kind.UNAVAILABLE, detail, List.of(), retryAfter);
  }
}
