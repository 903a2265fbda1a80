package io.fairlead.imports;

import io.fairlead.http.HeaderRules;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A connector's document while an import puts it together, and the notes on the way.
final class Draft {
  /// The methods that a connector may have.
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final int MAX_NAME = 200;
  private static final int MAX_NOTES = 100;

  private static final Set<String> SECRET =
      Set.of("x-api-key", "api-key", "apikey", "x-auth-token", "private-token", "cookie");

  /// A header or query parameter.
  record Row(String name, String value) {
    JsonObject json() {
      return Json.object().put("name", name).put("value", value).build();
    }
  }

  private final Set<Note> notes = new LinkedHashSet<>();
  private final Sample sample = new Sample();
  private final List<Row> headers = new ArrayList<>();
  private final List<Row> query = new ArrayList<>();
  private String name = "";
  private String method = "GET";
  private String url = "";
  private @Nullable Json body;
  private @Nullable Json authorization;
  private @Nullable Json response;

  void name(String given) {
    var line = new StringBuilder();
    given
        .codePoints()
        .limit(MAX_NAME)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(line::appendCodePoint);
    name = line.toString().strip();
  }

  void method(String given) {
    method = given;
  }

  String method() {
    return method;
  }

  boolean mayHaveBody() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /// Whether there may be a body; a note that it was left out when not.
  boolean takesBody() {
    if (!mayHaveBody()) {
      note("/body", "A %s request has no body, so it was left out.".formatted(method()));
      return false;
    }
    return true;
  }

  void url(String given) {
    url = given;
  }

  String url() {
    return url;
  }

  void body(Json given) {
    body = given;
  }

  /// Says that nothing is sent, where a connector would send the event otherwise.
  void noBody() {
    boolean sendsEvent = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    body = sendsEvent ? Json.object().put("type", "none").build() : null;
  }

  void response(String type) {
    response = Json.object().put("type", type).build();
  }

  void query(String parameter, String value) {
    query.add(new Row(parameter, value));
  }

  /// Where tokens are given something to find.
  Sample sample() {
    return sample;
  }

  int queryRows() {
    return query.size();
  }

  void note(String detail) {
    note(null, detail);
  }

  void note(@Nullable String pointer, String detail) {
    if (notes.size() < MAX_NOTES) {
      notes.add(new Note(pointer, detail));
    }
  }

  boolean hasHeader(String header) {
    return headers.stream().anyMatch(row -> row.name.equalsIgnoreCase(header));
  }

  /// The value of the first header of that name, or null.
  @Nullable String header(String header) {
    return headers.stream()
        .filter(row -> row.name.equalsIgnoreCase(header))
        .map(Row::value)
        .findFirst()
        .orElse(null);
  }

  int headers() {
    return headers.size();
  }

  /// Adds a header, or says why there is none.
  void header(String header, String value) {
    String lower = header.toLowerCase(Locale.ROOT);
    if (HeaderRules.isComputed(lower) || HeaderRules.isOfConnection(lower)) {
      if (!lower.equals("content-length") && !lower.equals("expect")) {
        note(
            "The header %s is computed from the request, so it was left out."
                .formatted(shown(header)));
      }
      return;
    }
    if (!isHeaderName(header)) {
      note("%s cannot be a header's name, so it was left out.".formatted(shown(header)));
      return;
    }
    if (HeaderRules.standsOnce(lower) && hasHeader(header)) {
      note("The header %s may stand once only; the first was taken.".formatted(header));
      return;
    }
    String unfit = unfit(value);
    if (unfit != null) {
      note("The header %s has %s, so it was left out.".formatted(header, unfit));
      return;
    }
    if (SECRET.contains(lower)) {
      note(
          "/headers/" + headers.size() + "/value",
          "%s is kept as a header, which everybody who may read the connector can read. As an authorization it would be kept secret."
              .formatted(header));
    }
    headers.add(new Row(header, value));
  }

  private static boolean isHeaderName(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  private static @Nullable String unfit(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return "a control character";
      }
      if (c > 0x7f) {
        return "a character beyond ASCII";
      }
    }
    return null;
  }

  /// Takes the value of an `Authorization` header: as an authorization, which keeps it secret,
  /// where that sends the same.
  void authorizationHeader(String header, String value) {
    if (value.startsWith("Bearer ") && isVisible(value, 7) && !value.contains("{{")) {
      bearer(value.substring(7));
      return;
    }
    if (value.startsWith("Basic ")) {
      String pair = decoded(value.substring(6));
      if (pair != null && basicPair(pair)) {
        return;
      }
    }
    if (!value.isEmpty()) {
      note(
          "/headers/" + headers.size() + "/value",
          "%s is kept as a header, which everybody who may read the connector can read. As an authorization it would be kept secret."
              .formatted(header));
    }
    header(header, value);
  }

  private static boolean isVisible(String text, int from) {
    return from < text.length() && text.chars().skip(from).allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static @Nullable String decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Base64.getEncoder().encodeToString(bytes).equals(base64)
          ? StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
          : null;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  /// Takes `user:password`, if a connector can have them.
  boolean basicPair(String pair) {
    int colon = pair.indexOf(':');
    if (colon < 0 || pair.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    basic(pair.substring(0, colon), pair.substring(colon + 1));
    return true;
  }

  void basic(String username, String password) {
    authorization =
        Json.object()
            .put("kind", "basic")
            .put("username", username)
            .put("password", password.isEmpty() ? null : password)
            .build();
  }

  void bearer(String token) {
    authorization = Json.object().put("kind", "bearer").put("token", token).build();
  }

  void authorization(Json given) {
    authorization = given;
  }

  boolean hasAuthorization() {
    return authorization != null;
  }

  /// A text from what was sent, cut so that no note grows with it.
  static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  Imported.Made done() {
    Json.Builder connector =
        Json.object().put("name", name.isEmpty() ? "Imported" : name).put("method", method);
    connector.put("url", url);
    if (!headers.isEmpty()) {
      connector.put("headers", Json.array(headers.stream().map(Row::json).toList()));
    }
    if (!query.isEmpty()) {
      connector.put("query", Json.array(query.stream().map(Row::json).toList()));
    }
    putIfPresent(connector, "body", body);
    putIfPresent(connector, "authorization", authorization);
    putIfPresent(connector, "response", response);
    return new Imported.Made(connector.build(), List.copyOf(notes), sample.json());
  }

  private static void putIfPresent(Json.Builder object, String member, @Nullable Json value) {
    if (value != null) {
      object.put(member, value);
    }
  }
}
