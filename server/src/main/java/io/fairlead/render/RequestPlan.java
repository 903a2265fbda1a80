package io.fairlead.render;

import io.fairlead.base.Problem.Fault;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request compiled once for each revision of a connector. Immutable; used by every loop. What no
/// delivery changes is made here, so that rendering it again costs nothing.
public final class RequestPlan {
  /// The longest URL, in characters.
  public static final int MAX_URL = 16 << 10;

  /// The longest value of one header, in characters.
  public static final int MAX_HEADER = HeadPlan.MAX_HEADER;

  /// The largest body that is made from a template, in bytes.
  public static final int MAX_BODY = 1 << 20;

  static final String CONTENT_TYPE = "Content-Type";

  /// What compiling came to.
  public sealed interface Compiled {
    /// It can be rendered.
    record Ready(RequestPlan plan) implements Compiled {}

    /// It cannot; every fault with a JSON pointer into the connector's document.
    record Faulty(List<Fault> faults) implements Compiled {}
  }

  private final Method method;
  private final Origin origin;
  private final @Nullable String unreachable;
  private final Scope scope;
  private final HeadPlan head;
  private final BodyPlan body;
  private final List<String> notes;

  /// Whether `Content-Type` comes with each body.
  private final boolean makesContentType;

  private final Set<String> names;
  private final boolean headHasSecret;
  private final boolean bodyHasSecret;
  private final Rendered.@Nullable Head fixedHead;
  private final Rendered.@Nullable Request fixedRequest;

  RequestPlan(
      Method method,
      Origin origin,
      @Nullable String unreachable,
      Scope scope,
      HeadPlan head,
      BodyCompiler.Compiled body) {
    this.method = method;
    this.origin = origin;
    this.unreachable = unreachable;
    this.scope = scope;
    this.head = head;
    this.body = body.plan();
    this.notes = notes(unreachable, body.notes());
    this.names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    head.headers().forEach(header -> names.add(header.name()));
    this.makesContentType = makesContentType(body.plan());
    if (makesContentType) {
      names.add(CONTENT_TYPE);
    }
    this.headHasSecret = head.hasSecret();
    this.bodyHasSecret = body.plan().hasSecret();
    this.fixedHead = head.fixed();
    this.fixedRequest =
        fixedHead != null && body.plan() instanceof BodyPlan.Fixed(Rendered.Body sent)
            ? new Rendered.Request(fixedHead, fixedHead, sent)
            : null;
  }

  /// Compiles what an author wrote.
  ///
  /// @param scope what is known of its tokens
  public static Compiled compile(RequestText text, Scope scope) {
    return new RequestCompiler(text, scope, false).compile();
  }

  /// Compiles what was stored, or is to be although nothing can be sent there: a host that begins
  /// with a dot. Such a plan is never rendered; {@link #unreachable} says why.
  public static Compiled compileEvenUnreachable(RequestText text, Scope scope) {
    return new RequestCompiler(text, scope, true).compile();
  }

  private static List<String> notes(@Nullable String unreachable, List<String> ofBody) {
    return unreachable == null
        ? ofBody
        : Stream.concat(Stream.of(unreachable), ofBody.stream()).toList();
  }

  /// The method.
  public Method method() {
    return method;
  }

  /// Where the request goes, the same for every delivery.
  public Origin origin() {
    return origin;
  }

  /// Why nothing can be sent there, in a sentence that names the host; null when it can.
  public @Nullable String unreachable() {
    return unreachable;
  }

  /// Whether target and headers are the same for every delivery: {@link #render} then gives the
  /// same `Head` object each time.
  public boolean headRepeats() {
    return fixedHead != null && !makesContentType;
  }

  /// What is accepted and looks wrong, in sentences for the author.
  public List<String> notes() {
    return notes;
  }

  private static boolean makesContentType(BodyPlan body) {
    return switch (body) {
      case BodyPlan.Fixed fixed -> false;
      case BodyPlan.Text text -> false;
      case BodyPlan.Multipart parts -> true;
      case BodyPlan.OfData(var kind, var names) -> kind == BodyText.Data.Kind.MULTIPART;
    };
  }

  /// Whether a header of that name is among those of the plan, in any case: the author's row wins
  /// over the hub's own.
  public boolean hasHeader(String name) {
    return names.contains(name);
  }

  /// Whether a token names a field of the authorization.
  public boolean usesSecret() {
    return headHasSecret || bodyHasSecret;
  }

  /// Renders one attempt's request. Total: whatever the data, it ends in a request or in a
  /// sentence.
  public Rendered render(Facts facts) {
    if (unreachable != null) {
      return new Rendered.Failed("", "the URL", unreachable);
    }
    if (fixedRequest != null) {
      return fixedRequest;
    }
    var values = new Values(facts, scope, null);
    Made<Rendered.Head> line =
        fixedHead != null ? new Made.Done<>(fixedHead) : head.make(values, false);
    return switch (line) {
      case Made.Not<Rendered.Head>(var failed) -> failed;
      case Made.Done<Rendered.Head>(var sent) ->
          switch (body.make(values, false)) {
            case Made.Not<BodyPlan.Sending>(var failed) -> failed;
            case Made.Done<BodyPlan.Sending>(var content) -> request(sent, content, facts);
          };
    };
  }

  /// What is stored and shown is written once more when there are secrets in it: with `***` in
  /// their places, wherever they came to stand and whatever filters made of them.
  private Rendered request(Rendered.Head sent, BodyPlan.Sending content, Facts facts) {
    Rendered.Head shown = sent;
    if (headHasSecret) {
      switch (head.make(new Values(facts, scope, null), true)) {
        case Made.Done<Rendered.Head>(var masked) -> shown = masked;
        case Made.Not<Rendered.Head>(var failed) -> {
          return failed;
        }
      }
    }
    Rendered.Body whole = content.body();
    if (bodyHasSecret) {
      switch (body.make(new Values(facts, scope, null), true)) {
        case Made.Done<BodyPlan.Sending>(var masked) -> whole = whole.shownAs(masked.body());
        case Made.Not<BodyPlan.Sending>(var failed) -> {
          return failed;
        }
      }
    }
    String type = content.contentType();
    if (type == null) {
      return new Rendered.Request(sent, shown, whole);
    }
    Rendered.Head typed = sent.with(CONTENT_TYPE, type);
    return new Rendered.Request(
        typed, headHasSecret ? shown.with(CONTENT_TYPE, type) : typed, whole);
  }

  /// Renders the same and tells where the value of each token came from, also of those after the
  /// first that fails.
  public Explained explain(Facts facts) {
    var trace = new Trace();
    if (fixedHead == null) {
      var _ = head.make(new Values(facts, scope, trace), false);
    }
    var _ = body.make(new Values(facts, scope, trace), false);
    return new Explained(render(facts), trace.uses());
  }
}
