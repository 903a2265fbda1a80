package io.fairlead.http;

import java.util.List;

/// What to answer. `Content-Length` and `Date`-like connection matters are added by the server.
///
/// @param status 200 to 599
/// @param headers sent in this order
/// @param body may be empty; must be for 204 and 304
public record Response(int status, List<Header> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  /// A response with a body of one media type.
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, List.of(new Header("Content-Type", contentType)), body);
  }

  /// A response without a body.
  public static Response empty(int status) {
    return new Response(status, List.of(), NOTHING);
  }
}
