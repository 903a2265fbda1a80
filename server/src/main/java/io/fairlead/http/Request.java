package io.fairlead.http;

import org.jspecify.annotations.Nullable;

/// A whole request.
///
/// @param head everything before the body
/// @param body complete; empty when there is none
public record Request(Head head, byte[] body) {
  /// As {@link Head#method}.
  public String method() {
    return head.method();
  }

  /// As {@link Head#path}.
  public String path() {
    return head.path();
  }

  /// As {@link Head#query}.
  public String query() {
    return head.query();
  }

  /// As {@link Head#header}.
  public @Nullable String header(String name) {
    return head.header(name);
  }

  /// As {@link Head#loop}.
  public Loop loop() {
    return head.loop();
  }
}
