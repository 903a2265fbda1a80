package io.fairlead.api;

import io.fairlead.http.Edge;
import io.fairlead.http.Head;
import io.fairlead.http.Header;
import io.fairlead.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The console: files that were built into the jar. A file has its name's hash in it and is kept by
/// browsers for ever; every other address that a browser asks for is the page that begins
/// everything, and finds its way there by itself.
///
/// Whatever is answered may load from here alone, run no script but the built ones, and stand in no
/// frame.
public final class Site {
  private static final String FOLDER = "site/";
  private static final String PAGE = "index.html";
  private static final String HASHED = "assets/";

  /// What belongs to the API, where a page would only hide that a path is wrong.
  private static final List<String> NOT_PAGES =
      List.of("/v1", "/compat", "/links", "/hooks", "/healthz", "/readyz", "/metrics", "/openapi");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  /// Styles may be inline, which the components' library needs; scripts may not. A document that a
  /// command answered is shown in a frame of its own, out of memory.
  private static final List<Header> GUARDS =
      List.of(
          new Header(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:"
                  + " data:; font-src 'self'; connect-src 'self'; frame-src blob:; base-uri 'none';"
                  + " form-action 'self'; frame-ancestors 'none'"),
          new Header("X-Content-Type-Options", "nosniff"),
          new Header("Referrer-Policy", "no-referrer"),
          new Header("Cross-Origin-Opener-Policy", "same-origin"),
          new Header("Permissions-Policy", "camera=(), microphone=(), geolocation=()"));

  private final Set<String> files;

  private Site(Set<String> files) {
    this.files = Set.copyOf(files);
  }

  /// The console as it is in the jar; one without files where it was left out of the build.
  public static Site inJar() {
    try (InputStream in = Site.class.getResourceAsStream(FOLDER + "files.txt")) {
      return new Site(in == null ? Set.of() : names(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> names(InputStream list) throws IOException {
    return new String(list.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Takes a request if it is for the console; null when it is not.
  Edge.@Nullable Take take(Head head) {
    if (!head.method().equals("GET")) {
      return null;
    }
    String path = head.path().substring(Math.min(1, head.path().length()));
    if (files.contains(path) && !path.equals(PAGE)) {
      return answer(head, path);
    }
    return files.contains(PAGE) && isPage(head) ? answer(head, PAGE) : null;
  }

  /// A browser that goes somewhere asks for HTML; a program does not.
  private static boolean isPage(Head head) {
    String accept = head.header("Accept");
    String path = head.path();
    return accept != null
        && accept.contains("text/html")
        && !path.startsWith("/" + HASHED)
        && NOT_PAGES.stream().noneMatch(p -> isAtOrBelow(path, p));
  }

  private static boolean isAtOrBelow(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || "/.".indexOf(path.charAt(top.length())) >= 0);
  }

  private static Edge.Take answer(Head head, String name) {
    String accepted = head.header("Accept-Encoding");
    return new Edge.OnThread(0, request -> file(name, accepted));
  }

  private static Response file(String name, @Nullable String acceptEncoding) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", type(name)));
    headers.add(
        new Header(
            "Cache-Control",
            name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache"));
    headers.add(new Header("Vary", "Accept-Encoding"));
    headers.addAll(GUARDS);
    for (var coding : Coding.values()) {
      byte[] bytes = coding.isIn(acceptEncoding) ? bytes(name + coding.suffix) : null;
      if (bytes != null) {
        headers.add(new Header("Content-Encoding", coding.token));
        return new Response(200, headers, bytes);
      }
    }
    byte[] plain = bytes(name);
    if (plain == null) {
      throw new IllegalStateException(name + " is listed and not in the jar");
    }
    return new Response(200, headers, plain);
  }

  private static byte @Nullable [] bytes(String name) {
    try (InputStream in = Site.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  /// How a file was compressed when it was built, the smaller one first.
  private enum Coding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String suffix;

    Coding(String token, String suffix) {
      this.token = token;
      this.suffix = suffix;
    }

    /// Whether an `Accept-Encoding` names it, and not only to refuse it.
    boolean isIn(@Nullable String accepted) {
      if (accepted == null) {
        return false;
      }
      for (String one : accepted.split(",")) {
        String[] parts = one.split(";");
        if (parts[0].strip().equalsIgnoreCase(token)) {
          return parts.length == 1 || !parts[1].strip().matches("[qQ]\\s*=\\s*0(\\.0{0,3})?");
        }
      }
      return false;
    }
  }
}
