package io.fairlead.authorization;

import io.fairlead.render.BodyText;
import io.fairlead.render.Method;
import io.fairlead.render.Origin;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.render.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an authorization may be sent: scheme, host and port, each exactly.
public record Hosts(List<Origin> origins) {
  /// What one entry is, as the end of a sentence.
  public static final String EXPECTED =
      "is a host such as api.example.com, api.example.com:8443, or http://api.example.com where it"
          + " may go unencrypted";

  public Hosts {
    origins = List.copyOf(origins);
  }

  /// Whether it may be sent there.
  public boolean cover(Origin origin) {
    return origins.contains(origin);
  }

  /// The entries in their shortest form.
  public List<String> texts() {
    return origins.stream().map(Hosts::text).toList();
  }

  /// An entry in its shortest form: `api.example.com`, `api.example.com:8443`,
  /// `http://api.example.com`.
  public static String text(Origin origin) {
    return origin.tls() ? origin.authority() : origin.toString();
  }

  /// Reads an entry; null when it is none. A host is read as in a connector's URL, or it could be
  /// another one there.
  public static @Nullable Origin parse(String entry) {
    int scheme = entry.indexOf("://");
    String authority = scheme < 0 ? entry : entry.substring(scheme + 3);
    for (int i = 0; i < authority.length(); i++) {
      if ("/?#\\@{}*".indexOf(authority.charAt(i)) >= 0) {
        return null;
      }
    }
    var text =
        new RequestText(
            Method.GET,
            scheme < 0 ? "https://" + entry : entry,
            List.of(),
            List.of(),
            BodyText.None.NONE);
    return switch (RequestPlan.compile(text, Scope.of("", ""))) {
      case RequestPlan.Compiled.Ready(RequestPlan plan) -> plan.origin();
      case RequestPlan.Compiled.Faulty faulty -> null;
    };
  }
}
