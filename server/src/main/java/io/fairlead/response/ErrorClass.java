package io.fairlead.response;

/// What kind of trouble ended an attempt. Stored by place: add at the end.
public enum ErrorClass {
  /// The name did not resolve.
  DNS,
  /// No connection.
  CONNECT,
  /// No TLS session, or a certificate that does not fit.
  TLS,
  /// Not done in time.
  TIMEOUT,
  /// Garbage, too much, or cut short.
  BROKEN,
  /// A status that is no success.
  STATUS,
  /// The operator does not allow the address.
  BLOCKED,
  /// The request could not be rendered.
  RENDER,
  /// The answer could not be read as what it should be.
  PARSE,
  /// The credential could not be used.
  AUTH
}
