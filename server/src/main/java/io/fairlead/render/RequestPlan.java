package io.fairlead.render;

import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.http.Header;
import io.fairlead.http.HeaderRules;
import io.fairlead.json.Faults;
import java.nio.charset.StandardCharsets;
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

  private static final Set<String> COMPUTED =
      Set.of("host", "content-length", "transfer-encoding", "expect");
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade");

  /// Headers that mean nothing, or something else, when they stand twice.
  private static final Set<String> ONCE =
      Set.of("authorization", "content-type", "idempotency-key", "user-agent");

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
  private final Set<String> names;
  private final Rendered.@Nullable Head fixedHead;
  private final Rendered.@Nullable Request fixedRequest;

  private RequestPlan(
      Method method,
      Origin origin,
      Scope scope,
      List<Piece> target,
      List<HeaderPlan> headers,
      BodyPlan body) {
    this.method = method;
    this.origin = origin;
    this.scope = scope;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(header -> names.add(header.name));
    this.fixedHead = fixedHead();
    this.fixedRequest =
        fixedHead != null && body instanceof BodyPlan.Fixed(Rendered.Body sent)
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
    return fixedHead != null;
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
      case Made.Done<Rendered.Body>(var sent) -> new Rendered.Request(head, head, sent);
      case Made.Not<Rendered.Body>(var failed) -> failed;
    };
  }

  /// A part of a request, or why there is none.
  private sealed interface Made<T> {
    record Done<T>(T part) implements Made<T> {}

    record Not<T>(Rendered.Failed failed) implements Made<T> {}
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

  /// How the body is made.
  private sealed interface BodyPlan {
    /// The same kind, or the same bytes, for every delivery.
    record Fixed(Rendered.Body body) implements BodyPlan {
      @Override
      public Made<Rendered.Body> make(Values values) {
        return new Made.Done<>(body);
      }
    }

    /// Text with values in it, sent as UTF-8.
    record Text(List<Piece> pieces) implements BodyPlan {
      @Override
      public Made<Rendered.Body> make(Values values) {
        var out = new StringBuilder(1024);
        Piece.Stop stop = Piece.append(pieces, out, values, MAX_BODY);
        if (stop != null) {
          return new Made.Not<>(stop.failed());
        }
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BODY) {
          return new Made.Not<>(
              new Rendered.Failed(
                  "", "the body", "The body is longer than %,d bytes.".formatted(MAX_BODY)));
        }
        return new Made.Done<>(new Rendered.Body.Made(bytes, bytes));
      }
    }

    Made<Rendered.Body> make(Values values);
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
      List<HeaderPlan> headers = headers();
      BodyPlan body = body();
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

    private List<HeaderPlan> headers() {
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
      if (sendsBody() && !seen.contains("content-type")) {
        plans.add(
            new HeaderPlan(
                "Content-Type",
                "header Content-Type",
                List.of(new Piece.Literal("application/json"))));
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

    private boolean sendsBody() {
      return switch (text.body()) {
        case BodyText.ByMethod byMethod -> text.method().sendsEventByDefault();
        case BodyText.None none -> false;
        case BodyText.JsonFields fields -> true;
        case BodyText.JsonTemplate template -> true;
      };
    }

    private BodyPlan body() {
      boolean written =
          text.body() instanceof BodyText.JsonFields
              || text.body() instanceof BodyText.JsonTemplate;
      if (written && !text.method().mayHaveBody()) {
        faults.at("/body", "A %s request has no body; leave it out.".formatted(text.method()));
      }
      return switch (text.body()) {
        case BodyText.ByMethod byMethod ->
            new BodyPlan.Fixed(
                text.method().sendsEventByDefault()
                    ? Rendered.Body.Event.EVENT
                    : Rendered.Body.None.NONE);
        case BodyText.None none -> new BodyPlan.Fixed(Rendered.Body.None.NONE);
        case BodyText.JsonFields(var fields) ->
            made(JsonFields.read(fields, "/body/fields", faults, fixed));
        case BodyText.JsonTemplate(String template) -> {
          var flaws = new ArrayList<Flaw>();
          List<Piece> pieces = JsonTemplate.read(template, flaws, fixed);
          Flaw.note(flaws, template, "/body/template", faults);
          yield made(pieces);
        }
      };
    }

    private BodyPlan made(List<Piece> pieces) {
      if (Piece.literalBytes(pieces) > MAX_BODY) {
        faults.at("/body", "The body is longer than %,d bytes.".formatted(MAX_BODY));
      }
      String text = Piece.fixed(pieces);
      if (text == null) {
        return new BodyPlan.Text(pieces);
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new BodyPlan.Fixed(new Rendered.Body.Made(bytes, bytes));
    }
  }
}
