package io.fairlead.render;

import io.fairlead.base.Quote;
import io.fairlead.http.HeaderRules;
import io.fairlead.json.Faults;
import io.fairlead.render.HeadPlan.HeaderPlan;
import io.fairlead.render.RequestPlan.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compiles one request text and collects what is wrong with it.
final class RequestCompiler {
  private final RequestText text;
  private final Scope scope;
  private final boolean mayBeUnreachable;
  private final Faults faults = new Faults();

  RequestCompiler(RequestText text, Scope scope, boolean mayBeUnreachable) {
    this.text = text;
    this.scope = scope;
    this.mayBeUnreachable = mayBeUnreachable;
  }

  /// Whether a header, in lower case, is the hub's to make and nobody's to set.
  static boolean isHubs(String name) {
    return HeaderRules.isComputed(name) || HeaderRules.isOfConnection(name);
  }

  Compiled compile() {
    var template = TemplateText.of(text.url(), "/url", "the URL", scope);
    UrlTemplate.Url url = UrlTemplate.read(template, mayBeUnreachable);
    template.note(faults);
    Piece.Row target = url == null ? new Piece.Row(scope) : url.target();
    query(target, url == null ? "?" : url.joint());
    BodyCompiler.Compiled body = BodyCompiler.compile(text, faults, scope);
    List<HeaderPlan> headers = headers(body.contentType());
    if (url == null || !faults.isEmpty()) {
      return new Compiled.Faulty(faults.list());
    }
    List<Piece> path = target.pieces();
    int most = RequestPlan.MAX_URL - url.origin().toString().length();
    if (Piece.literalBytes(path) > most) {
      faults.at(
          "/url",
          "The URL with its query is longer than %,d characters.".formatted(RequestPlan.MAX_URL));
      return new Compiled.Faulty(faults.list());
    }
    var head = new HeadPlan(path, most, headers);
    return new Compiled.Ready(
        new RequestPlan(text.method(), url.origin(), url.unreachable(), scope, head, body));
  }

  private void query(Piece.Row target, String first) {
    var pairs = new ArrayList<Piece.Item>();
    for (int i = 0; i < text.query().size(); i++) {
      pairs.add(pair(text.query().get(i), "/query/" + i));
    }
    target.joined(first, "&", pairs);
  }

  private Piece.Item pair(Row row, String pointer) {
    String name = "";
    if (row.name().contains("{{")) {
      faults.at(pointer + "/name", "Tokens may not stand in names.");
    } else {
      name = encoded(row.name(), pointer + "/name");
    }
    String place = "query parameter " + Quote.of(row.name());
    var template = TemplateText.of(row.value(), pointer + "/value", place, scope);
    var value = new Piece.Row(scope);
    value.addParts(TemplateParser.line(template), template, Escape.QUERY);
    template.note(faults);
    return Piece.Item.row(name + "=", value.pieces(), "", scope);
  }

  private String encoded(String literal, String pointer) {
    var out = new StringBuilder();
    String refused = Escape.percent(out, literal);
    if (refused != null) {
      faults.at(pointer, "The text cannot be sent: %s.".formatted(refused));
    }
    return out.toString();
  }

  private List<HeaderPlan> headers(@Nullable String contentType) {
    var plans = new ArrayList<HeaderPlan>();
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < text.headers().size(); i++) {
      Row row = text.headers().get(i);
      String pointer = "/headers/" + i;
      String name = row.name().toLowerCase(Locale.ROOT);
      String refused = refusedName(row.name(), name);
      if (refused == null && !seen.add(name) && HeaderRules.standsOnce(name)) {
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
              RequestPlan.CONTENT_TYPE,
              "header Content-Type",
              List.of(new Piece.Literal(contentType)),
              null));
    }
    return List.copyOf(plans);
  }

  private static @Nullable String refusedName(String name, String lower) {
    if (HeaderRules.isComputed(lower)) {
      return "The header %s is computed from the request and cannot be set.".formatted(name);
    }
    if (HeaderRules.isOfConnection(lower)) {
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
    var template = TemplateText.of(row.value(), pointer, place, scope);
    var value = new Piece.Row(scope);
    value.addParts(TemplateParser.line(template), template, Escape.HEADER);
    template.note(faults);
    List<Piece> pieces = value.pieces();
    String known = Piece.fixed(pieces);
    if (HeadPlan.hasBlankEnds(known == null || !template.isGood() ? row.value() : known)) {
      faults.at(pointer, "Expected no blank at the beginning or end: it would be lost on the way.");
    }
    return new HeaderPlan(row.name(), place, pieces, Piece.optional(pieces));
  }
}
