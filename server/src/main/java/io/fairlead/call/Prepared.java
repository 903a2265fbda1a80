package io.fairlead.call;

import io.fairlead.authorization.BodyShape;
import io.fairlead.authorization.Credential;
import io.fairlead.authorization.Place;
import io.fairlead.authorization.Signer;
import io.fairlead.authorization.Signing;
import io.fairlead.connector.Connector;
import io.fairlead.http.Header;
import io.fairlead.http.Names;
import io.fairlead.render.Origin;
import io.fairlead.render.Rendered;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.RequestText;
import io.fairlead.response.ErrorClass;
import io.fairlead.response.Judge;
import io.fairlead.secrets.Mask;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the calls of one revision of a connector have in common, made by the first of them.
final class Prepared {
  final Connector connector;
  final String method;
  final boolean addsId;
  final boolean addsTime;
  final boolean addsAgent;
  final boolean addsKey;

  /// Says what replies come to.
  final Judge judge;

  /// The headers that the credential is sent in.
  final List<Header> authorization;

  /// What the credential adds to bodies, null for nothing.
  final @Nullable Addition addition;

  /// What signs, null for nothing. Belongs to this thread.
  final @Nullable Signer signer;

  /// What `$secret.NAME` gives.
  final Map<String, String> secretFields;

  /// What the credential adds to the query, encoded and with `&` between: as it is sent, and as it
  /// is shown.
  private final String query;

  private final String shownQuery;

  private final List<String> secrets = new ArrayList<>();
  private Mask mask;

  /// The address that the host is written as, null when it is a name.
  final Names.@Nullable Found literal;

  /// Why the host cannot be called at all, null when it can.
  final Making.@Nullable Failed unusable;

  /// The last resolution that was checked and what was said of it: mostly the next one's too.
  private Names.@Nullable Found checked;

  private Gate.@Nullable Verdict verdict;

  private Rendered.@Nullable Head storedFrom;
  private @Nullable String stored;
  private @Nullable String storedForRuns;

  Prepared(Connector connector) {
    this.connector = connector;
    RequestPlan plan = connector.plan();
    this.judge = new Judge(connector.spec().response(), connector.spec().rules());
    this.method = plan.method().name();
    Credential credential = connector.auth().credential();
    Signing signing = connector.auth().signing();
    this.authorization =
        headers(credential).stream().filter(header -> !plan.hasHeader(header.name())).toList();
    this.secretFields = Map.copyOf(credential.fields());
    List<Credential.Parameter> parameters = parameters(credential);
    this.query = query(parameters, false);
    this.shownQuery = query(parameters, true);
    this.addition = addition(parameters, connector.spec().request());
    this.signer = Signer.of(signing);
    this.addsId = adds("webhook-id");
    this.addsTime = adds("webhook-timestamp");
    this.addsAgent = adds("User-Agent");
    this.addsKey = adds("Idempotency-Key");
    Signing.Keys keys = signing.signingKeys();
    if (keys != null) {
      secrets.addAll(keys.at(0));
    }
    this.mask = Mask.of(secrets);
    InetAddress address = null;
    String wrong = null;
    try {
      address = Gate.literal(plan.origin().host());
    } catch (IllegalArgumentException e) {
      wrong = "The host " + plan.origin().host() + " is neither a name nor an address.";
    }
    String refused = connector.auth().refusal(plan.origin());
    if (refused != null) {
      wrong = refused;
    }
    this.literal = address == null ? null : new Names.Found(List.of(address));
    String unreachable = plan.unreachable();
    this.unusable =
        unreachable != null
            ? new Making.Failed(ErrorClass.RENDER, unreachable)
            : wrong == null ? null : new Making.Failed(ErrorClass.BLOCKED, wrong);
  }

  Origin origin() {
    return connector.plan().origin();
  }

  /// Whether the hub sends a header of its own: the author's row and the authorization's win.
  private boolean adds(String name) {
    return !connector.plan().hasHeader(name)
        && Header.first(authorization, name) == null
        && !(connector.auth().signing() instanceof Signing.Hmac hmac
            && (name.equalsIgnoreCase(hmac.header())
                || name.equalsIgnoreCase(hmac.timestampHeader())));
  }

  private List<Header> headers(Credential credential) {
    return switch (credential) {
      case Credential.None none -> List.of();
      case Credential.Basic(String username, String password) -> {
        String pair = username + ":" + password;
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        secrets.add(password);
        secrets.add(encoded);
        yield List.of(new Header("Authorization", "Basic " + encoded));
      }
      case Credential.Bearer(String token) -> {
        secrets.add(token);
        yield List.of(new Header("Authorization", "Bearer " + token));
      }
      case Credential.ApiKey(Place in, String name, String prefix, String key) -> {
        secrets.add(key);
        yield switch (in) {
          case HEADER -> List.of(new Header(name, prefix + key));
          case COOKIE -> List.of(new Header("Cookie", name + "=" + key));
          case QUERY, BODY, TOKEN -> List.of();
        };
      }
      case Credential.Custom(List<Credential.Parameter> parameters) -> {
        parameters.forEach(one -> secrets.add(one.value()));
        yield parameters.stream()
            .filter(one -> one.in() == Place.HEADER)
            .map(one -> new Header(one.name(), one.value()))
            .toList();
      }
    };
  }

  private static List<Credential.Parameter> parameters(Credential credential) {
    return switch (credential) {
      case Credential.None none -> List.of();
      case Credential.Basic basic -> List.of();
      case Credential.Bearer bearer -> List.of();
      case Credential.ApiKey(Place in, String name, var prefix, String key) ->
          List.of(new Credential.Parameter(in, name, key));
      case Credential.Custom(List<Credential.Parameter> all) -> all;
    };
  }

  private static String query(List<Credential.Parameter> parameters, boolean masked) {
    var out = new StringBuilder();
    for (Credential.Parameter one : parameters) {
      if (one.in() == Place.QUERY) {
        out.append(out.isEmpty() ? "" : "&").append(percent(one.name())).append('=');
        out.append(masked ? Mask.SHOWN : percent(one.value()));
      }
    }
    return out.toString();
  }

  /// All but unreserved characters (RFC 3986) as `%` and hexadecimal digits.
  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static @Nullable Addition addition(
      List<Credential.Parameter> parameters, RequestText request) {
    List<Map.Entry<String, String>> inBody =
        parameters.stream()
            .filter(one -> one.in() == Place.BODY)
            .map(one -> Map.entry(one.name(), one.value()))
            .toList();
    return inBody.isEmpty() ? null : new Addition(BodyShape.of(request), inBody);
  }

  /// Path and query with what the credential adds.
  String withQuery(String target, boolean masked) {
    if (query.isEmpty()) {
      return target;
    }
    char last = target.charAt(target.length() - 1);
    String joint = target.indexOf('?') < 0 ? "?" : last == '?' || last == '&' ? "" : "&";
    return target + joint + (masked ? shownQuery : query);
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

  /// Whether a call carries the headers of a webhook: a delivery does, and what is signed as one.
  boolean isWebhook(Occasion.Purpose purpose) {
    return purpose == Occasion.Purpose.DELIVERY
        || connector.auth().signing() instanceof Signing.StandardWebhooks;
  }

  /// The head as it is stored; made once when it repeats.
  ///
  /// @param shown the author's part of it
  /// @param sized whether there is a body
  @SuppressWarnings("ReferenceEquality") // the same object when it repeats
  String stored(Occasion.Purpose purpose, Rendered.Head shown, boolean sized, String agent) {
    boolean run = purpose == Occasion.Purpose.RUN;
    if (shown != storedFrom) {
      stored = null;
      storedForRuns = null;
    }
    String before = run ? storedForRuns : stored;
    if (before != null) {
      return before;
    }
    boolean repeats = connector.plan().headRepeats();
    if (repeats && shown != storedFrom) {
      alsoMask(shown);
    }
    var out = new StringBuilder(256);
    Origin origin = origin();
    out.append(method).append(' ').append(origin);
    out.append(withQuery(mask.mask(shown.target()), true)).append('\n');
    line(out, "Host", origin.authority());
    for (Header header : shown.headers()) {
      boolean secret = SecretHeaders.contains(header.name());
      line(out, header.name(), secret ? Mask.SHOWN : mask.mask(header.value()));
    }
    for (Header header : authorization) {
      line(out, header.name(), shown());
    }
    boolean webhook = isWebhook(purpose);
    if (webhook && addsId) {
      line(out, "webhook-id", Sent.ID);
    }
    if (webhook && addsTime) {
      line(out, "webhook-timestamp", Sent.TIME);
    }
    if (connector.auth().signing() instanceof Signing.StandardWebhooks) {
      line(out, "webhook-signature", Mask.SHOWN);
    }
    if (connector.auth().signing() instanceof Signing.Hmac hmac) {
      String timestamp = hmac.timestampHeader();
      if (timestamp != null) {
        line(out, timestamp, Sent.TIME);
      }
      line(out, hmac.header(), Mask.SHOWN);
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
      if (run) {
        storedForRuns = made;
      } else {
        stored = made;
      }
    }
    return made;
  }

  /// The scheme, the prefix or the cookie's name may be seen, the secret may not.
  private String shown() {
    return switch (connector.auth().credential()) {
      case Credential.None none -> Mask.SHOWN;
      case Credential.Basic basic -> "Basic " + Mask.SHOWN;
      case Credential.Bearer bearer -> "Bearer " + Mask.SHOWN;
      case Credential.ApiKey(Place in, String name, String prefix, var key) ->
          (in == Place.COOKIE ? name + "=" : prefix) + Mask.SHOWN;
      case Credential.Custom custom -> Mask.SHOWN;
    };
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
