package io.fairlead.api;

import io.fairlead.http.Head;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells a call that a page of another origin makes, by what browsers say of it: `Sec-Fetch-Site`
/// and `Origin`. Who says neither is no browser of today.
public final class SameOrigin {
  private final @Nullable String own;

  /// @param own the hub's public URL in lower case, without a path; null when nobody said
  public SameOrigin(@Nullable String own) {
    this.own = own;
  }

  boolean holds(Head head) {
    String site = head.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return false;
    }
    String origin = head.header("Origin");
    return origin == null || isOwn(origin.toLowerCase(Locale.ROOT), head.header("Host"));
  }

  /// A proxy may have ended the TLS, so only host and port are compared with what was asked for.
  private boolean isOwn(String origin, @Nullable String host) {
    int authority = origin.indexOf("://");
    return origin.equals(own)
        || (authority > 0
            && host != null
            && origin.substring(authority + 3).equals(host.toLowerCase(Locale.ROOT)));
  }
}
