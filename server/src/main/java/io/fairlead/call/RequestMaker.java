package io.fairlead.call;

import io.fairlead.authorization.Signer;
import io.fairlead.authorization.ToSign;
import io.fairlead.base.Ids;
import io.fairlead.call.Sent.BodyKind;
import io.fairlead.connector.Connector;
import io.fairlead.http.Header;
import io.fairlead.json.Json;
import io.fairlead.render.Explained;
import io.fairlead.render.Facts;
import io.fairlead.render.Rendered;
import io.fairlead.render.RequestPlan;
import io.fairlead.render.TokenUse;
import io.fairlead.response.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the exact request of an attempt: render, add the credential, sign. Sends nothing, so a dry
/// run goes the same way as a call.
public final class RequestMaker {
  private static final Logger LOG = LoggerFactory.getLogger(RequestMaker.class);
  private static final byte[] NOTHING = new byte[0];

  private final String agent;

  /// @param version what `User-Agent` says after `Fairlead/`
  public RequestMaker(String version) {
    this.agent = "Fairlead/" + version;
  }

  /// A request that was made to be looked at, with where each value came from.
  ///
  /// @param tokens empty when rendering broke
  /// @param adapted what the connector's adaptor made of the data; null when there is none
  public record Dry(Making making, List<TokenUse> tokens, @Nullable Json adapted) {
    public Dry {
      tokens = List.copyOf(tokens);
    }
  }

  /// Makes the request of an attempt that is not sent. Works on any thread.
  ///
  /// @param now when the attempt would begin, epoch milliseconds
  public Dry dry(Connector connector, Occasion occasion, long now) {
    var prepared = new Prepared(connector);
    Making.Failed unusable = prepared.unusable;
    if (unusable != null) {
      return new Dry(unusable, List.of(), null);
    }
    return switch (Input.of(connector.spec().adaptor(), occasion, now)) {
      case Input.Failed failed -> new Dry(failed(prepared, failed), List.of(), null);
      case Input.Ready input -> {
        Explained explained = connector.plan().explain(facts(prepared, occasion, input, now));
        yield new Dry(
            finished(prepared, occasion, input, now, explained.rendered()),
            explained.tokens(),
            input.made());
      }
    };
  }

  /// Makes the request of an attempt.
  Making make(Prepared prepared, Occasion occasion, long now) {
    Input.Ready input;
    Rendered rendered;
    try {
      switch (Input.of(prepared.connector.spec().adaptor(), occasion, now)) {
        case Input.Failed failed -> {
          return failed(prepared, failed);
        }
        case Input.Ready ready -> input = ready;
      }
      rendered = prepared.connector.plan().render(facts(prepared, occasion, input, now));
    } catch (RuntimeException e) {
      LOG.error("Rendering for connector {} failed.", prepared.connector.id(), e);
      return new Making.Failed(ErrorClass.RENDER, "The hub itself failed to render the request.");
    }
    return finished(prepared, occasion, input, now, rendered);
  }

  private static Making failed(Prepared prepared, Input.Failed failed) {
    return new Making.Failed(ErrorClass.RENDER, prepared.mask().mask(failed.sentence()));
  }

  private static Facts facts(Prepared prepared, Occasion occasion, Input.Ready input, long now) {
    return new Facts(
        occasion.purpose().eventPrefix(),
        occasion.delivery(),
        occasion.event(),
        occasion.eventType(),
        occasion.occurredAt(),
        occasion.number(),
        now,
        input.data(),
        prepared.secretFields);
  }

  private Making finished(
      Prepared prepared, Occasion occasion, Input.Ready input, long now, Rendered rendered) {
    return switch (rendered) {
      case Rendered.Failed failed ->
          new Making.Failed(ErrorClass.RENDER, prepared.mask().mask(failed.sentence()));
      case Rendered.Request request -> authorized(prepared, occasion, input, now, request);
    };
  }

  private Making authorized(
      Prepared prepared, Occasion occasion, Input.Ready input, long now, Rendered.Request request) {
    String target = prepared.withQuery(request.head().target(), false);
    if (target.length() > RequestPlan.MAX_URL) {
      return new Making.Failed(
          ErrorClass.AUTH,
          "The URL with the authorization's parameters is longer than %,d characters."
              .formatted(RequestPlan.MAX_URL));
    }
    byte[] body =
        switch (request.body()) {
          case Rendered.Body.None none -> null;
          case Rendered.Body.Event event ->
              Envelope.of(
                  occasion.purpose(),
                  occasion.event(),
                  occasion.eventType(),
                  occasion.occurredAt(),
                  input.bytes(occasion.data()));
          case Rendered.Body.Made(byte[] bytes, byte[] shown) -> bytes;
        };
    byte[] added = body;
    Addition addition = prepared.addition;
    if (addition != null) {
      String refused = addition.refusal(body);
      if (refused != null || body == null) {
        return new Making.Failed(ErrorClass.AUTH, String.valueOf(refused));
      }
      added = addition.to(body);
    }
    return new Making.Ready(
        prepared.method,
        prepared.origin(),
        target,
        headers(prepared, occasion, now, request.head(), target, added),
        added,
        sent(prepared, occasion, request, input.made() != null, body, added));
  }

  private List<Header> headers(
      Prepared prepared,
      Occasion occasion,
      long now,
      Rendered.Head head,
      String target,
      byte @Nullable [] body) {
    List<Header> written = head.headers();
    var all = new ArrayList<Header>(written.size() + prepared.authorization.size() + 6);
    all.addAll(written);
    all.addAll(prepared.authorization);
    Signer signer = prepared.signer;
    boolean webhook = prepared.isWebhook(occasion.purpose());
    boolean needsId = (webhook && prepared.addsId) || prepared.addsKey || signer != null;
    String id = needsId ? Ids.text(occasion.purpose().idPrefix(), occasion.delivery()) : "";
    long seconds = Math.floorDiv(now, 1_000L);
    if (webhook && prepared.addsId) {
      all.add(new Header("webhook-id", id));
    }
    if (webhook && prepared.addsTime) {
      all.add(new Header("webhook-timestamp", Long.toString(seconds)));
    }
    if (signer != null) {
      byte[] signed = body == null ? NOTHING : body;
      all.addAll(
          signer.headers(
              new ToSign(id, seconds, prepared.method, prepared.origin(), target, signed), now));
    }
    if (prepared.addsAgent) {
      all.add(new Header("User-Agent", agent));
    }
    if (prepared.addsKey) {
      all.add(new Header("Idempotency-Key", id));
    }
    return all;
  }

  /// @param adapted whether an envelope carries what an adaptor made
  /// @param body as it was rendered
  /// @param added with the credential's parameters
  private Sent sent(
      Prepared prepared,
      Occasion occasion,
      Rendered.Request request,
      boolean adapted,
      byte @Nullable [] body,
      byte @Nullable [] added) {
    String head = prepared.stored(occasion.purpose(), request.shown(), added != null, agent);
    boolean repeats = prepared.connector.plan().headRepeats();
    Addition addition = prepared.addition;
    if (body == null || added == null) {
      return new Sent(head, repeats, BodyKind.NONE, 0, null);
    }
    byte[] shown =
        switch (request.body()) {
          case Rendered.Body.None none -> body;
          // Built again from the event when it is shown, unless it is not quite that.
          case Rendered.Body.Event event ->
              adapted || occasion.purpose() == Occasion.Purpose.RUN
                  ? prepared.mask().mask(body, false)
                  : addition == null ? null : body;
          case Rendered.Body.Made made -> prepared.mask().mask(made.shown(), false);
        };
    if (shown == null) {
      return new Sent(head, repeats, BodyKind.EVENT, added.length, null);
    }
    return new Sent(
        head,
        repeats,
        BodyKind.KEPT,
        added.length,
        addition == null ? shown : addition.toShown(shown));
  }
}
