package io.fairlead.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Calls a hub in tests, and holds every answer to the contract.
public final class HubClient {
  private static final Contract CONTRACT = Contract.load();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// What came back.
  public record Answer(int status, HttpHeaders headers, byte[] body) {
    /// The body as JSON.
    public JsonNode json() {
      return Contract.JSON.readTree(body);
    }

    /// The body as text.
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The value of a header, or null.
    public @Nullable String header(String name) {
      return headers.firstValue(name).orElse(null);
    }

    /// The pointers, parameters and headers that a problem names, in order.
    public List<String> faults() {
      var faults = new ArrayList<String>();
      for (JsonNode error : json().path("errors")) {
        for (String kind : List.of("pointer", "parameter", "header")) {
          if (error.has(kind)) {
            faults.add(error.get(kind).asString());
          }
        }
      }
      return faults;
    }

    @Override
    public String toString() {
      return status + " " + text();
    }
  }

  private final String origin;
  private final @Nullable String key;
  private final List<String> headers;

  /// @param origin e.g. `http://127.0.0.1:8080`
  /// @param key the API key, or null for none
  public HubClient(String origin, @Nullable String key) {
    this(origin, key, List.of());
  }

  private HubClient(String origin, @Nullable String key, List<String> headers) {
    this.origin = origin;
    this.key = key;
    this.headers = headers;
  }

  /// The contract.
  static Contract contract() {
    return CONTRACT;
  }

  /// The same with another key.
  public HubClient withKey(@Nullable String other) {
    return new HubClient(origin, other, headers);
  }

  /// The same with a header more.
  public HubClient with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new HubClient(origin, key, more);
  }

  /// The same with a key and its email, in headers of their own.
  public HubClient withEmail(String email, String other) {
    return withKey(null).with("x-bealder-key", email).with("x-bealder-token", other);
  }

  /// The same for a tenant.
  public HubClient forTenant(String tenant) {
    return with("Fairlead-Tenant", tenant);
  }

  public Answer get(String path) {
    return send("GET", path, null, new byte[0]);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, new byte[0]);
  }

  /// Sends JSON.
  public Answer post(String path, String json) {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends nothing.
  public Answer post(String path) {
    return send("POST", path, null, new byte[0]);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public Answer patch(String path, String json) {
    return send("PATCH", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends anything.
  public Answer send(String method, String path, @Nullable String contentType, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    HttpResponse<byte[]> response = sent(request.build());
    CONTRACT.check(
        method,
        path.split("\\?", 2)[0],
        response.statusCode(),
        response.headers(),
        response.body());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private static HttpResponse<byte[]> sent(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
