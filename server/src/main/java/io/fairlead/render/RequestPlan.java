package io.fairlead.render;

import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.http.Header;
import io.fairlead.http.HeaderRules;
import io.fairlead.json.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request compiled once for each revision of a connector. Immutable; used by every loop. What no
/// delivery changes is made here, so that rendering it again costs nothing.
public final class RequestPlan {
  /// The longest URL, in characters.
  public static final int MAX_URL = 16 << 10;

  /// The longest value of one header, in characters.
  public static final int MAX_HEADER = 16 << 10;

  /// The largest body that is made from a template, in bytes.
  public static final int MAX_BODY = 1 << 20;

  private static final String CONTENT_TYPE = "Content-Type";

  private static final Set<String> COMPUTED =
      Set.of("host", "content-length", "transfer-encoding", "expect");
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade");

  /// Headers that mean nothing, or something else, when they stand twice.
  private static final Set<String> ONCE =
      Set.of("authorization", "content-type", "idempotency-key", "user-agent");

  /// Whether a header, in lower case, is the hub's to make and nobody's to set.
  static boolean isHubs(String name) {
    return COMPUTED.contains(name) || OF_THE_CONNECTION.contains(name);
  }

  /// What compiling came to.
  public sealed interface Compiled {
    /// It can be rendered.
    record Ready(RequestPlan plan) implements Compiled {}

    /// It cannot; every fault with a JSON pointer into the connector's document.
    record Faulty(List<Fault> faults) implements Compiled {}
  }

  /// A header's name and what its value is made of.
  private record HeaderPlan(String name, String place, List<Piece> value) {}

  private final Method method;
  private final Origin origin;
  private final Scope scope;
  private final List<Piece> target;
  private final List<HeaderPlan> headers;
  private final BodyPlan body;
  private final List<String> notes;

  /// Whether `Content-Type` comes with each body.
  private final boolean makesContentType;

  private final Set<String> names;
  private final Rendered.@Nullable Head fixedHead;
  private final Rendered.@Nullable Request fixedRequest;

  private RequestPlan(
      Method method,
      Origin origin,
      Scope scope,
      List<Piece> target,
      List<HeaderPlan> headers,
      BodyCompiler.Compiled body) {
    this.method = method;
    this.origin = origin;
    this.scope = scope;
    this.target = target;
    this.headers = headers;
    this.body = body.plan();
    this.notes = body.notes();
    this.names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(header -> names.add(header.name));
    this.makesContentType = makesContentType(body.plan());
    if (makesContentType) {
      names.add(CONTENT_TYPE);
    }
    this.fixedHead = fixedHead();
    this.fixedRequest =
        fixedHead != null && body.plan() instanceof BodyPlan.Fixed(Rendered.Body sent)
            ? new Rendered.Request(fixedHead, fixedHead, sent)
            : null;
  }

  /// Compiles what an author wrote.
  ///
  /// @param scope what is known of its tokens
  public static Compiled compile(RequestText text, Scope scope) {
    return new Compiler(text, scope).compile();
  }

  /// The method.
  public Method method() {
    return method;
  }

  /// Where the request goes, the same for every delivery.
  public Origin origin() {
    return origin;
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

  /// Renders one attempt's request. Total: whatever the data, it ends in a request or in a
  /// sentence.
  public Rendered render(Facts facts) {
    if (fixedRequest != null) {
      return fixedRequest;
    }
    return render(new Values(facts, scope, null));
  }

  /// Renders the same and tells where the value of each token came from.
  public Explained explain(Facts facts) {
    var trace = new Trace();
    Rendered rendered =
        fixedRequest != null ? fixedRequest : render(new Values(facts, scope, trace));
    return new Explained(rendered, trace.uses());
  }

  private Rendered render(Values values) {
    Rendered.Head head = fixedHead;
    if (head == null) {
      switch (head(values)) {
        case Made.Done<Rendered.Head>(var made) -> head = made;
        case Made.Not<Rendered.Head>(var failed) -> {
          return failed;
        }
      }
    }
    return switch (body.make(values)) {
      case Made.Done<BodyPlan.Sending>(BodyPlan.Sending(var sent, String contentType)) -> {
        Rendered.Head whole = contentType == null ? head : head.with(CONTENT_TYPE, contentType);
        yield new Rendered.Request(whole, whole, sent);
      }
      case Made.Not<BodyPlan.Sending>(var failed) -> failed;
    };
  }

  private Made<Rendered.Head> head(Values values) {
    String path = Piece.fixed(target);
    if (path == null) {
      var out = new StringBuilder(256);
      int most = MAX_URL - origin.toString().length();
      Piece.Stop stop = Piece.append(target, out, values, most);
      if (stop != null) {
        return new Made.Not<>(stop.failed());
      }
      if (out.length() > most) {
        return new Made.Not<>(tooLong("the URL", MAX_URL));
      }
      path = out.toString();
    }
    var lines = new ArrayList<Header>(headers.size());
    for (HeaderPlan header : headers) {
      String value = Piece.fixed(header.value);
      if (value == null) {
        var out = new StringBuilder(64);
        Piece.Stop stop = Piece.append(header.value, out, values, MAX_HEADER);
        if (stop != null) {
          return new Made.Not<>(stop.failed());
        }
        if (out.length() > MAX_HEADER) {
          return new Made.Not<>(tooLong(header.place, MAX_HEADER));
        }
        if (hasBlankEnds(out)) {
          return new Made.Not<>(
              new Rendered.Failed(
                  "",
                  header.place,
                  "The value of %s begins or ends with a blank, which would be lost on the way."
                      .formatted(header.place)));
        }
        value = out.toString();
      }
      lines.add(new Header(header.name, value));
    }
    return new Made.Done<>(new Rendered.Head(path, lines));
  }

  private static Rendered.Failed tooLong(String place, int most) {
    return new Rendered.Failed(
        "",
        place,
        "%s is longer than %,d characters."
            .formatted(place.substring(0, 1).toUpperCase(Locale.ROOT) + place.substring(1), most));
  }

  private static boolean hasBlankEnds(CharSequence value) {
    return !value.isEmpty()
        && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private Rendered.@Nullable Head fixedHead() {
    String path = Piece.fixed(target);
    if (path == null) {
      return null;
    }
    var lines = new ArrayList<Header>(headers.size());
    for (HeaderPlan header : headers) {
      String value = Piece.fixed(header.value);
      if (value == null) {
        return null;
      }
      lines.add(new Header(header.name, value));
    }
    return new Rendered.Head(path, lines);
  }

  /// Compiles one request text and collects what is wrong with it.
  private static final class Compiler {
    private final RequestText text;
    private final Scope scope;
    private final Values fixed;
    private final Faults faults = new Faults();

    Compiler(RequestText text, Scope scope) {
      this.text = text;
      this.scope = scope;
      this.fixed = Values.fixed(scope);
    }

    Compiled compile() {
      var flaws = new ArrayList<Flaw>();
      UrlTemplate.Url url = UrlTemplate.read(text.url(), flaws, fixed);
      Flaw.note(flaws, text.url(), "/url", faults);
      Piece.Row target = url == null ? new Piece.Row(fixed) : url.target();
      query(target, url == null ? "?" : url.joint());
      BodyCompiler.Compiled body = BodyCompiler.compile(text, faults, fixed);
      List<HeaderPlan> headers = headers(body.contentType());
      if (url == null || !faults.isEmpty()) {
        return new Compiled.Faulty(faults.list());
      }
      List<Piece> path = target.pieces();
      if (url.origin().toString().length() + Piece.literalBytes(path) > MAX_URL) {
        faults.at(
            "/url", "The URL with its query is longer than %,d characters.".formatted(MAX_URL));
        return new Compiled.Faulty(faults.list());
      }
      return new Compiled.Ready(
          new RequestPlan(text.method(), url.origin(), scope, path, headers, body));
    }

    private void query(Piece.Row target, String first) {
      String joint = first;
      for (int i = 0; i < text.query().size(); i++) {
        Row row = text.query().get(i);
        String pointer = "/query/" + i;
        String place = "query parameter " + Quote.of(row.name());
        target.add(joint);
        joint = "&";
        if (row.name().contains("{{")) {
          faults.at(pointer + "/name", "Tokens may not stand in names.");
        } else {
          target.add(encoded(row.name(), pointer + "/name"));
        }
        target.add("=");
        var flaws = new ArrayList<Flaw>();
        for (Part part : TemplateParser.parse(row.value(), flaws)) {
          switch (part) {
            case Part.Text(int at, String literal) ->
                target.add(encoded(literal, pointer + "/value"));
            case Part.Token token ->
                add(target, token, pointer + "/value", place, Escape.QUERY, flaws);
          }
        }
        Flaw.note(flaws, row.value(), pointer + "/value", faults);
      }
    }

    private String encoded(String literal, String pointer) {
      var out = new StringBuilder();
      String refused = Escape.percent(out, literal);
      if (refused != null) {
        faults.at(pointer, "The text cannot be sent: %s.".formatted(refused));
      }
      return out.toString();
    }

    private static void add(
        Piece.Row row,
        Part.Token token,
        String pointer,
        String place,
        Escape escape,
        List<Flaw> flaws) {
      String refused =
          row.add(new Piece.Hole(token.expression(), token.source(), pointer, place, escape));
      if (refused != null) {
        flaws.add(new Flaw(token.at(), refused));
      }
    }

    private List<HeaderPlan> headers(@Nullable String contentType) {
      var plans = new ArrayList<HeaderPlan>();
      Set<String> seen = new TreeSet<>();
      for (int i = 0; i < text.headers().size(); i++) {
        Row row = text.headers().get(i);
        String pointer = "/headers/" + i;
        String name = row.name().toLowerCase(Locale.ROOT);
        String refused = refusedName(row.name(), name);
        if (refused == null && !seen.add(name) && ONCE.contains(name)) {
          refused = "The header %s may stand once only.".formatted(row.name());
        }
        if (refused != null) {
          faults.at(pointer + "/name", refused);
        }
        plans.add(header(row, pointer + "/value"));
      }
      if (contentType != null) {
        plans.add(
            new HeaderPlan(
                CONTENT_TYPE, "header Content-Type", List.of(new Piece.Literal(contentType))));
      }
      return List.copyOf(plans);
    }

    private static @Nullable String refusedName(String name, String lower) {
      if (COMPUTED.contains(lower)) {
        return "The header %s is computed from the request and cannot be set.".formatted(name);
      }
      if (OF_THE_CONNECTION.contains(lower)) {
        return "The header %s belongs to the connection and cannot be set.".formatted(name);
      }
      if (name.contains("{{")) {
        return "Tokens may not stand in names.";
      }
      return HeaderRules.isToken(name)
          ? null
          : "Expected a header name of letters, digits and !#$%&'*+-.^_`|~ only.";
    }

    private HeaderPlan header(Row row, String pointer) {
      String place = "header " + Quote.of(row.name());
      var value = new Piece.Row(fixed);
      var flaws = new ArrayList<Flaw>();
      for (Part part : TemplateParser.parse(row.value(), flaws)) {
        switch (part) {
          case Part.Text(int at, String literal) -> {
            String refused = Escape.refusedInHeader(literal);
            if (refused != null) {
              flaws.add(new Flaw(at, "The text cannot be sent: %s.".formatted(refused)));
            }
            value.add(literal);
          }
          case Part.Token token -> add(value, token, pointer, place, Escape.HEADER, flaws);
        }
      }
      Flaw.note(flaws, row.value(), pointer, faults);
      List<Piece> pieces = value.pieces();
      String known = Piece.fixed(pieces);
      if (hasBlankEnds(known == null || !flaws.isEmpty() ? row.value() : known)) {
        faults.at(
            pointer, "Expected no blank at the beginning or end: it would be lost on the way.");
      }
      return new HeaderPlan(row.name(), place, pieces);
    }
  }
}
