package io.fairlead.render;

/// Where a request goes: what a secret is bound to and what a connection is kept for.
///
/// @param tls whether the scheme is https
/// @param host in lower-case ASCII; an IPv6 address without its brackets
/// @param port 1 to 65,535
public record Origin(boolean tls, String host, int port) {
  /// `https` or `http`.
  public String scheme() {
    return tls ? "https" : "http";
  }

  /// The value of the header `Host`: an IPv6 address in brackets, the port unless it is the
  /// scheme's own.
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return scheme() + "://" + authority();
  }
}
