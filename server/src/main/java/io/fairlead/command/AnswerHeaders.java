package io.fairlead.command;

import io.fairlead.http.Header;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The headers under which a stranger's content leaves the hub. None of the stranger's own goes
/// through: what it may say of its content is its type, its charset and its name, each looked at.
final class AnswerHeaders {
  /// Says which run an answer is of, on every answer of a run.
  static final String RUN = "Fairlead-Run";

  /// What browsers show and cannot run; all else is only saved.
  private static final Set<String> INERT =
      Set.of(
          "application/pdf",
          "application/json",
          "image/avif",
          "image/bmp",
          "image/gif",
          "image/heic",
          "image/jpeg",
          "image/png",
          "image/tiff",
          "image/webp",
          "text/csv",
          "text/plain");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,40})", Pattern.CASE_INSENSITIVE);

  private AnswerHeaders() {}

  /// The headers of a document.
  ///
  /// @param type its real media type
  /// @param header the third party's `Content-Type`, or null
  /// @param run the run's public id
  static List<Header> document(String type, @Nullable String header, FileName name, String run) {
    String kind = INERT.contains(type) ? "inline" : "attachment";
    return all(type + charset(type, header), name.disposition(kind), run);
  }

  /// The headers of an answer in JSON, which is UTF-8.
  static List<Header> json(FileName name, String run) {
    return all("application/json", name.disposition("inline"), run);
  }

  /// The headers of an answer without a body.
  static List<Header> nothing(String run) {
    var headers = new ArrayList<Header>();
    addGuards(headers, run);
    return headers;
  }

  private static List<Header> all(String contentType, String disposition, String run) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", contentType));
    headers.add(new Header("Content-Disposition", disposition));
    addGuards(headers, run);
    return headers;
  }

  /// A browser takes content for what it is called, runs nothing of it, shows nothing of it in the
  /// name of the hub's own site, and keeps no copy.
  private static void addGuards(List<Header> headers, String run) {
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    headers.add(new Header("Content-Security-Policy", "sandbox"));
    headers.add(new Header("Referrer-Policy", "no-referrer"));
    headers.add(new Header("Cache-Control", "private, no-store"));
    headers.add(new Header(RUN, run));
  }

  private static String charset(String type, @Nullable String header) {
    if (!type.startsWith("text/") || header == null || header.length() > 1_000) {
      return "";
    }
    Matcher named = CHARSET.matcher(header);
    return named.find() && isCharset(named.group(1)) ? "; charset=" + named.group(1) : "";
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false;
    }
  }
}
