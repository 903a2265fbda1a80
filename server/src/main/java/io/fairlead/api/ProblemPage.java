package io.fairlead.api;

import io.fairlead.base.Problem;
import io.fairlead.command.RunProblem;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A problem as a page for people who followed a link: static, without scripts, in the name of
/// nobody.
final class ProblemPage {
  private ProblemPage() {}

  /// A run that brought nothing.
  static Response of(RunProblem problem) {
    return page(problem.problem(), problem.run());
  }

  /// A link that cannot be followed.
  static Response of(Problem problem) {
    return page(problem, null);
  }

  private static Response page(Problem problem, @Nullable String run) {
    String title = escaped(problem.kind().title());
    String reference = run == null ? "" : "\n<p><small>%s</small></p>".formatted(escaped(run));
    String page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>body{font:16px/1.5 sans-serif;max-width:36em;margin:15vh auto;padding:0 1em}small{color:#666}</style>
        </head>
        <body>
        <h1>%s</h1>
        <p>%s</p>%s
        </body>
        </html>
        """
            .formatted(title, title, escaped(problem.detail()), reference);
    Response plain = Answers.problem(problem);
    var headers = new ArrayList<Header>();
    for (Header header : plain.headers()) {
      if (!header.name().equals("Content-Type")) {
        headers.add(header);
      }
    }
    headers.add(new Header("Content-Type", "text/html; charset=utf-8"));
    headers.add(
        new Header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"));
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    headers.add(new Header("Referrer-Policy", "no-referrer"));
    headers.add(new Header("Cache-Control", "private, no-store"));
    if (run != null) {
      headers.add(new Header("Fairlead-Run", run));
    }
    return new Response(plain.status(), headers, page.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
