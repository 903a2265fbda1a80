package io.fairlead.render;

/// The HTTP methods that a connector may use.
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS;

  /// Whether a request with this method may carry a body here.
  public boolean mayHaveBody() {
    return this != GET && this != HEAD;
  }

  /// Whether the event itself is sent when the author says nothing about the body.
  public boolean sendsEventByDefault() {
    return this == POST || this == PUT || this == PATCH;
  }
}
