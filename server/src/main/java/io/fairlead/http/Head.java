package io.fairlead.http;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request before its body: what an edge decides by. May be read from any thread.
public interface Head {
  /// The method; a HEAD is shown as `GET`, and its answer's body is left out on the wire.
  String method();

  /// The path as sent, percent signs and all.
  String path();

  /// What follows the `?` as sent, or empty.
  String query();

  /// The value of the first header of that name (without case), or null.
  @Nullable String header(String name);

  /// Every header, in order.
  List<Header> headers();

  /// Who connected.
  InetAddress remote();

  /// The loop that owns the connection.
  Loop loop();
}
