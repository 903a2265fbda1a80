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
  /// An answer that is no success: by its status, or by a rule.
  STATUS,
  /// The operator does not allow the address.
  BLOCKED,
  /// The request could not be rendered.
  RENDER,
  /// The answer could not be read as what it should be; alone it leaves a success one.
  PARSE,
  /// The credential could not be used.
  AUTH
}
