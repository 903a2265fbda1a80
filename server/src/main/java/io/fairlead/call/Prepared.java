package io.fairlead.call;

import io.fairlead.connector.Connector;
import io.fairlead.connector.Credential;
import io.fairlead.http.Header;
import io.fairlead.http.Names;
import io.fairlead.render.Origin;
import io.fairlead.render.Rendered;
import io.fairlead.render.RequestPlan;
import io.fairlead.secrets.Mask;
import io.fairlead.response.Judge;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the calls of one revision of a connector have in common, made by the first of them.
final class Prepared {
  final Connector connector;
  final String method;
  final boolean addsId;
  final boolean addsTime;
  final boolean addsAgent;
  final boolean addsKey;
  final @Nullable Header authorization;

  /// Says what replies come to.
  final Judge judge;

  private final List<String> secrets = new ArrayList<>();
  private Mask mask;

  /// The address that the host is written as, null when it is a name.
  final Names.@Nullable Found literal;

  /// Why the host cannot be called at all, null when it can.
  final @Nullable String unusable;

  /// The last resolution that was checked and what was said of it: mostly the next one's too.
  private Names.@Nullable Found checked;

  private Gate.@Nullable Verdict verdict;

  private Rendered.@Nullable Head storedFrom;
  private @Nullable String stored;

  Prepared(Connector connector) {
    this.connector = connector;
    RequestPlan plan = connector.plan();
    this.judge = new Judge(connector.spec().response(), connector.spec().rules());
    this.method = plan.method().name();
    this.addsId = !plan.hasHeader("webhook-id");
    this.addsTime = !plan.hasHeader("webhook-timestamp");
    this.addsAgent = !plan.hasHeader("User-Agent");
    this.addsKey = !plan.hasHeader("Idempotency-Key");
    String value = authorization(connector.credential());
    this.authorization =
        value == null || plan.hasHeader("Authorization")
            ? null
            : new Header("Authorization", value);
    this.mask = Mask.of(secrets);
    InetAddress address = null;
    String wrong = null;
    try {
      address = Gate.literal(plan.origin().host());
    } catch (IllegalArgumentException e) {
      wrong = "The host " + plan.origin().host() + " is neither a name nor an address.";
    }
    this.literal = address == null ? null : new Names.Found(List.of(address));
    this.unusable = wrong;
  }

  Origin origin() {
    return connector.plan().origin();
  }

  private @Nullable String authorization(Credential credential) {
    return switch (credential) {
      case Credential.None none -> null;
      case Credential.Basic(String username, String password) -> {
        String pair = username + ":" + password;
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        secrets.add(password);
        secrets.add(encoded);
        yield "Basic " + encoded;
      }
      case Credential.Bearer(String token) -> {
        secrets.add(token);
        yield "Bearer " + token;
      }
    };
  }

  /// Finds the connector's secrets.
  Mask mask() {
    return mask;
  }

  /// Whether the addresses of the host may be dialled.
  @SuppressWarnings("ReferenceEquality") // the same object for as long as it is remembered
  Gate.Verdict verdict(Gate gate, Names.Found found) {
    Gate.Verdict before = verdict;
    if (before != null && found == checked) {
      return before;
    }
    Gate.Verdict now = gate.check(origin().host(), origin().port(), found.addresses());
    checked = found;
    verdict = now;
    return now;
  }

  /// The head as it is stored; made once when it repeats.
  ///
  /// @param shown the author's part of it
  /// @param sized whether there is a body
  @SuppressWarnings("ReferenceEquality") // the same object when it repeats
  String stored(Rendered.Head shown, boolean sized, String agent) {
    String before = stored;
    if (before != null && shown == storedFrom) {
      return before;
    }
    boolean repeats = connector.plan().headRepeats();
    if (repeats) {
      alsoMask(shown);
    }
    var out = new StringBuilder(256);
    Origin origin = origin();
    out.append(method).append(' ').append(origin).append(mask.mask(shown.target())).append('\n');
    line(out, "Host", origin.authority());
    for (Header header : shown.headers()) {
      boolean secret = SecretHeaders.contains(header.name());
      line(out, header.name(), secret ? Mask.SHOWN : mask.mask(header.value()));
    }
    Header authorized = authorization;
    if (authorized != null) {
      String scheme = authorized.value().substring(0, authorized.value().indexOf(' ') + 1);
      line(out, authorized.name(), scheme + Mask.SHOWN);
    }
    if (addsId) {
      line(out, "webhook-id", Sent.ID);
    }
    if (addsTime) {
      line(out, "webhook-timestamp", Sent.TIME);
    }
    if (addsAgent) {
      line(out, "User-Agent", agent);
    }
    if (addsKey) {
      line(out, "Idempotency-Key", Sent.ID);
    }
    if (sized) {
      line(out, "Content-Length", Sent.LENGTH);
    }
    String made = out.toString();
    if (repeats) {
      storedFrom = shown;
      stored = made;
    }
    return made;
  }

  /// What the author wrote into a header for secrets is one: it may come back in an answer.
  private void alsoMask(Rendered.Head head) {
    for (Header header : head.headers()) {
      if (SecretHeaders.contains(header.name())) {
        secrets.add(header.value());
        secrets.add(header.value().substring(header.value().indexOf(' ') + 1));
      }
    }
    mask = Mask.of(secrets);
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(value).append('\n');
  }
}
